import { BrowserWindow, ipcMain } from 'electron';
import { desktopInputs, type DesktopCall } from '../../shared/desktop-api.ts';
import { callChannel } from '../../shared/desktop-channels.ts';
import { answerCall, type CallSetting } from './answer-call.ts';
import { ownWindows } from './window.ts';

/** Binds every call of the contract. The one place that listens to pages. */
export function handleCalls(setting: CallSetting): void {
  for (const name of Object.keys(desktopInputs) as DesktopCall[]) {
    ipcMain.handle(callChannel(name), (event, input: unknown) => {
      const { senderFrame: frame, sender } = event;
      const window = BrowserWindow.fromWebContents(sender);
      const caller = {
        frame: frame === null ? null : { url: frame.url, parent: frame.parent },
        inOwnWindow: window !== null && ownWindows().includes(window),
        isMainFrame: frame !== null && frame === sender.mainFrame,
      };
      return answerCall(setting, name, caller, input);
    });
  }
}
