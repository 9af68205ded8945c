import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { BridgeReply, Choice, WindowMenu } from '../../../preload/contract/bridge.ts';
import { fail, toFailure } from '../../../preload/contract/errors.ts';
import { methodSpec } from '../../../preload/contract/index.ts';
import type { Application } from '../../app/index.ts';
import { loginName } from '../actor.ts';
import { choose } from './dialogs.ts';
import { pageAddress, pageOrigin } from './borders.ts';
import { WindowMenuSchema } from './menu-template.ts';

interface PageHost {
  readonly window: () => BrowserWindow | undefined;
  /** The page said what it can do. */
  readonly onMenu: (menu: WindowMenu) => void;
  /** The page hears what it is to open. */
  readonly onListening: () => void;
}

/** Carries calls of our own page to the application, and its events to the page. */
export function connectPage(app: Application, { window, onMenu, onListening }: PageHost): void {
  const actor = loginName();
  const calls = new Map<string, AbortController>();

  ipcMain.handle('holdfast:call', async (event, method: unknown, input: unknown, callId: unknown) => {
    if (!isOurPage(event, window())) return refusal('a page that is not Holdfast');
    if (typeof callId !== 'string' || callId.length > 64 || calls.has(callId))
      return refusal('a malformed call');
    if (typeof method !== 'string' || !methodSpec(method)) {
      return { ok: false, error: fail('method-unknown', { method: String(method).slice(0, 200) }).toJSON() };
    }
    const stopped = new AbortController();
    calls.set(callId, stopped);
    try {
      const reply = await app.dispatch(method, input, { actor, signal: stopped.signal });
      return { ok: true, ...reply } satisfies BridgeReply;
    } catch (error) {
      return { ok: false, error: toFailure(error, method).toJSON() } satisfies BridgeReply;
    } finally {
      calls.delete(callId);
    }
  });

  ipcMain.on('holdfast:cancel', (event, callId: unknown) => {
    if (isOurPage(event, window()) && typeof callId === 'string') calls.get(callId)?.abort();
  });

  ipcMain.handle('holdfast:choose', async (event, what: unknown) => {
    const owner = window();
    return owner && isOurPage(event, owner) && isChoice(what) ? choose(owner, what) : null;
  });

  ipcMain.on('holdfast:menu', (event, given: unknown) => {
    const menu = isOurPage(event, window()) ? WindowMenuSchema.safeParse(given) : undefined;
    if (menu?.success) onMenu(menu.data);
  });

  ipcMain.on('holdfast:listening', (event) => {
    if (isOurPage(event, window())) onListening();
  });

  app.subscribe((event) => tellPage(window(), 'holdfast:event', event));
}

/** Sends to the page, if there is one. */
export function tellPage(window: BrowserWindow | undefined, channel: string, value: unknown): void {
  if (window && !window.isDestroyed() && !window.webContents.isDestroyed()) {
    window.webContents.send(channel, value);
  }
}

/** Only the top frame of our window, showing our own page, is listened to. */
function isOurPage(event: IpcMainInvokeEvent | IpcMainEvent, window: BrowserWindow | undefined): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    window?.webContents.id === event.sender.id &&
    frame === event.sender.mainFrame &&
    frame.origin === pageOrigin &&
    frame.url.split(/[?#]/, 1)[0] === pageAddress
  );
}

function isChoice(what: unknown): what is Choice {
  return what === 'file' || what === 'folder' || what === 'new-folder';
}

function refusal(origin: string): BridgeReply {
  return { ok: false, error: fail('origin-refused', { origin }).toJSON() };
}
