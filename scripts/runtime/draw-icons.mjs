// Run by Electron: draw-icons.mjs FILE.svg FOLDER SIZE,SIZE,... writes FOLDER/SIZExSIZE.png with transparent corners.
import { app, BrowserWindow } from 'electron/main';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [svgFile = '', folder = '', sizes = ''] = process.argv.slice(
  process.argv.findIndex((arg) => arg.endsWith('draw-icons.mjs')) + 1,
);
app.commandLine.appendSwitch('force-device-scale-factor', '1');
app.disableHardwareAcceleration();

void app.whenReady().then(async () => {
  const svg = fs.readFileSync(svgFile, 'utf8');
  for (const size of sizes.split(',').map(Number)) {
    // A window that is larger than the screen would be cut; an offscreen one is not.
    const window = new BrowserWindow({
      width: size,
      height: size,
      frame: false,
      show: false,
      transparent: true,
      useContentSize: true,
      webPreferences: { offscreen: true },
    });
    const page = `<style>html,body{margin:0;background:transparent;overflow:hidden}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`;
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
    await sleep(300);
    const image = await window.webContents.capturePage({ x: 0, y: 0, width: size, height: size });
    fs.writeFileSync(path.join(folder, `${size}x${size}.png`), image.toPNG());
    window.destroy();
  }
  app.quit();
});
// Destroying the last window must not end the program between two sizes.
app.on('window-all-closed', () => undefined);
