import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { contentSecurityPolicy, pageHeaders } from '../../main/hosts/content-policy.ts';
import { isOurs, mayRequest, maySave, pageAddress } from '../../main/hosts/electron/borders.ts';
import { confinePages, confineSession } from '../../main/hosts/electron/confinement.ts';
import { connectPage } from '../../main/hosts/electron/ipc.ts';
import { declareScheme, serveScheme } from '../../main/hosts/electron/scheme.ts';
import { openWindow } from '../../main/hosts/electron/window.ts';
import type { FakeElectron } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).createFakeElectron());
const electron = (await import('electron')) as unknown as FakeElectron;

const root = resolve(import.meta.dirname, '../..');

/** All text of the sources below a folder, tests aside. */
async function textOf(folder: string): Promise<string> {
  const names = await readdir(join(root, folder), { recursive: true });
  const sources = names.filter((name) => /\.(tsx?|html)$/.test(name) && !/\.test\.tsx?$/.test(name));
  return (await Promise.all(sources.map((name) => readFile(join(root, folder, name), 'utf8')))).join('\n');
}

function openOne() {
  openWindow({ preload: '/preload.cjs', mayClose: () => true });
  const window = electron.windows.at(-1);
  return {
    options: Object(window?.options['webPreferences']) as Record<string, unknown>,
    loaded: window?.loaded,
  };
}

/** The contents of a window as Electron announces them, confined; `raise` tells whether an event was prevented. */
function confined() {
  electron.app.removeAllListeners('web-contents-created');
  confinePages();
  let onOpen: ((details: { url: string }) => { action: string }) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof onOpen) => void (onOpen = handler),
  });
  electron.app.emit('web-contents-created', {}, contents);
  return {
    opens: (url: string) => onOpen?.({ url }).action,
    raise(name: string, event: Record<string, unknown> = {}): boolean {
      let prevented = false;
      contents.emit(name, { ...event, preventDefault: () => void (prevented = true) });
      return prevented;
    },
  };
}

async function served(path: string, method = 'GET'): Promise<Response> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'index.html'), '<p>page</p>');
  await serveScheme(folder);
  const handler = electron.served.get('holdfast');
  if (!handler) throw new Error('no scheme is served');
  return handler(new Request(path, { method }));
}

const directives = new Map(
  contentSecurityPolicy.split('; ').map((text) => {
    const [name = '', ...sources] = text.split(' ');
    return [name, sources] as const;
  }),
);

