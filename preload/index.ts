import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';

/** Listens to a channel of the host; returns the function that ends it. */
function hear<T>(channel: string, listener: (value: T) => void): () => void {
  const heard = (_: unknown, value: T): void => listener(value);
  ipcRenderer.on(channel, heard);
  return () => void ipcRenderer.off(channel, heard);
}

/** All that the page can reach. Every channel checks its sender and its arguments again on the other side. */
const bridge: Bridge = {
  call: (method, input, callId) => ipcRenderer.invoke('holdfast:call', method, input, callId),
  cancel: (callId) => ipcRenderer.send('holdfast:cancel', callId),
  subscribe: (listener) => hear('holdfast:event', listener),
  pathOf: (file) => webUtils.getPathForFile(file),
  choose: (what) => ipcRenderer.invoke('holdfast:choose', what),
  showMenu: (menu) => ipcRenderer.send('holdfast:menu', menu),
  onMenu: (listener) => hear('holdfast:menu-chosen', listener),
  onOpen(listener) {
    const end = hear('holdfast:open', listener);
    ipcRenderer.send('holdfast:listening');
    return end;
  },
};

contextBridge.exposeInMainWorld('holdfast', bridge);
