import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { familyById } from '../../main/models/index.ts';
import { openNetworkEngine } from '../../main/platform/tensors/index.ts';
import type { Design, Target } from '../../main/recipes/index.ts';
import { median, needPython, runPython, tell } from './measure.ts';

/**
 * `node e2e/bench/network.bench.ts`: the network family against Keras, same rows, same net, one after the other on the same machine.
 * Needs a Python with tensorflow, keras, numpy and pandas: `HOLDFAST_BENCH_PYTHON=/path/to/python`. Times leave out loading either
 * library; on a busy machine compare processor seconds. Losses are mean squared errors of the standardised log price, means
 * over the seeds.
 */
const Fit = z.object({
  seconds: z.number(),
  cpu: z.number(),
  train: z.number(),
  test: z.number(),
  last_epoch: z.number(),
});
type Fit = z.infer<typeof Fit>;
const Peer = z.object({
  versions: z.string(),
  levels: z.array(z.int()),
  numbers: z.int(),
  numeric: z.array(Fit),
  'one-hot': z.array(Fit),
  wide: z.array(Fit),
  embeddings: z.array(Fit),
});
type Peer = z.infer<typeof Peer>;

/** What the network sees: how many of the categories, in which form, and the most of Keras' time it should take. */
const inputs = {
  numeric: { what: '8 numbers', categories: 0, form: 'one-hot', goal: 0.25 },
  'one-hot': { what: '8 numbers, 3 categories one-hot', categories: 3, form: 'one-hot', goal: 0.25 },
  wide: { what: '8 numbers, 4 categories one-hot, one crossed', categories: 4, form: 'one-hot', goal: 1 },
  embeddings: { what: '8 numbers, 3 categories embedded', categories: 3, form: 'codes', goal: 1 },
} as const;
type Kind = keyof typeof inputs;

const rows = 100_000;
const trainRows = 80_000;
const params = { hidden: [64, 32], learning_rate: 0.001, batch_size: 256, epochs: 5 };

needPython('network fit', ['tensorflow', 'keras', 'numpy', 'pandas']);
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const peer = runKeras(folder);
  const start = performance.now();
  const engine = await openNetworkEngine();
  console.log(
    `${engine.id} ${engine.version} (${engine.detail}), loaded in ${seconds(start).toFixed(2)} s; ${peer.versions}`,
  );
  const lines = [];
  for (const kind of ['numeric', 'one-hot', 'wide', 'embeddings'] as const) {
    lines.push(...(await compare(kind, folder, peer)));
  }
  console.table(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runKeras(out: string): Peer {
  runPython([join(import.meta.dirname, 'network_keras.py'), out]);
  return Peer.parse(JSON.parse(readFileSync(join(out, 'keras.json'), 'utf8')));
}

async function compare(kind: Kind, data: string, peer: Peer): Promise<Record<string, string | number>[]> {
  const { what, categories, form, goal } = inputs[kind];
  const design = readDesign(data, peer, categories, form);
  const target = new Float64Array(readAligned(join(data, 'target.f64')));
  const ours: Fit[] = [];
  for (let seed = 0; seed < peer[kind].length; seed++) ours.push(await fit(design, target, seed));
  const theirs = peer[kind];
  tell({
    what: `fit network, 80000 rows, ${what}`,
    holdfast: median(ours.map((one) => one.seconds)),
    peer: peer.versions.split(',')[0] ?? '',
    other: median(theirs.map((one) => one.seconds)),
    goal,
  });
  return [line(`Keras, ${what}`, theirs, theirs), line(`Holdfast, ${what}`, ours, theirs)];
}

function line(what: string, fits: readonly Fit[], against: readonly Fit[]): Record<string, string | number> {
  const times = fits.map((one) => one.seconds);
  return {
    what,
    'fits s': times.map((time) => time.toFixed(2)).join(' '),
    'median fit s': round(median(times)),
    'times faster (first)': round((against[0]?.seconds ?? Number.NaN) / (times[0] ?? Number.NaN)),
    'times faster (median)': round(median(against.map((one) => one.seconds)) / median(times)),
    'median processor s': round(median(fits.map((one) => one.cpu))),
    'train loss': round(mean(fits.map((one) => one.train)), 5),
    'test loss': round(mean(fits.map((one) => one.test)), 5),
  };
}

async function fit(design: Design, target: Float64Array, seed: number): Promise<Fit> {
  const family = familyById('network');
  const train = { design: slice(design, 0, trainRows), target: values(target.subarray(0, trainRows)) };
  const none = { design: slice(design, 0, 0), target: values(new Float64Array()) };
  const work = process.cpuUsage();
  const start = performance.now();
  const fitted = await family.fit({ train, validation: none }, family.params.parse(params), {
    seed,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const time = seconds(start);
  const { user, system } = process.cpuUsage(work);
  const predicted = family.predict(fitted.artifact, design);
  const squared = predicted.map((value, i) => (value - (target[i] ?? 0)) ** 2);
  return {
    seconds: time,
    cpu: (user + system) / 1e6,
    train: mean(squared.subarray(0, trainRows)),
    test: mean(squared.subarray(trainRows)),
    last_epoch: fitted.history.at(-1)?.['loss'] ?? Number.NaN,
  };
}

function readDesign(data: string, peer: Peer, categories: number, form: 'one-hot' | 'codes'): Design {
  const { numbers } = peer;
  const levels = peer.levels.slice(0, categories);
  const columns = peer.levels.length;
  const matrix = new Float64Array(readAligned(join(data, 'numbers.f64')));
  const codes = new Int32Array(readAligned(join(data, 'codes.i32')));
  const dense = Array.from({ length: numbers }, (_, j) =>
    Float64Array.from({ length: rows }, (_v, i) => matrix[i * numbers + j] ?? 0),
  );
  return {
    rows,
    width: numbers + levels.reduce((total, count) => total + (form === 'codes' ? 1 : count), 0),
    blocks: [
      { kind: 'dense', names: dense.map((_, j) => `number ${j}`), columns: dense },
      ...levels.map((count, k) => ({
        kind: form,
        name: `category ${k}`,
        levels: Array.from({ length: count }, (_, i) => String(i)),
        codes: Int32Array.from({ length: rows }, (_, i) => codes[i * columns + k] ?? -1),
      })),
    ],
  };
}

function slice(design: Design, from: number, to: number): Design {
  return {
    rows: to - from,
    width: design.width,
    blocks: design.blocks.map((block) =>
      block.kind === 'dense'
        ? { ...block, columns: block.columns.map((column) => column.subarray(from, to)) }
        : { ...block, codes: block.codes.subarray(from, to) },
    ),
  };
}

function readAligned(path: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(path)).buffer;
}

function values(data: Float64Array): Target {
  return { task: 'regression', values: data };
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

function mean(numbers: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum / numbers.length;
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
