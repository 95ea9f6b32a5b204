import type { DesktopEvents } from '../../shared/desktop-api.ts';
import { eventChannel } from '../../shared/desktop-channels.ts';
import { ownWindows } from './window.ts';

/** Tells every page of ours. The one place that sends to a web content. */
export function announce<Name extends keyof DesktopEvents>(name: Name, payload: DesktopEvents[Name]): void {
  for (const window of ownWindows()) {
    if (!window.isDestroyed()) window.webContents.send(eventChannel(name), payload);
  }
}
