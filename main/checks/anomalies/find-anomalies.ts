import { setImmediate } from 'node:timers/promises';
import type { CellValue } from '../../../preload/contract/datasets.ts';
import type { AnomalousRow } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { cellsAt, openSnapshot, readColumns } from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { quantileSorted } from '../../math/index.ts';
import { coordinatesOf, type Coordinate } from './coordinates.ts';
import { growIsolationForest, isolationScores, type IsolationForest } from './isolation-forest.ts';

export interface AnomaliesInput {
  readonly manifest: string;
  readonly exclude: readonly string[];
  readonly trees: number;
  readonly sample: number;
  readonly seed: number;
  readonly limit: number;
}

export interface AnomaliesResult {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly leftOut: readonly { readonly column: string; readonly why: string }[];
  readonly median: number;
  readonly highest1: number;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
  readonly anomalies: readonly AnomalousRow[];
}

const reasons = 3;
const binCount = 20;

/** The rows of a snapshot that are least like the others, by an isolation forest over all its columns. */
export async function findAnomalies(
  { manifest, exclude, trees, sample, seed, limit }: AnomaliesInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<AnomaliesResult> {
  const snapshot = await openSnapshot(reader, manifest);
  const names = snapshot.schema.map(({ name }) => name);
  for (const name of exclude) {
    if (!names.includes(name))
      throw fail('column-not-found', { column: name, known: names, where: 'exclude' });
  }
  const wanted = names.filter((name) => !exclude.includes(name));
  const coordinates: Coordinate[] = [];
  const leftOut: { column: string; why: string }[] = [];
  for (const [i, name] of wanted.entries()) {
    progress((0.2 * i) / wanted.length, `reading ${name}`);
    const [column] = await readColumns(reader, snapshot, [name], { signal });
    const found = coordinatesOf(column!);
    if (typeof found === 'string') leftOut.push({ column: name, why: found });
    else coordinates.push(...found);
  }
  if (coordinates.length === 0 || snapshot.rows < 2)
    throw fail('anomalies-nothing', { rows: snapshot.rows, columns: names.length });
  const columns = coordinates.map(({ values }) => values);
  const turn = async (done: number, words: string): Promise<void> => {
    await setImmediate();
    signal.throwIfAborted();
    progress(done, words);
  };
  const forest = await growIsolationForest(columns, { trees, sample, seed }, (tree) =>
    turn(0.2 + (0.2 * tree) / trees, `tree ${tree} of ${trees}`),
  );
  const scores = await isolationScores(forest, columns, (tree) =>
    turn(0.4 + (0.5 * tree) / trees, 'scoring the rows'),
  );
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, limit);
  const drops = await dropsOf(forest, coordinates, scores, order);
  const told = new Map<string, CellValue[]>();
  for (const name of new Set(drops.flatMap((of) => of.map(({ column }) => column))))
    told.set(name, await cellsAt(reader, snapshot, name, Uint32Array.from(order)));
  const sorted = scores.toSorted();
  return {
    rows: snapshot.rows,
    columns: [...new Set(coordinates.map(({ column }) => column))],
    leftOut,
    median: quantileSorted(sorted, 0.5),
    highest1: quantileSorted(sorted, 0.99),
    bins: binsOf(sorted),
    anomalies: order.map((row, i) => ({
      row: row + 1,
      score: scores[row]!,
      because: drops[i]!.map(({ column, drop }) => {
        const value = told.get(column)![i]!;
        return { column, value: value === null ? null : String(value), drop };
      }),
    })),
  };
}

/** By how much the score of each row falls when a column alone were as usual; the columns that matter most. */
async function dropsOf(
  forest: IsolationForest,
  coordinates: readonly Coordinate[],
  scores: Float64Array,
  rows: readonly number[],
): Promise<{ column: string; drop: number }[][]> {
  const own = coordinates.map(({ values }) => Float64Array.from(rows, (row) => values[row]!));
  const names = [...new Set(coordinates.map(({ column }) => column))];
  const found = rows.map((): { column: string; drop: number }[] => []);
  for (const name of names) {
    const changed = own.map((values, c) =>
      coordinates[c]!.column === name ? values.map(() => coordinates[c]!.usual) : values,
    );
    const without = await isolationScores(forest, changed);
    rows.forEach((row, i) => found[i]!.push({ column: name, drop: scores[row]! - without[i]! }));
  }
  return found.map((all) =>
    all
      .filter(({ drop }) => drop > 0)
      .sort((a, b) => b.drop - a.drop)
      .slice(0, reasons),
  );
}

function binsOf(sorted: Float64Array): { from: number; to: number; rows: number }[] {
  const low = sorted[0] ?? 0;
  const width = ((sorted.at(-1) ?? 0) - low) / binCount;
  if (width === 0) return [{ from: low, to: low, rows: sorted.length }];
  const bins = Array.from({ length: binCount }, (_, b) => ({
    from: low + b * width,
    to: low + (b + 1) * width,
    rows: 0,
  }));
  for (const score of sorted) bins[Math.min(binCount - 1, Math.floor((score - low) / width))]!.rows++;
  return bins;
}
