import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import type { AppEvent } from './contract/events.ts';

/** All that the page can reach. Every channel checks its sender and its arguments again on the other side. */
const bridge: Bridge = {
  call: (method, input, callId) => ipcRenderer.invoke('holdfast:call', method, input, callId),
  cancel: (callId) => ipcRenderer.send('holdfast:cancel', callId),
  subscribe(listener) {
    const heard = (_: unknown, event: AppEvent): void => listener(event);
    ipcRenderer.on('holdfast:event', heard);
    return () => void ipcRenderer.off('holdfast:event', heard);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
  choose: (what) => ipcRenderer.invoke('holdfast:choose', what),
};

contextBridge.exposeInMainWorld('holdfast', bridge);
