import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../../files/index.ts';

const beat = 2_000;
const stale = 15_000;

/**
 * Runs `work` while no other installation works on the same cache. The holder touches the file every two seconds; a file
 * untouched for fifteen, or of a process that is gone, belongs to a dead holder. It saves a second download and guards the sweep
 * of leftovers; correctness rests on the renames in cache.ts.
 */
export async function withLock<T>(path: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let said = false; !(await take(path));) {
    if (await isAbandoned(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (!said) waiting();
    said = true;
    await delay(500);
  }
  const timer = setInterval(() => void touch(path), beat);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const [found, text] = await Promise.all([
    stat(path).catch(() => undefined),
    readFile(path, 'utf8').catch(() => ''),
  ]);
  if (!found) return false;
  const age = Date.now() - found.mtimeMs;
  return age > stale || (text !== '' && !isAlive(Number(text)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