/** Electron's own list (docs/tutorial/security), item by item, with how it holds. */
const checklist: readonly (readonly [item: string, how: () => void | Promise<void>])[] = [
  [
    'only load secure content: nothing but the page itself, from its own scheme',
    () => {
      expect(openOne().loaded).toEqual([pageAddress]);
      for (const address of [
        'http://example.org/',
        'https://example.org/',
        'ws://example.org/',
        'ftp://example.org/',
      ])
        expect(mayRequest(address), address).toBe(false);
      confineSession();
      const cancelled = ['https://example.org/a.js', pageAddress].map((url) => {
        let cancel: boolean | undefined;
        electron.session.defaultSession.before?.({ url }, (answer) => void ({ cancel } = answer));
        return cancel;
      });
      expect(cancelled).toEqual([true, false]);
    },
  ],
  [
    'no Node.js in the page',
    () => {
      const { options } = openOne();
      expect(options).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
      });
    },
  ],
  ['context isolation is on', () => expect(openOne().options).toMatchObject({ contextIsolation: true })],
  [
    'every process is sandboxed',
    async () => {
      expect(openOne().options).toMatchObject({ sandbox: true });
      expect(await textOf('main/hosts/electron')).toContain('app.enableSandbox()');
    },
  ],
  [
    'permissions are asked for in vain, but for text to the clipboard',
    () => {
      confineSession();
      const { request, check, device } = electron.session.defaultSession;
      for (const permission of [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'usb',
        'fullscreen',
      ]) {
        let answered: boolean | undefined;
        request?.({}, permission, (is) => void (answered = is));
        expect([answered, check?.({}, permission)], permission).toEqual([false, false]);
      }
      expect(check?.({}, 'clipboard-sanitized-write')).toBe(true);
      expect(device?.()).toBe(false);
    },
  ],
  ['web security is on', () => expect(openOne().options).toMatchObject({ webSecurity: true })],
  [
    'a content security policy goes with every answer, also with a refusal',
    async () => {
      expect(directives.get('default-src')).toEqual(["'none'"]);
      expect(directives.get('script-src')).toEqual(["'self'"]);
      expect(directives.get('connect-src')).toEqual(["'self'"]);
      expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
      for (const path of [pageAddress, 'holdfast://app/nothing', 'holdfast://other/index.html']) {
        const { headers } = await served(path);
        for (const [name, value] of Object.entries(pageHeaders)) expect(headers.get(name), path).toBe(value);
      }
    },
  ],
  [
    'no insecure content in a secure page',
    () => expect(openOne().options).toMatchObject({ allowRunningInsecureContent: false }),
  ],
  [
    'no experimental features',
    () => expect(openOne().options).toMatchObject({ experimentalFeatures: false }),
  ],
  [
    'no Blink features, no switches',
    async () => {
      expect(openOne().options).not.toHaveProperty('enableBlinkFeatures');
      expect(await textOf('main/hosts/electron')).not.toMatch(/enableBlinkFeatures|appendSwitch/);
    },
  ],
  [
    'no webview, and so none that opens windows',
    async () => {
      expect(openOne().options).toMatchObject({ webviewTag: false });
      expect(await textOf('renderer')).not.toMatch(/<webview|allowpopups/);
    },
  ],
  [
    'a webview that came all the same is not attached',
    () => expect(confined().raise('will-attach-webview')).toBe(true),
  ],
  [
    'the page goes nowhere else',
    () => {
      const page = confined();
      const foreign = [
        'https://example.org/',
        'file:///etc/passwd',
        'holdfast://other/',
        'holdfast://app.example.org/',
        'holdfast://ws_1/runs',
      ];
      for (const url of foreign) {
        expect(page.raise('will-navigate', { url }), url).toBe(true);
        expect(page.raise('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
      }
      expect(page.raise('will-frame-navigate', { url: pageAddress, isMainFrame: false })).toBe(true);
      expect(page.raise('will-redirect', { url: pageAddress })).toBe(true);
      expect(page.raise('will-navigate', { url: `${pageAddress}#/data` })).toBe(false);
      expect(openOne().options).toMatchObject({ navigateOnDragDrop: false });
    },
  ],
  [
    'no new windows',
    () => {
      const { opens } = confined();
      for (const url of [pageAddress, 'https://example.org/', 'about:blank'])
        expect(opens(url), url).toBe('deny');
    },
  ],
  [
    'nothing is handed to the system to open',
    async () => {
      for (const folder of ['main/hosts/electron', 'preload', 'renderer'])
        expect(await textOf(folder), folder).not.toMatch(/openExternal|openPath/);
    },
  ],
  [
    'a current Electron, exactly pinned',
    async () => {
      const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, { version: string }>;
      };
      expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages['node_modules/electron']?.version).toBe(manifest.devDependencies.electron);
      expect(Number(manifest.devDependencies.electron.split('.')[0])).toBeGreaterThanOrEqual(45);
    },
  ],
  [
    'every channel checks who speaks',
    async () => {
      const calls: string[] = [];
      const heard: string[] = [];
      electron.ipcMain.removeAllListeners();
      const mainFrame = { origin: 'holdfast://app', url: `${pageAddress}#/data` };
      const webContents = { id: 7, mainFrame, isDestroyed: () => false, send: () => undefined };
      connectPage(
        {
          dispatch: (method) => Promise.resolve({ value: calls.push(method) }),
          subscribe: () => () => undefined,
          running: () => [],
          close: () => Promise.resolve(),
        },
        {
          window: () => ({ webContents, isDestroyed: () => false }) as never,
          onMenu: () => void heard.push('menu'),
          onListening: () => void heard.push('listening'),
        },
      );
      const sent = (await textOf('preload')).matchAll(/\.(?:invoke|send)\('(holdfast:[a-z-]+)'/g);
      const channels = [...sent].map(([, channel = '']) => channel).toSorted();
      expect(channels).toEqual(
        [...electron.handlers.keys(), ...electron.ipcMain.eventNames().map(String)].toSorted(),
      );
      const ours = { sender: { id: 7, mainFrame }, senderFrame: mainFrame };
      const subframe = { origin: 'holdfast://app', url: pageAddress };
      const strangers = [
        { ...ours, senderFrame: null },
        { ...ours, senderFrame: subframe },
        { ...ours, sender: { id: 8, mainFrame } },
        ...['https://example.org', 'null'].map((origin) => {
          const frame = { origin, url: pageAddress };
          return { sender: { id: 7, mainFrame: frame }, senderFrame: frame };
        }),
        ...['holdfast://app/other.html', 'holdfast://app/index.html.evil'].map((url) => {
          const frame = { origin: 'holdfast://app', url };
          return { sender: { id: 7, mainFrame: frame }, senderFrame: frame };
        }),
      ];
      for (const event of strangers) {
        expect(await electron.handlers.get('holdfast:call')?.(event, 'system.doctor', {}, 'c')).toMatchObject(
          {
            ok: false,
            error: { code: 'origin-refused' },
          },
        );
        expect(await electron.handlers.get('holdfast:choose')?.(event, 'file')).toBeNull();
        electron.ipcMain.emit('holdfast:menu', event, {});
        electron.ipcMain.emit('holdfast:listening', event);
      }
      expect([calls, heard]).toEqual([[], []]);
      await electron.handlers.get('holdfast:call')?.(ours, 'system.doctor', {}, 'c');
      electron.ipcMain.emit('holdfast:menu', ours, { words: {}, entries: 'all' });
      electron.ipcMain.emit('holdfast:listening', ours);
      expect([calls, heard]).toEqual([['system.doctor'], ['listening']]);
    },
  ],
  [
    'a scheme of our own instead of file://, without special rights',
    async () => {
      electron.schemes.length = 0;
      declareScheme();
      expect(electron.schemes).toEqual([
        { scheme: 'holdfast', privileges: { standard: true, secure: true, supportFetchAPI: true } },
      ]);
      expect(await textOf('main/hosts/electron')).not.toMatch(/loadFile|file:\/\//);
      expect([(await served(pageAddress)).status, (await served(pageAddress, 'POST')).status]).toEqual([
        200, 404,
      ]);
      expect((await served('holdfast://app/..%2f..%2fpackage.json')).status).toBe(404);
      expect([isOurs('file:///index.html'), maySave('https://example.org/a')]).toEqual([false, false]);
    },
  ],
  [
    'fuses are set to the safe side',
    async () => {
      const config = parse(await readFile(join(root, 'main/packaging/electron-builder.yaml'), 'utf8')) as {
        electronFuses: Record<string, boolean>;
      };
      expect(config.electronFuses).toMatchObject({
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        onlyLoadAppFromAsar: true,
        enableEmbeddedAsarIntegrityValidation: true,
        grantFileProtocolExtraPrivileges: false,
      });
    },
  ],
  [
    'the page gets functions and never a part of Electron; see preload.test.ts',
    async () => {
      const preload = await readFile(join(root, 'preload/index.ts'), 'utf8');
      expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1);
      expect(preload).not.toMatch(/:\s*ipcRenderer[,\s}]|sendSync/);
      // Listeners are handed the value alone: the event would carry its sender.
      expect(preload).toContain('(_: unknown, value: T): void => listener(value)');
      expect(openOne().options).toMatchObject({ devTools: false });
    },
  ],
];

test("the list is Electron's: twenty items", () => expect(checklist).toHaveLength(20));

test.each(checklist.map(([item, how], i) => [i + 1, item, how] as const))(
  '%i: %s',
  async (_number, _item, how) => {
    expect.hasAssertions();
    await how();
  },
);
