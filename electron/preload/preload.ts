import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi, DesktopEvents } from '../../shared/desktop-api.ts';
import { callChannel, eventChannel } from '../../shared/desktop-channels.ts';

/** A link that arrived before the page listened for links: handed over when it does. */
let waitingLink: DesktopEvents['deepLink'] | null = null;
const linkChannel = eventChannel('deepLink');
const keepLink = (_event: unknown, link: DesktopEvents['deepLink']): void => {
  if (ipcRenderer.listenerCount(linkChannel) === 1) waitingLink = link;
};
ipcRenderer.on(linkChannel, keepLink);

/**
 * All the page gets of Electron: two functions whose channel names are derived here, so that it can reach nothing but
 * the contract's calls and events. Main checks the caller and the input of each call.
 */
const desktop: DesktopApi = {
  call: (name, input) => ipcRenderer.invoke(callChannel(name), input),
  on: <Name extends keyof DesktopEvents>(name: Name, heard: (payload: DesktopEvents[Name]) => void) => {
    // The event object stays here: it would hand the page the sender.
    const listener = (_event: unknown, payload: DesktopEvents[Name]): void => heard(payload);
    const channel = eventChannel(name);
    ipcRenderer.on(channel, listener);
    if (channel === linkChannel && waitingLink !== null) {
      const link = waitingLink;
      waitingLink = null;
      queueMicrotask(() => listener(null, link as DesktopEvents[Name]));
    }
    return () => {
      ipcRenderer.removeListener(channel, listener);
    };
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);
