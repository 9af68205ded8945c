import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../../preload/contract/client.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import type { Trial } from '../../../preload/contract/sweeps.ts';
import { openEnergyMeter } from '../../platform/energy.ts';
import { buildTestApp } from '../../testing/build-app.ts';
import { workerCount } from './worker-count.ts';

const sample = (name: string): string =>
  new URL(`../../../resources/samples/${name}.csv`, import.meta.url).pathname;

async function withHouses(options: { processes?: boolean } = {}) {
  const built = await buildTestApp(options);
  await built.client.datasets.import({ path: sample('sacramento'), name: 'houses' });
  return built;
}

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : undefined),
  );

/** A leaderboard without what two sweeps can't share: ids of runs and times. */
function essence(leaderboard: readonly Trial[]): unknown {
  return leaderboard.map(({ trial, family, params, score, error }) => ({
    trial,
    family,
    params,
    score,
    error,
  }));
}

const quick = { target: 'price', families: ['linear', 'tree', 'neighbours'], runs: 24 };

/** Starts a sweep as a job and waits until some of its trials have ended. */
async function startAndWait(client: Client, name: string, trials: number): Promise<string> {
  const { job } = await client.jobs.start({ method: 'sweeps.start', input: { name, ...quick } });
  await expect
    .poll(async () => (await client.sweeps.list({})).sweeps[0]?.spent.trials ?? 0, {
      timeout: 60_000,
      interval: 5,
    })
    .toBeGreaterThanOrEqual(trials);
  return job.id;
}

