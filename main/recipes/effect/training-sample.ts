import type { ObjectReader } from '../../platform/objects/index.ts';
import { openSnapshot } from '../../datasets/index.ts';
import { compactLevels, type TypedColumn } from '../column-facts.ts';
import { gatherRows } from '../columns.ts';
import { divideRows, rowColumns, type RowPlan } from '../divide-rows.ts';
import { lagSources, makeLags, readWithLags, type LagPlan } from '../lags/index.ts';
import { readTable } from '../read-table.ts';
import { readInherited } from '../split/inherit/read-inherited.ts';
import { splitRows } from '../split/split.ts';

export interface SampleInput {
  /** Digest of the snapshot's manifest. */
  readonly manifest: string;
  readonly plan: RowPlan;
  readonly lags?: LagPlan;
}

/** Some of the rows a recipe would train on: small, whatever the size of the table. */
export interface TrainingSample {
  /** Their places in the snapshot, from 0, ascending. */
  readonly rows: Int32Array;
  /** How many training rows there are in all. */
  readonly training: number;
  readonly table: readonly TypedColumn[];
}

const mostRows = 2000;
const mostCells = 2_000_000;

/** Divides the rows as a run would and takes training rows evenly from the first to the last. One column is in memory at a time. */
export async function takeTrainingSample(
  reader: ObjectReader,
  { manifest, plan, lags }: SampleInput,
  signal: AbortSignal,
): Promise<TrainingSample> {
  const names = (await openSnapshot(reader, manifest)).columns.map(({ name }) => name);
  const dividing = await readWithLags(reader, manifest, lags, { names: rowColumns(plan), signal });
  const inherited = await readInherited(reader, manifest, plan.split, { signal });
  const training = splitRows(divideRows(plan, dividing, inherited).split, 'train');
  const count = Math.min(training.length, mostRows, Math.max(2, Math.floor(mostCells / names.length)));
  const rows = Int32Array.from(
    { length: count },
    (_, i) => training[Math.floor((i * training.length) / count)] ?? 0,
  );
  const table: TypedColumn[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    for (const { type, column: whole } of await readTable(reader, manifest, { names: [name], signal }))
      table.push({ type, column: compactLevels(gatherRows(whole, rows)) });
  }
  if (lags) {
    const sources = await readTable(reader, manifest, { names: lagSources(lags), signal });
    for (const { type, column } of makeLags(lags, sources))
      table.push({ type, column: gatherRows(column, rows) });
  }
  return { rows, training: training.length, table };
}
