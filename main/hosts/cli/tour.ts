import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { createClient, type Client } from '../../../preload/contract/client.ts';
import { fail, toFailure } from '../../../preload/contract/errors.ts';
import type { Run } from '../../../preload/contract/training.ts';
import { loginName } from '../actor.ts';
import { onInterrupt } from '../interrupts.ts';
import type { GlobalOptions } from './program.ts';
import { createProgressLine } from './progress-line.ts';
import { render } from './render.ts';
import { formatMetric, formatNumber, formatSeconds, shortDigest } from './text.ts';
import { textTable } from './text-table.ts';

const families = ['baseline', 'linear', 'network'] as const;

/** What the tour works with: the product, where it tells its story, and where things are put. */
interface Guide {
  readonly client: Client;
  readonly tell: (text: string) => void;
  /** Tells what is done next, and the command that does the same. */
  readonly step: (title: string, command: string) => void;
  readonly folder: string;
}

/** The whole main job on a sample, from a table to a model that a colleague has made again. Returns the exit code. */
export async function tour(named: string | undefined, globals: GlobalOptions): Promise<number> {
  const started = performance.now();
  const { createApp } = await import('../../app/index.ts');
  const folder = named === undefined ? await mkdtemp(join(tmpdir(), 'holdfast-tour-')) : resolve(named);
  const app = await createApp({ host: '`holdfast tour`' });
  const progress = createProgressLine();
  const stopped = new AbortController();
  const ignore = onInterrupt(() => stopped.abort());
  const out = globals.json ? process.stderr : process.stdout;
  const tell = (text: string): void => {
    progress.clear();
    out.write(`${text}\n`);
  };
  let number = 0;
  const client = createClient({
    call: (method, input) =>
      app.dispatch(method, input, {
        actor: loginName(),
        signal: stopped.signal,
        onProgress: (fraction, message) => {
          if (process.stderr.isTTY) progress.show(fraction, message);
        },
      }),
    subscribe: (listener) => app.subscribe(listener),
  });
  const step = (title: string, command: string): void =>
    tell(`\n${styleText('bold', `${++number}. ${title}`)}\n   ${styleText('dim', `holdfast ${command}`)}\n`);
  try {
    const guide: Guide = { client, tell, step, folder };
    const { run } = await atHome(guide);
    const verdict = await atTheColleagues(guide);
    const seconds = (performance.now() - started) / 1000;
    tell(`\nThe whole job took ${seconds.toFixed(1)} seconds. Everything is in ${folder}`);
    tell(`Look at it: holdfast start --workspace ${join(folder, 'workspace')}`);
    if (globals.json) process.stdout.write(`${JSON.stringify({ folder, run, verdict, seconds })}\n`);
    return verdict === 'not-reproduced' ? 1 : 0;
  } catch (error) {
    if (stopped.signal.aborted) throw fail('cancelled', { what: 'the tour' }, error);
    throw toFailure(error, 'the tour');
  } finally {
    progress.clear();
    await app.close();
    ignore();
  }
}

