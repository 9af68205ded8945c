import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { fitPipeline, type RawColumn, type RecipeStep } from '../../main/recipes/index.ts';
import { median, needPython, runPython, tell } from './measure.ts';

/**
 * `node e2e/bench/steps.bench.ts [ROWS...]`: recipe steps against scikit-learn's transformers, same rows, learning and transforming
 * together, one after the other on the same machine; default 200,000 rows of 8 skewed numbers and a text of 2,000 levels. Needs a
 * Python with scikit-learn: `HOLDFAST_BENCH_PYTHON=/path/to/python`. Medians of three; what both make is compared by its mean size.
 */
const Timed = z.object({ seconds: z.array(z.number()), means: z.array(z.number()) });
const Peer = z.object({
  versions: z.string(),
  power: Timed,
  bin: Timed,
  'target-encode': Timed,
  pca: Timed,
  polynomial: Timed,
});

const repeats = 3;
const numbers = 8;
const levels = Array.from({ length: 2000 }, (_, code) => `level ${code}`);
const uses: readonly {
  readonly id: Exclude<keyof z.infer<typeof Peer>, 'versions'>;
  readonly text: boolean;
  readonly step: RecipeStep;
}[] = [
  { id: 'power', text: false, step: { step: 'power' } },
  { id: 'bin', text: false, step: { step: 'bin', bins: 10, encode: 'ordinal' } },
  { id: 'target-encode', text: true, step: { step: 'target-encode' } },
  { id: 'pca', text: false, step: { step: 'pca', components: 4 } },
  { id: 'polynomial', text: false, step: { step: 'polynomial' } },
];

needPython('steps', ['numpy', 'sklearn']);
const sizes = process.argv.slice(2).map(Number);
for (const rows of sizes.length > 0 ? sizes : [200_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    runPython([join(import.meta.dirname, 'steps_sklearn.py'), folder, String(rows), String(repeats)]);
    const peer = Peer.parse(JSON.parse(readFileSync(join(folder, 'sklearn.json'), 'utf8')));
    const all = readColumns(folder, rows);
    const target = { task: 'regression' as const, values: new Float64Array(bytesOf(folder, 'target.f64')) };
    console.log(`${rows} rows; ${peer.versions}; node ${process.versions.node}`);
    const table: Record<string, string | number>[] = [];
    for (const { id, text, step } of uses) {
      const columns = all.filter(({ kind }) => (kind === 'category') === text);
      const inputs = columns.map(({ name }) => ({
        name,
        type: text ? ('text' as const) : ('number' as const),
      }));
      const seconds: number[] = [];
      let means: number[] = [];
      for (let i = 0; i < repeats; i++) {
        const start = performance.now();
        const { design } = fitPipeline(inputs, columns, [step], { target });
        seconds.push((performance.now() - start) / 1000);
        means = design.blocks.flatMap((block) =>
          block.kind === 'dense' ? block.columns.map((column) => meanSize(column)) : [],
        );
      }
      refuseDifference(id, means, peer[id].means);
      const holdfast = median(seconds);
      const other = median(peer[id].seconds);
      const versions = peer.versions.split(',')[0] ?? '';
      tell({ what: `step ${id}, ${rows} rows`, holdfast, peer: versions, other, goal: null });
      table.push({ step: id, holdfast, sklearn: other, ratio: holdfast / other });
    }
    console.table(table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readColumns(folder: string, rows: number): RawColumn[] {
  const values = new Float64Array(bytesOf(folder, 'numbers.f64'));
  return [
    ...Array.from({ length: numbers }, (_, i): RawColumn => ({
      kind: 'number',
      name: `x${i}`,
      values: values.slice(i * rows, (i + 1) * rows),
    })),
    { kind: 'category', name: 'word', levels, codes: new Int32Array(bytesOf(folder, 'codes.i32')) },
  ];
}

function bytesOf(folder: string, name: string): ArrayBuffer {
  const bytes = readFileSync(join(folder, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function meanSize(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum / values.length;
}

/** Folds are drawn differently on both sides, so target encoding agrees but for chance. */
function refuseDifference(id: string, ours: readonly number[], theirs: readonly number[]): void {
  const allowed = id === 'target-encode' ? 1e-3 : 1e-6;
  const same =
    ours.length === theirs.length &&
    ours.every((value, i) => Math.abs(value - (theirs[i] ?? Infinity)) <= allowed * Math.max(1, value));
  if (!same) throw new Error(`${id} makes something else: ${ours.join(' ')} and not ${theirs.join(' ')}`);
}
