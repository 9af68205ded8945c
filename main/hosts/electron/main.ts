import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { toFailure } from '../../../preload/contract/errors.ts';
import { createApp, type Application } from '../../app/index.ts';
import { userPaths } from '../../platform/paths.ts';
import { loginName } from '../actor.ts';
import { projectFolder } from '../page-build.ts';
import { confinePages, confineSession } from './confinement.ts';
import { choose, mayStop } from './dialogs.ts';
import { connectPage } from './ipc.ts';
import { setMenu } from './menu.ts';
import { declareScheme, serveScheme } from './scheme.ts';
import { createUtilityLauncher } from './utility-launcher.ts';
import { openWindow } from './window.ts';

const built = join(projectFolder, 'out');

app.setName('Holdfast');
app.setPath('userData', join(userPaths().config, 'electron'));
app.setPath('sessionData', join(userPaths().cache, 'electron'));

if (app.requestSingleInstanceLock()) {
  declareScheme();
  confinePages();
  app.enableSandbox();
  // Files opened before the window is there wait for it.
  let opened: string | undefined = workspaceIn(process.argv.slice(1));
  let route = (path: string): void => {
    opened = path;
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    route(path);
  });
  app.on('second-instance', (_, args, folder) => route(workspaceIn(args.slice(1), folder) ?? ''));
  app
    .whenReady()
    .then(() => start(opened))
    .then((opening) => (route = opening))
    .catch((error: unknown) => {
      dialog.showErrorBox('Holdfast cannot start', toFailure(error, 'starting').message);
      app.exit(1);
    });
} else app.quit();

/** Brings everything up; answers with what to do when a workspace is opened from outside. */
async function start(workspace: string | undefined): Promise<(path: string) => void> {
  confineSession();
  await serveScheme(join(built, 'renderer'));
  const product = await createApp({
    host: 'the Holdfast window',
    jobs: createUtilityLauncher(join(built, 'main', 'job.js')),
  });
  let window: BrowserWindow | undefined;
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
    return window;
  };
  connectPage(product, () => window);
  setMenu({
    newWorkspace: () => void ask(product, show(), 'workspaces.create'),
    openWorkspace: () => void ask(product, show(), 'workspaces.open'),
  });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuitting(product);
  if (workspace) await call(product, 'workspaces.open', workspace);
  show();
  return (path) => {
    show();
    if (path) void call(product, 'workspaces.open', path);
  };
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

/** The workspace named on a command line: its folder, or the `workspace.sqlite` in it. */
function workspaceIn(args: readonly string[], from = process.cwd()): string | undefined {
  for (const arg of args) {
    if (arg.startsWith('-')) continue;
    const path = resolve(from, arg);
    if (path.endsWith('workspace.sqlite')) return dirname(path);
    if (existsSync(join(path, 'workspace.sqlite'))) return path;
  }
  return undefined;
}
