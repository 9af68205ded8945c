import { join } from 'node:path';
import * as z from 'zod';
import { createApp, type Application } from '../../main/app/index.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { createSession, type Transaction } from '../../main/workspaces/index.ts';
import { inPlace, median, needPython, runPython, tell } from './measure.ts';

/**
 * `node e2e/bench/runs.bench.ts [RUNS]`: 1,000 runs of 5 parameters and 5 metrics recorded, by MLflow in its SQLite store, and here: read
 * from that very store in one step, and one by one, each flushed to the disk twice as a training does; then the list of 10,000 runs, in a
 * process that has just opened the workspace and once it is at work. Needs a Python with mlflow: `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const count = Number(process.argv[2] ?? 1000);
const many = 10_000;
needPython(`${count} runs of 5 metrics recorded`, ['mlflow', 'sqlalchemy']);

const Peer = z.object({ recorded: z.number(), listed: z.number(), version: z.string() });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function metricsOf(i: number): string {
  const metrics = Object.fromEntries(Array.from({ length: 5 }, (_, k) => [`m${k}`, i * 0.1 + k]));
  return JSON.stringify({ train: {}, validation: {}, test: metrics });
}

function putRun(transaction: Transaction, i: number, done: boolean): void {
  const created = new Date(1_767_225_600_000 + 1000 * i).toISOString();
  const params = Object.fromEntries(Array.from({ length: 5 }, (_, k) => [`p${k}`, i * k]));
  transaction.put('recipes', { hash: `recipe ${i}`, body: JSON.stringify({ params }), created });
  transaction.put('runs', {
    id: `run_${i}`, status: done ? 'done' : 'running', dataset: 'houses', version: 1, snapshot: '0'.repeat(64), target: 'price',
    task: 'regression', family: ['linear', 'boosting', 'network'][i % 3] ?? '', recipe: `recipe ${i}`, seed: 42, code: '0', created,
    finished: done ? created : null, duration: done ? (i % 97) / 10 : null, actor: 'bench', job: null, engine: null,
    metrics: done ? metricsOf(i) : null, notes: '[]', error: null, split: null, pipeline: null, model: null, evaluation: null,
    history: null, golden: null, manifest: null, origin: null,
  }); // prettier-ignore
}

/** Records runs as trainings do: one commit as each begins and one as it ends; or all at once. */
async function record(dir: string, runs: number, oneByOne: boolean): Promise<number> {
  const session = createSession({
    clock: systemClock,
    actor: 'bench',
    holder: 'a benchmark',
    onChange: () => undefined,
    onSwitch: () => undefined,
    beforeLeaving: async () => undefined,
  });
  const workspace = await session.create(dir);
  const commit = (work: (transaction: Transaction) => void) =>
    workspace.commit({ action: 'bench', actor: 'bench' }, work);
  const seconds = await timed(async () => {
    if (oneByOne) {
      for (let i = 0; i < runs; i++) {
        await commit((transaction) => putRun(transaction, i, false));
        await commit((transaction) => putRun(transaction, i, true));
      }
    } else
      await commit((transaction) => {
        for (let i = 0; i < runs; i++) putRun(transaction, i, true);
      });
  });
  await session.close();
  return seconds;
}

async function withApp<T>(dir: string, work: (app: Application) => Promise<T>): Promise<T> {
  const app = await createApp({ host: 'a benchmark', workspace: dir, jobs: 'inline' });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

await inPlace(async ({ folder }) => {
  const peer = Peer.parse(
    JSON.parse(
      runPython(['runs_mlflow.py', folder, String(count)])
        .trim()
        .split('\n')
        .at(-1) ?? '',
    ),
  );
  const name = `MLflow ${peer.version}, SQLite`;
  const single = await record(join(folder, 'single'), count, true);
  const read = await withApp(join(folder, 'single'), (app) =>
    timed(() => app.dispatch('runs.import', { path: join(folder, 'mlflow.db') })),
  );
  await record(join(folder, 'many'), many, false);
  const columns = ['family', 'target', 'took', 'test.m0', 'test.m1', 'created'];
  const cold: number[] = [];
  for (let i = 0; i < 5; i++)
    cold.push(
      await withApp(join(folder, 'many'), (app) => timed(() => app.dispatch('runs.list', { columns }))),
    );
  const warm = await withApp(join(folder, 'many'), async (app) => {
    await app.dispatch('runs.list', { columns });
    const seconds: Record<string, number[]> = { sorted: [], filtered: [] };
    for (let i = 0; i < 9; i++) {
      const list = (input: object) => timed(() => app.dispatch('runs.list', { columns, ...input }));
      seconds['sorted']?.push(await list({ sort: 'test.m1', ascending: i % 2 === 0, offset: 5000 }));
      seconds['filtered']?.push(await list({ filter: `family=boosting m0>${i}`, group: 'target' }));
    }
    return seconds;
  });
  const rows = [
    { what: `${count} runs of 5 metrics recorded in one step (read from MLflow)`, holdfast: read, peer: name, other: peer.recorded, goal: 0.02 },
    { what: `${count} runs of 5 metrics recorded one by one, each safe on the disk`, holdfast: single, peer: name, other: peer.recorded, goal: null },
    { what: `list of ${many} runs, just opened`, holdfast: median(cold), peer: '', other: null, goal: 0.05 },
    { what: `list of ${many} runs, sorted by a metric`, holdfast: median(warm['sorted'] ?? []), peer: `${name}: list of ${count}`, other: peer.listed, goal: null },
    { what: `list of ${many} runs, filtered and grouped`, holdfast: median(warm['filtered'] ?? []), peer: '', other: null, goal: 0.05 },
  ]; // prettier-ignore
  for (const row of rows) tell(row);
  console.table(
    rows.map(({ what, holdfast, other }) => ({
      what,
      ms: (1000 * holdfast).toFixed(1),
      'peer (ms)': other === null ? '' : (1000 * other).toFixed(1),
      'times faster': other === null ? '' : (other / holdfast).toFixed(1),
    })),
  );
});
