import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import type { Opening, WindowMenu } from '../../../preload/contract/bridge.ts';
import { toFailure } from '../../../preload/contract/errors.ts';
import { contract } from '../../../preload/contract/index.ts';
import { createApp, type Application } from '../../app/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import { userPaths } from '../../platform/paths.ts';
import { offerVault } from '../../platform/secrets/index.ts';
import { loginName } from '../actor.ts';
import { projectFolder } from '../page-build.ts';
import { confinePages, confineSession } from './confinement.ts';
import { choose, mayStop } from './dialogs.ts';
import { connectPage, tellPage } from './ipc.ts';
import { bareMenu } from './menu-template.ts';
import { setMenu } from './menu.ts';
import { askedFor, askedIn, type Asked } from './opening.ts';
import { createPageInbox } from './page-inbox.ts';
import { declareScheme, serveScheme } from './scheme.ts';
import { createUtilityLauncher } from './utility-launcher.ts';
import { electronVault } from './vault.ts';
import { watchProcesses, watchWindow } from './watch-health.ts';
import { openWindow } from './window.ts';

const built = join(projectFolder, 'out');

app.setName('Holdfast');
app.setPath('userData', join(userPaths().config, 'electron'));
app.setPath('sessionData', join(userPaths().cache, 'electron'));
const log = createLog(join(userPaths().config, 'logs', 'window.log'), systemClock);

if (app.requestSingleInstanceLock()) {
  declareScheme();
  confinePages();
  app.enableSandbox();
  watchProcesses({ log });
  // What is asked for before the window is there waits for it.
  const early: Asked[] = [];
  let running: Started | undefined;
  const route = (asked: Asked | undefined): void => {
    running?.show();
    if (!asked) return;
    if (running) running.open(asked);
    else early.push(asked);
  };
  const handed = (event: { preventDefault(): void }, text: string): void => {
    event.preventDefault();
    route(askedFor(text, '/'));
  };
  route(askedIn(process.argv.slice(1), process.cwd()));
  app.on('open-file', handed);
  app.on('open-url', handed);
  app.on('second-instance', (_, words, folder) => route(askedIn(words.slice(1), folder)));
  const begin = async (): Promise<void> => {
    await app.whenReady();
    running = await start();
    for (const asked of early) running.open(asked);
    running.show();
  };
  begin().catch((error: unknown) => {
    const { message } = toFailure(error, 'starting');
    log.write('cannot start', { message });
    dialog.showErrorBox('Holdfast cannot start', message);
    app.exit(1);
  });
} else app.quit();

interface Started {
  /** Brings the window to the front, made anew if it was closed. */
  readonly show: () => void;
  /** Opens a workspace, or hands the page what it is to open. */
  readonly open: (asked: Asked) => void;
}

async function start(): Promise<Started> {
  confineSession();
  await serveScheme(join(built, 'renderer'));
  offerVault(electronVault);
  if (app.isPackaged) app.setAsDefaultProtocolClient('holdfast');
  const product = await createApp({
    host: 'the Holdfast window',
    ahead: true,
    jobs: createUtilityLauncher(join(built, 'main', 'job.js')),
  });
  let window: BrowserWindow | undefined;
  const inbox = createPageInbox((opening: Opening) => tellPage(window, 'holdfast:open', opening));
  const show = (): BrowserWindow => {
    if (window && !window.isDestroyed()) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return window;
    }
    window = openWindow({
      preload: join(built, 'preload', 'index.cjs'),
      mayClose: (owner) => {
        const titles = product.running().map(({ title }) => title);
        return !titles.length || mayStop(owner, titles);
      },
    });
    window.webContents.on('did-start-loading', () => inbox.gone());
    watchWindow(window, { log, clock: systemClock });
    return window;
  };
  const showMenu = (menu: WindowMenu): void =>
    setMenu(menu, {
      newWorkspace: () => void ask(product, show(), 'workspaces.create'),
      openWorkspace: () => void ask(product, show(), 'workspaces.open'),
      choose: (id) => tellPage(window, 'holdfast:menu-chosen', id),
    });
  showMenu(bareMenu);
  connectPage(product, { window: () => window, onMenu: showMenu, onListening: () => inbox.listening() });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuitting(product);
  return {
    show,
    open(asked) {
      if (asked.kind === 'workspace') void call(product, 'workspaces.open', asked.dir);
      else {
        inbox.put(asked);
        if (asked.kind === 'table') void continueWhereItWas(product);
      }
    },
  };
}

/** A table has to go somewhere: where none is open, into the workspace that was open last. */
async function continueWhereItWas(product: Application): Promise<void> {
  try {
    await product.dispatch('workspaces.info', {});
  } catch {
    const { value } = await product.dispatch('workspaces.recent', {});
    const { workspaces } = contract.workspaces.recent.output.parse(value);
    const last = workspaces
      .filter(({ missing }) => !missing)
      .toSorted((a, b) => (a.opened < b.opened ? 1 : -1))[0];
    if (last) await call(product, 'workspaces.open', last.dir);
  }
}

/** Jobs are cancelled and the workspace is closed before the process goes. */
function closeBeforeQuitting(product: Application): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    product
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}

async function ask(
  product: Application,
  owner: BrowserWindow,
  method: 'workspaces.create' | 'workspaces.open',
): Promise<void> {
  const dir = await choose(owner, method === 'workspaces.create' ? 'new-folder' : 'folder');
  if (dir) await call(product, method, dir);
}

async function call(product: Application, method: string, dir: string): Promise<void> {
  try {
    await product.dispatch(method, { dir }, { actor: loginName() });
  } catch (error) {
    dialog.showErrorBox('Holdfast', toFailure(error, method).message);
  }
}
