import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from './log.ts';

const clock = { now: () => '2026-01-02T03:04:05.678Z' };

test('a line of JSON for each event; a file that has grown makes room for a new one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'logs', 'window.log');
  const log = createLog(file, clock);
  log.write('page ended', { reason: 'crashed', exitCode: 139 });
  log.write('line\nbreak');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { at: clock.now(), event: 'page ended', reason: 'crashed', exitCode: 139 },
    { at: clock.now(), event: 'line\nbreak' },
  ]);
  await writeFile(file, 'x'.repeat(1_000_001));
  log.write('after');
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2);
  expect((await readFile(`${file}.1`)).byteLength).toBe(1_000_001);
  createLog(join(file, 'not', 'a', 'folder.log'), clock).write('nobody hears this');
});
