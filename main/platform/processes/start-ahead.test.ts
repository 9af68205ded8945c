import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createForkLauncher, startAhead, type Child } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-ahead-'));
const entry = join(folder, 'child.mjs');
writeFileSync(
  entry,
  `process.on('message', (m) => m === 'end' ? process.exit(3) : process.send([m, process.pid]));\n`,
);
afterAll(() => rmSync(folder, { recursive: true }));

/** A launcher that remembers what it has started. */
function counted() {
  const started: Child[] = [];
  const launch = createForkLauncher(entry);
  return {
    started,
    launch: () => {
      const child = launch();
      started.push(child);
      return child;
    },
  };
}

const answer = (child: Child): Promise<unknown> => {
  const said = new Promise((resolve) => child.onMessage(resolve));
  child.send('who');
  return said;
};
const ended = (child: Child): Promise<string> => new Promise((resolve) => child.onExit(resolve));

test('the process that waits is given out once, and the next one is new', async () => {
  const { started, launch } = counted();
  const ahead = startAhead(launch);
  ahead.warm();
  ahead.warm();
  expect(started).toHaveLength(1);
  const first = ahead.launch();
  const second = ahead.launch();
  expect(first).toBe(started[0]);
  expect(started).toHaveLength(2);
  expect(await answer(first)).not.toEqual(await answer(second));
  first.kill();
  second.kill();
});

test('one that ends while it waits is not given out', async () => {
  const { started, launch } = counted();
  const ahead = startAhead(launch);
  ahead.warm();
  const waiting = started[0] as Child;
  const gone = ended(waiting);
  waiting.send('end');
  expect(await gone).toBe('exit code 3');
  const child = ahead.launch();
  expect(child).not.toBe(waiting);
  child.kill();
});

test('closing ends the one that waits, and no other is started ahead', async () => {
  const { started, launch } = counted();
  const ahead = startAhead(launch);
  ahead.warm();
  const gone = ended(started[0] as Child);
  ahead.close();
  expect(await gone).toBe('signal SIGKILL');
  ahead.warm();
  expect(started).toHaveLength(1);
});