async function atHome(guide: Guide): Promise<{ run: string }> {
  const { client, tell, step, folder } = guide;
  const { samples } = await client.system.samples({});
  const sample = samples.find(({ id }) => id === 'houses') ?? samples[0];
  if (!sample) throw fail('file-not-found', { path: 'resources/samples' });

  step('A workspace: one folder that holds everything and can be moved', 'workspaces create workspace');
  await client.workspaces.create({ dir: join(folder, 'workspace') });
  tell(`${sample.title}: ${sample.doc}`);

  step(
    'Import: from now on this table is one exact snapshot',
    'datasets import sacramento.csv --name houses',
  );
  const imported = await client.datasets.import({ path: sample.path, name: 'houses' });
  tell(await render('datasets.import', { value: imported }));
  const { table, ...window } = await client.datasets.preview({ dataset: 'houses', limit: 3 });
  tell(`\n${await render('datasets.preview', { value: window, table })}`);

  step(
    'Train three kinds of model on it; everything not said has a sensible default',
    'training run recipe.yaml',
  );
  const runs: Run[] = [];
  for (const family of families) {
    const recipe = `target: price\nfamily: ${family}\n`;
    const { run } = await client.training.run({ recipe, dataset: 'houses', seed: 7 });
    runs.push(run);
    tell(`${recipe.trim().replace('\n', ', ')}: ${run.id}, ${formatSeconds(run.duration ?? 0)}`);
  }
  tell(`\n${compare(runs)}`);
  const best = runs.reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a));

  step('Evaluate the best one, on rows it never saw', `evaluation show ${best.id}`);
  const { figures } = await client.evaluation.show({ run: best.id });
  for (const { title, reading } of figures) tell(`${title}: ${reading}`);

  step('Give it a name and a stage', `registry add ${best.id} --name prices`);
  const added = await client.registry.add({ run: best.id, name: 'prices', notes: 'made by the tour' });
  tell(await render('registry.add', { value: added }));
  const staged = await client.registry.stage({ model: 'prices@1', stage: 'live' });
  tell(await render('registry.stage', { value: staged }));

  const bundle = join(folder, 'bundle');
  step(
    'Export it, signed: MLflow folder, ONNX with the steps inside, data manifest',
    'bundles export prices bundle',
  );
  const exported = await client.bundles.export({ model: 'prices', dir: bundle });
  tell(await render('bundles.export', { value: exported }));
  const verified = await client.bundles.verify({ dir: bundle });
  tell(`\n${await render('bundles.verify', { value: verified })}`);

  const remote = `file:${join(folder, 'stick')}`;
  step('Push it to a stick, with the data', 'remotes push prices file:stick --with-data');
  const pushed = await client.remotes.push({ model: 'prices', remote, withData: true });
  tell(await render('remotes.push', { value: pushed }));
  return { run: best.id };
}

async function atTheColleagues({ client, tell, step, folder }: Guide): Promise<string> {
  step(
    'A colleague pulls it into a workspace of their own: verified before anything is read',
    'remotes pull file:stick',
  );
  await client.workspaces.create({ dir: join(folder, 'colleague') });
  const remote = `file:${join(folder, 'stick')}`;
  const pulled = await client.remotes.pull({ remote, trust: 'the tour' });
  tell(await render('remotes.pull', { value: pulled }));
  const again = await client.remotes.pull({ remote });
  tell(again.added ? 'A second pull added something, which it should not.' : 'A second pull adds nothing.');

  step('Predict with it', 'predict prices');
  const { fields } = await client.registry.show({ model: 'prices' });
  const row = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
  const predicted = await client.registry.predict({ model: 'prices', rows: [row] });
  const price = predicted.predictions[0]?.['prediction'];
  tell(
    `${fields.map(({ name, example }) => `${name} ${String(example)}`).join(', ')}\nprice ${typeof price === 'number' ? formatNumber(price) : String(price)}`,
  );

  step('Make it again from what is recorded', `lineage reproduce ${pulled.run}`);
  const reproduced = await client.lineage.reproduce({ run: pulled.run });
  tell(await render('lineage.reproduce', { value: reproduced }));

  step('Check every byte and every link of the journal', 'workspaces verify');
  const whole = await client.workspaces.verify({});
  tell(await render('workspaces.verify', { value: whole }));
  const { workspace } = await client.workspaces.info({});
  tell(`Journal head ${shortDigest(workspace.journal.head)}`);
  return whole.verified ? reproduced.verdict : 'not-reproduced';
}

function compare(runs: readonly Run[]): string {
  const names = ['r2', 'mean_absolute_error', 'root_mean_squared_error'];
  return textTable(
    ['on test rows', ...names],
    runs.map(({ family, metrics }) => [family, ...names.map((name) => formatMetric(metrics?.test[name]))]),
    names,
  );
}

function errorOf({ metrics }: Run): number {
  return metrics?.validation['mean_absolute_error'] ?? Infinity;
}
