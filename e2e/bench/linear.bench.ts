import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { evaluate } from '../../main/evaluation/index.ts';
import { familyById } from '../../main/models/index.ts';
import { applyPipeline, fitPipeline, type RawColumn, type Target } from '../../main/recipes/index.ts';
import { median, needPython, runPython, tell } from './measure.ts';

/**
 * `node e2e/bench/linear.bench.ts [ROWS...]`: the linear family against scikit-learn, same rows, same steps (fill gaps with the median,
 * scale, one-hot), same penalty, one after the other on the same machine; default 100,000 rows (1,000,000 takes minutes), of which 80 %
 * train. Needs a Python with scikit-learn and pandas: `HOLDFAST_BENCH_PYTHON=/path/to/python`. Times are those of fitting steps
 * and model together, medians of three. scikit-learn stops its classifiers at a gradient of 1e-4, Holdfast at 1e-12, with
 * standard errors.
 */
const Fit = z.object({ seconds: z.array(z.number()), test: z.number() });
type Fit = z.infer<typeof Fit>;
const Peer = z.object({
  versions: z.string(),
  numbers: z.array(z.string()),
  categories: z.record(z.string(), z.array(z.string())),
  ridge: Fit,
  logistic: Fit,
  multinomial: Fit,
});
type Peer = z.infer<typeof Peer>;

const repeats = 3;
const steps = [
  { step: 'impute', strategy: 'median' },
  { step: 'scale', method: 'standard' },
  { step: 'one-hot' },
];

needPython('linear', ['numpy', 'pandas', 'sklearn']);
const sizes = process.argv.slice(2).map(Number);
for (const rows of sizes.length > 0 ? sizes : [100_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const peer = runPeer(folder, rows);
    console.log(`${rows} rows; ${peer.versions}; node ${process.versions.node}`);
    console.table(await compare(folder, rows, peer));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runPeer(out: string, rows: number): Peer {
  runPython([join(import.meta.dirname, 'linear_sklearn.py'), out, String(rows), String(repeats)]);
  return Peer.parse(JSON.parse(readFileSync(join(out, 'sklearn.json'), 'utf8')));
}

async function compare(data: string, rows: number, peer: Peer): Promise<Record<string, string | number>[]> {
  const columns = readColumns(data, rows, peer);
  const train = (rows * 8) / 10;
  const price = new Float64Array(readAligned(join(data, 'log_price.f64')));
  const classes = new Int32Array(readAligned(join(data, 'classes.i32')));
  const tasks: [name: 'ridge' | 'logistic' | 'multinomial', metric: string, target: Target][] = [
    ['ridge', 'r2', { task: 'regression', values: price }],
    [
      'logistic',
      'log_loss',
      { task: 'classification', classes: ['no', 'yes'], codes: classes.subarray(0, rows) },
    ],
    [
      'multinomial',
      'log_loss',
      { task: 'classification', classes: ['1', '2', '3', '4'], codes: classes.subarray(rows) },
    ],
  ];
  const table: Record<string, string | number>[] = [];
  for (const [name, metric, target] of tasks) {
    const ours = await fit(columns, target, train, rows, metric);
    const theirs = peer[name];
    tell({
      what: `fit ${name}, ${(rows * 8) / 10} rows`,
      holdfast: median(ours.seconds),
      peer: peer.versions.split(',')[0] ?? '',
      other: median(theirs.seconds),
      goal: 1,
    });
    table.push({
      model: name,
      'scikit-learn s': round(median(theirs.seconds)),
      'Holdfast s': round(median(ours.seconds)),
      'times faster': round(median(theirs.seconds) / median(ours.seconds)),
      [`scikit-learn test`]: `${metric} ${theirs.test.toFixed(6)}`,
      [`Holdfast test`]: `${metric} ${ours.test.toFixed(6)}`,
    });
  }
  return table;
}

async function fit(
  columns: readonly RawColumn[],
  target: Target,
  train: number,
  rows: number,
  metric: string,
): Promise<Fit> {
  const family = familyById('linear');
  const inputs = columns.map(({ name, kind }) => ({
    name,
    type: kind === 'number' ? ('number' as const) : ('text' as const),
  }));
  const first = Int32Array.from({ length: train }, (_, i) => i);
  const rest = Int32Array.from({ length: rows - train }, (_, i) => train + i);
  const times: number[] = [];
  let test = Number.NaN;
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    const { pipeline, design } = fitPipeline(inputs, columns, steps, { rows: first });
    const labelled = { design, target: pickTarget(target, first) };
    const none = {
      design: applyPipeline(pipeline, columns, new Int32Array()),
      target: pickTarget(target, new Int32Array()),
    };
    const { artifact } = await family.fit({ train: labelled, validation: none }, family.params.parse({}), {
      seed: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    times.push((performance.now() - start) / 1000);
    if (i > 0) continue;
    const predictions = family.predict(artifact, applyPipeline(pipeline, columns, rest));
    test = evaluate({ target: pickTarget(target, rest), predictions }).metrics[metric] ?? Number.NaN;
  }
  return { seconds: times, test };
}

function pickTarget(target: Target, rows: Int32Array): Target {
  if (target.task === 'regression') {
    return { task: 'regression', values: Float64Array.from(rows, (row) => target.values[row] ?? Number.NaN) };
  }
  return { ...target, codes: Int32Array.from(rows, (row) => target.codes[row] ?? -1) };
}

function readColumns(data: string, rows: number, peer: Peer): RawColumn[] {
  const numbers = new Float64Array(readAligned(join(data, 'numbers.f64')));
  const codes = new Int32Array(readAligned(join(data, 'codes.i32')));
  return [
    ...peer.numbers.map((name, j): RawColumn => ({
      kind: 'number',
      name,
      values: numbers.subarray(j * rows, (j + 1) * rows),
    })),
    ...Object.entries(peer.categories).map(([name, levels], j): RawColumn => ({
      kind: 'category',
      name,
      levels,
      codes: codes.subarray(j * rows, (j + 1) * rows),
    })),
  ];
}

function readAligned(path: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(path)).buffer;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
