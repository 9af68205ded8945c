import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { engineFolder, folderFault, readStamp } from './cache.ts';
import { thisPlatform } from './pins.ts';
import { provisionEngine } from './provision.ts';
import type { Say } from './progress-line.ts';
import { placeWheel, smallEngine, zip } from './small-wheel.ts';
import { unpackWheel } from './wheel.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'holdfast-engines-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const { pin, platform, wheel } = smallEngine(200_000);
const quiet: Say = { line: () => undefined, draw: undefined };
const provision = (say = quiet): Promise<string> => provisionEngine(pin, platform, cache, say);

/** All files below the cache, with size and time of change. */
function contents(): Record<string, string> {
  const files = readdirSync(cache, { recursive: true, encoding: 'utf8', withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, `${statSync(path).size} ${statSync(path).mtimeMs}`]),
  );
}

/** Runs `work` on a machine where no program is found. */
async function withoutPrograms(work: () => Promise<unknown>): Promise<void> {
  const path = process.env['PATH'];
  process.env['PATH'] = join(cache, 'nothing here');
  try {
    await work();
  } finally {
    process.env['PATH'] = path;
  }
}

describe('an engine in the cache', () => {
  test('holds the pinned files and nothing else, and the wheel is gone', async () => {
    placeWheel(cache, platform, wheel);
    const folder = await provision();
    expect(folder).toBe(engineFolder(cache, pin, thisPlatform));
    expect(readFileSync(join(folder, 'include', 'header.h'), 'utf8')).toBe('int small(void);\n');
    const names = Object.keys(contents()).map((path) => path.slice(folder.length + 1));
    expect(names.toSorted()).toEqual(['include/header.h', 'lib/lib.so', 'lib/other.so', 'stamp.json']);
    expect((await readStamp(folder))?.wheel).toBe(platform.wheel.sha256);
  });

  test('is left alone when it is whole', async () => {
    placeWheel(cache, platform, wheel);
    await provision();
    const before = contents();
    await withoutPrograms(() => provision());
    expect(contents()).toEqual(before);
  });

  test.each<[string, (folder: string) => void]>([
    ['a flipped byte', (folder) => flip(join(folder, 'lib', 'lib.so'), 100_000)],
    ['a file cut short', (folder) => truncateSync(join(folder, 'lib', 'other.so'), 10)],
    ['a missing file', (folder) => rmSync(join(folder, 'include', 'header.h'))],
    ['a missing stamp', (folder) => rmSync(join(folder, 'stamp.json'))],
    ['a stamp that is no JSON', (folder) => writeFileSync(join(folder, 'stamp.json'), '{"engine": ')],
    ['everything gone', (folder) => rmSync(folder, { recursive: true })],
  ])('with %s is made again', async (_, damage) => {
    placeWheel(cache, platform, wheel);
    const folder = await provision();
    damage(folder);
    expect(await folderFault(folder, platform, 'deep')).toBeDefined();
    placeWheel(cache, platform, wheel);
    const said: string[] = [];
    await provision({ line: (text) => said.push(text), draw: undefined });
    expect(await folderFault(folder, platform, 'deep')).toBeUndefined();
    expect(said[0]).toMatch(/^Small 1\.0\.0: .+; fetching 0 MB once for this user$/);
  });

  test('of another wheel is replaced', async () => {
    placeWheel(cache, platform, wheel);
    await provision();
    const newer = smallEngine(1000);
    placeWheel(cache, newer.platform, newer.wheel);
    const folder = await provisionEngine(newer.pin, newer.platform, cache, quiet);
    expect(await folderFault(folder, newer.platform, 'deep')).toBeUndefined();
    expect(await folderFault(folder, platform, 'deep')).toBe('it came from another wheel');
  });

  test('is built once by two installations at the same time', async () => {
    placeWheel(cache, platform, wheel);
    const [first, second] = await Promise.all([provision(), provision()]);
    expect(first).toBe(second);
    expect(await folderFault(first, platform, 'deep')).toBeUndefined();
    expect(readdirSync(join(cache, 'engines'))).toEqual([first.split('/').at(-1)]);
  });

  test('a dead holder of the lock is not waited for, and its leftovers go', async () => {
    placeWheel(cache, platform, wheel);
    mkdirSync(join(cache, 'engines', '.small-1.0.0-left'), { recursive: true });
    mkdirSync(join(cache, 'downloads', '.pip-left'));
    const lock = join(cache, 'engines', '.lock');
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    writeFileSync(lock, String(ended.pid));
    const start = performance.now();
    const folder = await provision();
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(readdirSync(join(cache, 'engines'))).toEqual([folder.split('/').at(-1)]);
    expect(readdirSync(join(cache, 'downloads'))).toEqual([]);
  });

  test('heals after kills at any moment', async () => {
    const big = smallEngine(12_000_000);
    const description = join(cache, 'engine.json');
    writeFileSync(description, JSON.stringify({ pin: big.pin, platform: big.platform }));
    placeWheel(cache, big.platform, big.wheel);
    const folder = engineFolder(cache, big.pin, thisPlatform);
    const random = createRandom(7);
    const states: (string | undefined)[] = [];
    for (let trial = 0; trial < 8; trial++) {
      const child = spawn(process.execPath, [
        join(import.meta.dirname, 'provision-once.ts'),
        cache,
        description,
      ]);
      const closed = once(child, 'close');
      await once(child.stdout, 'data');
      await delay(random.uniform() * 250);
      child.kill('SIGKILL');
      await closed;
      // Whatever the moment: there is a whole engine or none that could be taken for one.
      const fault = await folderFault(folder, big.platform, 'deep');
      states.push(fault);
      rmSync(folder, { recursive: true, force: true });
      placeWheel(cache, big.platform, big.wheel);
    }
    expect(states).toContain('it is not there yet');
    expect(states.filter((state) => state !== undefined && state !== 'it is not there yet')).toEqual([]);
    await provisionEngine(big.pin, big.platform, cache, quiet);
    expect(await folderFault(folder, big.platform, 'deep')).toBeUndefined();
    expect(readdirSync(join(cache, 'engines'))).toHaveLength(1);
  }, 60_000);
});

describe('a wheel', () => {
  test('with other bytes than pinned is thrown away, not unpacked', async () => {
    const changed = Buffer.from(wheel);
    changed.writeUInt8(changed.readUInt8(500) ^ 1, 500);
    placeWheel(cache, platform, changed);
    await withoutPrograms(() => expect(provision()).rejects.toThrow('there is no Python 3'));
    expect(contents()).toEqual({});
  });

  test('that cannot be had is one clear problem with a remedy', async () => {
    await withoutPrograms(() =>
      expect(provision()).rejects.toMatchObject({
        name: 'EngineProblem',
        message: 'there is no Python 3',
        remedy: 'install Python 3 with pip, then `npm run engines`',
      }),
    );
  });

  test.each<[string, Buffer, RegExp]>([
    ['no zip file', Buffer.from('not a zip'), /no zip directory/],
    ['without the file', zip({ 'other.txt': Buffer.from('x') }), /does not hold small\/lib.so/],
    ['cut in its directory', cut(wheel), /cut short|no zip directory/],
  ])('%s is refused', async (_, bytes, message) => {
    const path = join(cache, 'bad.whl');
    writeFileSync(path, bytes);
    await expect(unpackWheel(path, platform.files, join(cache, 'out'))).rejects.toThrow(message);
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
  writeFileSync(path, bytes);
}

/** The wheel with its directory's first bytes missing: the end record points past what is there. */
function cut(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 50), bytes.subarray(bytes.length - 22)]);
}