describe('a sweep', () => {
  test('tries the defaults of each family first, then others; each trial is a run that can be made again', async () => {
    const { client } = await withHouses();
    const { sweep, leaderboard } = await client.sweeps.start({ name: 'first', ...quick });
    expect(sweep).toMatchObject({
      status: 'done',
      metric: 'root_mean_squared_error',
      direction: 'lower',
      search: 'tpe',
      spent: { trials: 24, failed: 0 },
      notes: ['ended with the last of its trials'],
    });
    const scores = leaderboard.map(({ score }) => score ?? NaN);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    const byTrial = leaderboard.toSorted((a, b) => a.trial - b.trial);
    expect(byTrial.slice(0, 3).map(({ family }) => family)).toEqual(['linear', 'tree', 'neighbours']);
    expect(byTrial[0]?.params).toEqual({ alpha: 1 });
    const [best] = leaderboard;
    if (!best) throw new Error('an empty leaderboard');
    expect(sweep.best).toEqual(best);
    const { run, recipe } = await client.training.show({ run: best.run });
    expect(run.metrics?.validation['root_mean_squared_error']).toBe(best.score);
    expect(recipe['params']).toMatchObject(best.params);
    const { verdict } = await client.lineage.reproduce({ run: best.run });
    expect(verdict).toBe('identical');
    const { nodes } = await client.lineage.show({ id: best.run });
    expect(nodes.find(({ kind }) => kind === 'run')?.facts['sweep']).toBe(`first, trial ${best.trial}`);
    const shown = await client.sweeps.show({ sweep: 'first' });
    expect(shown.leaderboard).toEqual(leaderboard);
    expect(shown.test).toBe(run.metrics?.test['root_mean_squared_error']);
    expect(shown.space.map(({ family }) => family)).toEqual(['linear', 'tree', 'neighbours']);
    expect(shown.importance.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
    expect((await client.workspaces.verify({})).problems).toEqual([]);
  });

  test('gives the same leaderboard with one trial at a time and with three', async () => {
    const { client } = await withHouses();
    const one = await client.sweeps.start({ name: 'one', ...quick, workers: 1 });
    const three = await client.sweeps.start({ name: 'three', ...quick, workers: 3 });
    expect(essence(three.leaderboard)).toEqual(essence(one.leaderboard));
    const other = await client.sweeps.start({ name: 'other', ...quick, seed: 7 });
    expect(essence(other.leaderboard)).not.toEqual(essence(one.leaderboard));
  });

  test('that is paused goes on to the leaderboard of one that never was', async () => {
    const { client } = await withHouses();
    const whole = await client.sweeps.start({ name: 'whole', ...quick });
    await startAndWait(client, 'paused', 6);
    const { sweep } = await client.sweeps.pause({ sweep: 'paused' });
    expect(sweep.status).toBe('paused');
    expect(sweep.spent.trials).toBeLessThan(24);
    const { runs } = await client.training.list({});
    expect(runs.filter(({ status }) => status !== 'done')).toEqual([]);
    const resumed = await client.sweeps.resume({ sweep: 'paused' });
    expect(resumed.sweep.status).toBe('done');
    expect(essence(resumed.leaderboard)).toEqual(essence(whole.leaderboard));
    expect((await failureOf(client.sweeps.resume({ sweep: 'paused' })))?.code).toBe('sweep-over');
  });

  test('that is stopped keeps its runs and does not go on', async () => {
    const { client } = await withHouses();
    await startAndWait(client, 'halted', 3);
    expect((await failureOf(client.sweeps.resume({ sweep: 'halted' })))?.code).toBe('sweep-running');
    const { sweep } = await client.sweeps.stop({ sweep: 'halted' });
    expect(sweep.status).toBe('stopped');
    expect((await client.training.list({})).runs.length).toBe(sweep.spent.trials);
    expect((await failureOf(client.sweeps.resume({ sweep: 'halted' })))?.code).toBe('sweep-over');
  });

  test('enters trials that fail, with the reason, and ranks them last', async () => {
    const { client } = await withHouses();
    const { sweep, leaderboard } = await client.sweeps.start({
      name: 'fails',
      target: 'price',
      families: ['glm'],
      search: 'grid',
      space: { glm: { distribution: ['gaussian', 'binomial'] } },
    });
    expect(sweep).toMatchObject({ status: 'done', spent: { trials: 2, failed: 1 } });
    expect(sweep.notes).toEqual(['ended because every combination was tried']);
    expect(leaderboard.map(({ params }) => params['distribution'])).toEqual(['gaussian', 'binomial']);
    expect(leaderboard[1]?.error).toContain('binomial');
    const { run } = await client.training.show({ run: leaderboard[1]?.run ?? '' });
    expect(run).toMatchObject({ status: 'failed', metrics: null });
  });

  test('ends when its minutes are used up', async () => {
    const { client } = await withHouses();
    const input = { name: 'short', target: 'price', families: ['linear'], minutes: 0.002 };
    const { sweep } = await client.sweeps.start(input);
    expect(sweep.status).toBe('done');
    expect(sweep.notes[0]).toContain('its time was used up');
  });

  test('takes what a recipe says: its split, its features, and parameters it holds', async () => {
    const { client } = await withHouses();
    const recipe =
      'target: price\nfamily: tree\nfeatures: [sqft, beds]\nsplit: 80/10/10\nparams: {max_depth: 3}\nseed: 5\n';
    const input = { name: 'held', recipe, families: ['tree'], runs: 4 };
    const { sweep, leaderboard } = await client.sweeps.start(input);
    expect(sweep).toMatchObject({ target: 'price', seed: 5 });
    for (const { run, params } of leaderboard) {
      expect(Object.keys(params)).toEqual(['min_samples_leaf']);
      const shown = await client.training.show({ run });
      expect(shown.recipe).toMatchObject({
        features: ['sqft', 'beds'],
        split: { train: 0.8 },
        params: { max_depth: 3 },
        seed: 5,
      });
    }
  });

  test('with folds is ranked by their mean', async () => {
    const { client } = await withHouses();
    const input = { name: 'folds', target: 'price', families: ['linear'], runs: 3, folds: 4 };
    const { leaderboard } = await client.sweeps.start(input);
    for (const { score, scores, run } of leaderboard) {
      expect(scores.length).toBe(4);
      expect(score).toBeCloseTo(scores.reduce((sum, one) => sum + one, 0) / 4, 8);
      expect((await client.training.show({ run })).split).toMatchObject({ folds: 4, validation: 0 });
    }
  });

  test('of classes is ranked by log loss; families that do not fit are left out, in words', async () => {
    const { client, folder } = await buildTestApp();
    const path = join(folder, 'three.csv');
    const rows = Array.from({ length: 90 }, (_, i) => `${(i * 37) % 101},${'abc'[i % 3] ?? ''}`);
    await writeFile(path, `x,y\n${rows.join('\n')}\n`);
    await client.datasets.import({ path, name: 'three' });
    const { sweep } = await client.sweeps.start({ name: 'classes', target: 'y', runs: 4 });
    expect(sweep).toMatchObject({ task: 'classification', metric: 'log_loss', direction: 'lower' });
    expect(sweep.families).not.toContain('glm');
    expect(sweep.notes.some((note) => note.startsWith('glm is left out: '))).toBe(true);
    const wrong = client.sweeps.start({ name: 'auc', target: 'y', metric: 'r2' });
    expect((await failureOf(wrong))?.message).toContain('choose one of accuracy');
  });
});

test('a plan tells what the sweep then does, and trains nothing', async () => {
  const { client } = await withHouses();
  const wish = {
    target: 'price',
    families: ['tree', 'linear'],
    runs: 3,
    space: { tree: { max_depth: { from: 2, to: 4 } } },
  };
  const plan = await client.sweeps.plan(wish);
  expect(plan).toMatchObject({ metric: 'root_mean_squared_error', budget: { runs: 3, minutes: null } });
  expect(plan.metrics).toContain('r2');
  expect((await client.training.list({})).runs).toEqual([]);
  await client.sweeps.start({ name: 'planned', ...wish });
  const { space: searched } = await client.sweeps.show({ sweep: 'planned' });
  expect(plan.spaces.map(({ family, dimensions }) => ({ family, dimensions }))).toEqual(searched);
  const [tree] = plan.spaces;
  expect(tree?.dimensions).toContainEqual({
    param: 'max_depth',
    kind: 'integer',
    from: 2,
    to: 4,
    scale: 'linear',
  });
  expect(tree?.held).not.toContain('max_depth');
});

test.each([
  [{}, 'sweep-target-needed'],
  [{ target: 'prize' }, 'target-missing'],
  [{ target: 'price', families: ['forrest'] }, 'family-unknown'],
  [{ target: 'price', search: 'magic' }, 'search-unknown'],
  [{ target: 'price', metric: 'accuracy' }, 'sweep-metric'],
  [{ target: 'price', families: ['tree'], space: { tree: { depth: [3] } } }, 'sweep-space'],
  [{ target: 'price', families: ['tree'], space: { linear: { alpha: [3] } } }, 'family-unknown'],
  [{ target: 'price', dataset: 'flats' }, 'dataset-not-found'],
] as const)('%j is refused, and nothing is entered', async (input, code) => {
  const { client } = await withHouses();
  const families = 'families' in input ? { families: [...input.families] } : {};
  const work = client.sweeps.start({ name: 'wrong', ...input, ...families } as never);
  expect((await failureOf(work))?.code).toBe(code);
  const plan = client.sweeps.plan({ ...input, ...families } as never);
  expect((await failureOf(plan))?.code).toBe(code);
  expect((await client.sweeps.list({})).sweeps).toEqual([]);
  expect((await failureOf(client.sweeps.show({ sweep: 'wrong' })))?.code).toBe('sweep-not-found');
});

test('a name is taken once', async () => {
  const { client } = await withHouses();
  const input = { name: 'twice', target: 'price', families: ['baseline'] };
  expect((await client.sweeps.start(input)).sweep.spent.trials).toBe(1);
  expect((await failureOf(client.sweeps.start(input)))?.code).toBe('sweep-exists');
});

test('as many trials at a time as cores and memory allow, and always one', () => {
  const machine = { processors: 8, memory: 16e9 };
  expect(workerCount({ rows: 1000, columns: 10 }, undefined, machine)).toBe(8);
  expect(workerCount({ rows: 1000, columns: 10 }, 3, machine)).toBe(3);
  expect(workerCount({ rows: 10_000_000, columns: 10 }, undefined, machine)).toBe(2);
  expect(workerCount({ rows: 100_000_000, columns: 50 }, undefined, machine)).toBe(1);
});

test('energy: counters are added up, over their end too; without any it says why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-power-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const set = async (zone: number, value: number): Promise<void> => {
    await mkdir(join(folder, `intel-rapl:${zone}`), { recursive: true });
    await writeFile(join(folder, `intel-rapl:${zone}`, 'max_energy_range_uj'), '10000000\n');
    await writeFile(join(folder, `intel-rapl:${zone}`, 'energy_uj'), `${value}\n`);
  };
  expect(openEnergyMeter(folder)).toEqual({ reason: `${folder} has no processor counter (intel-rapl)` });
  expect(openEnergyMeter(join(folder, 'none'))).toMatchObject({
    reason: expect.stringContaining('there is no') as string,
  });
  await set(0, 9_000_000);
  await set(1, 0);
  const meter = openEnergyMeter(folder);
  if (!('joules' in meter)) throw new Error(meter.reason);
  expect(meter.joules()).toBe(0);
  await set(0, 1_500_000);
  await set(1, 500_000);
  expect(meter.joules()).toBeCloseTo(3, 9);
});

test('a sweep does not look at test rows that are sealed', async () => {
  const { client } = await withHouses();
  const recipe = { target: 'price', family: 'linear', split: { sealed: true } };
  await client.training.run({ recipe });
  const refused = await failureOf(client.sweeps.start({ name: 'peek', ...quick, runs: 3 }));
  expect(refused?.code).toBe('holdout-sealed-rows');
  const sealed = await client.sweeps.start({ name: 'sealed', recipe, families: ['linear,tree'], runs: 4 });
  expect(sealed.sweep.families).toEqual(['linear', 'tree']);
  const shown = await client.training.show({ run: sealed.leaderboard[0]!.run });
  expect(shown.run.sealed).toBe(true);
});
