import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder, from where this file stands in it. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
/** Where the built page is. */
export const pageFolder = join(projectFolder, 'out', 'renderer');

const sources = ['renderer', 'preload', 'main', 'electron.config.ts', 'package-lock.json'];

/**
 * Builds the page (and Electron's entries) when the sources have changed since the last time, which a checkout needs
 * and an installed copy, without the sources, does not. Returns whether there is a page to show.
 */
export async function buildWhenStale(say: (text: string) => void): Promise<boolean> {
  const built = existsSync(join(pageFolder, 'index.html'));
  if (!existsSync(join(projectFolder, 'renderer', 'index.html'))) return built;
  const stamp = join(projectFolder, 'out', 'built-from');
  const now = await digestSources();
  const before = await readFile(stamp, 'utf8').catch(() => '');
  if (built && before === now) return true;
  say(
    built
      ? 'The sources have changed: building the page again ...'
      : 'Building the page for the first time ...',
  );
  const problem = await build();
  if (problem) {
    say(problem);
    return built;
  }
  await mkdir(join(projectFolder, 'out'), { recursive: true });
  await writeFile(stamp, now);
  return true;
}

async function build(): Promise<string | undefined> {
  const program = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(program)) return 'electron-vite is not installed; `npm ci` does it.';
  const child = spawn(process.execPath, [program, 'build', '-c', 'electron.config.ts', '-l', 'warn'], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => words.push(text));
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(null));
  });
  return code === 0 ? undefined : `The build failed:\n${words.join('').slice(-4000)}`;
}

async function digestSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await listFiles(join(projectFolder, source))) {
      hash.update(`${relative(projectFolder, file)}\n`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return existsSync(path) ? [path] : [];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
