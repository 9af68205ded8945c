import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { replaceFile } from '../../platform/files/index.ts';
import { userPaths } from '../../platform/paths.ts';
import { pageAddress } from './borders.ts';
import { webPreferences } from './web-preferences.ts';
import { placeWindow, smallest, WindowState } from './window-state.ts';

export interface WindowOptions {
  readonly preload: string;
  /** Asked when the window is about to close. */
  readonly mayClose: (window: BrowserWindow) => boolean;
}

/** The one window: sandboxed, isolated, without Node, showing our own page only. */
export function openWindow({ preload, mayClose }: WindowOptions): BrowserWindow {
  const kept = readState();
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...placeWindow(
      kept?.bounds,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15171a' : '#ffffff',
    webPreferences: webPreferences(preload, !app.isPackaged),
  });
  if (kept?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (!mayClose(window)) return event.preventDefault();
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    replaceFile(stateFile(), JSON.stringify(state)).catch((error: unknown) => console.error(error));
  });
  window.loadURL(pageAddress).catch((error: unknown) => console.error(error));
  return window;
}

function stateFile(): string {
  return join(userPaths().config, 'window.json');
}

function readState(): WindowState | undefined {
  try {
    return WindowState.parse(JSON.parse(readFileSync(stateFile(), 'utf8')));
  } catch {
    return undefined;
  }
}
