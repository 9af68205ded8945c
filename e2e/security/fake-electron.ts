import { EventEmitter } from 'node:events';

/**
 * Stands in for Electron's runtime, which a test can't start: it only notes what the host asks of it and lets a test
 * raise the events that Electron would.
 */
export interface FakeElectron {
  readonly app: EventEmitter & { isPackaged: boolean };
  readonly ipcMain: EventEmitter & { handle(channel: string, handler: Handler): void };
  readonly handlers: Map<string, Handler>;
  readonly session: { readonly defaultSession: FakeSession };
  readonly protocol: {
    registerSchemesAsPrivileged(schemes: readonly unknown[]): void;
    handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
  };
  readonly schemes: unknown[];
  readonly served: Map<string, (request: Request) => Promise<Response>>;
  readonly windows: { readonly options: Record<string, unknown>; readonly loaded: string[] }[];
}

export type Handler = (event: unknown, ...args: unknown[]) => unknown;

export class FakeSession extends EventEmitter {
  request: ((contents: unknown, permission: string, answer: (is: boolean) => void) => void) | undefined;
  check: ((contents: unknown, permission: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  before: ((details: { url: string }, answer: (what: { cancel: boolean }) => void) => void) | undefined;
  readonly webRequest = {
    onBeforeRequest: (handler: FakeSession['before']): void => {
      this.before = handler;
    },
  };
  setPermissionRequestHandler(handler: FakeSession['request']): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler;
  }
}

export function createFakeElectron(): FakeElectron & Record<string, unknown> {
  const handlers = new Map<string, Handler>();
  const schemes: unknown[] = [];
  const served: FakeElectron['served'] = new Map();
  const windows: FakeElectron['windows'] = [];
  class BrowserWindow extends EventEmitter {
    readonly webContents = new EventEmitter();
    readonly loaded: string[] = [];
    readonly options: Record<string, unknown>;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      windows.push(this);
    }
    loadURL(address: string): Promise<void> {
      this.loaded.push(address);
      return Promise.resolve();
    }
  }
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  return {
    app: Object.assign(new EventEmitter(), { isPackaged: true }),
    ipcMain: Object.assign(new EventEmitter(), {
      handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
    }),
    handlers,
    session: { defaultSession: new FakeSession() },
    protocol: {
      registerSchemesAsPrivileged: (given) => void schemes.push(...given),
      handle: (scheme, handler) => void served.set(scheme, handler),
    },
    schemes,
    served,
    windows,
    BrowserWindow,
    dialog: {},
    nativeTheme: { shouldUseDarkColors: false },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
  };
}
