import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { userPaths } from '../platform/paths.ts';
import { buildWhenStale, projectFolder } from './page-build.ts';

/** Getting Electron's runtime must not keep anybody from working: the browser is there at once. */
const FETCH_SECONDS = 60;
/** After a failure it is not tried at every start. */
const AGAIN_HOURS = 24;

/** Opens the Electron window and waits for its end. Undefined when this computer has no runtime and none can be fetched. */
export async function startDesktop(workspace: string | undefined): Promise<number | undefined> {
  const program = (await findRuntime()) ?? ((await fetchRuntime()) ? await findRuntime() : undefined);
  if (!program) {
    say(
      "Electron's runtime is not here and can't be fetched now (`npx install-electron` tries again): opening in the browser instead.",
    );
    return undefined;
  }
  if (!(await buildWhenStale(say))) return undefined;
  const args = [projectFolder, ...(workspace === undefined ? [] : [workspace])];
  const child = spawn(program, args, { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`Electron does not start (${error.message}): opening in the browser instead.`);
      resolve(undefined);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The runtime's program, if it is installed: in the electron package, or where `ELECTRON_OVERRIDE_DIST_PATH` says. */
export async function findRuntime(): Promise<string | undefined> {
  const folder = electronFolder();
  if (!folder) return undefined;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const named = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => defaultProgram());
  const program = join(dist, named.trim());
  return existsSync(program) ? program : undefined;
}

async function fetchRuntime(): Promise<boolean> {
  const folder = electronFolder();
  const tried = join(userPaths().cache, 'electron-runtime-tried');
  const last = await stat(tried).catch(() => undefined);
  if (!folder || (last && Date.now() - last.mtimeMs < AGAIN_HOURS * 3_600_000)) return false;
  await mkdir(userPaths().cache, { recursive: true });
  await writeFile(tried, 'When Electron was last looked for; remove this file to look again at once.\n');
  say(`Looking for Electron's runtime (up to ${FETCH_SECONDS} seconds) ...`);
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: FETCH_SECONDS * 1000,
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

function electronFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

function defaultProgram(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
