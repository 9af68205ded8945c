import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createApp } from '../../main/app/index.ts';
import { createClient, type Client } from '../../preload/contract/client.ts';
import type { Trial } from '../../preload/contract/sweeps.ts';
import { discard } from './trial.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sacramento.csv');
const plan = { target: 'price', families: ['linear', 'tree', 'neighbours'], runs: 30 };

async function withApp<T>(folder: string, work: (client: Client) => Promise<T>): Promise<T> {
  process.env['HOLDFAST_HOME'] = join(folder, 'home');
  const app = await createApp({
    host: 'the reliability gate',
    jobs: 'inline',
    workspace: join(folder, 'ws'),
  });
  try {
    return await work(
      createClient({
        call: (method, input) => app.dispatch(method, input),
        subscribe: (listener) => app.subscribe(listener),
      }),
    );
  } finally {
    await app.close();
  }
}

/** Starts the sweep in a process group of its own and kills all of it after so many trials. */
async function killAfter(trials: number, folder: string): Promise<void> {
  const script = join(import.meta.dirname, 'run-sweep.ts');
  const child = spawn(
    process.execPath,
    [script, join(folder, 'ws'), JSON.stringify({ name: 'cut', ...plan })],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HOLDFAST_HOME: join(folder, 'home') },
    },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number(line) >= trials) break;
  }
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
}

const essence = (leaderboard: readonly Trial[]): unknown =>
  leaderboard.map(({ trial, family, params, score }) => ({ trial, family, params, score }));

test(
  'a sweep whose processes are killed goes on to the leaderboard of one that was never stopped',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-sweep-'));
    const home = process.env['HOLDFAST_HOME'];
    try {
      process.env['HOLDFAST_HOME'] = join(folder, 'home');
      const first = await createApp({ host: 'the reliability gate', jobs: 'inline' });
      await first.dispatch('workspaces.create', { dir: join(folder, 'ws') });
      await first.dispatch('datasets.import', { path: sample, name: 'houses' });
      await first.close();
      await killAfter(8, folder);
      const [cut, resumed, whole] = await withApp(folder, async (client) => {
        const { sweep } = await client.sweeps.show({ sweep: 'cut' });
        const again = await client.sweeps.resume({ sweep: 'cut' });
        const never = await client.sweeps.start({ name: 'whole', ...plan });
        expect((await client.workspaces.verify({})).problems).toEqual([]);
        return [sweep, again, never] as const;
      });
      expect(cut.status).toBe('interrupted');
      expect(cut.spent.trials).toBeGreaterThanOrEqual(8);
      expect(cut.spent.trials).toBeLessThan(30);
      expect(resumed.sweep.status).toBe('done');
      expect(essence(resumed.leaderboard)).toEqual(essence(whole.leaderboard));
    } finally {
      if (home === undefined) delete process.env['HOLDFAST_HOME'];
      else process.env['HOLDFAST_HOME'] = home;
      discard(folder);
    }
  },
);
