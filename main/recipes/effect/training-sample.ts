import type { ObjectReader } from '../../platform/objects/index.ts';
import { openSnapshot } from '../../datasets/index.ts';
import { compactLevels, type TypedColumn } from '../column-facts.ts';
import { gatherRows } from '../columns.ts';
import { divideRows, rowColumns, type RowPlan } from '../divide-rows.ts';
import { joinedNames, readRecipeTable, type ColumnPlan, type RecipeData } from '../join/index.ts';
import { lagColumns } from '../lags/index.ts';
import { readTable } from '../read-table.ts';
import { readInherited } from '../split/inherit/read-inherited.ts';
import { splitRows } from '../split/split.ts';

export interface SampleInput extends RecipeData {
  readonly plan: RowPlan;
  readonly columns: ColumnPlan;
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
  { plan, columns, ...data }: SampleInput,
  signal: AbortSignal,
): Promise<TrainingSample> {
  const { manifest } = data;
  const names = (await openSnapshot(reader, manifest)).columns.map(({ name }) => name);
  const dividing = await readRecipeTable(reader, data, columns, { names: rowColumns(plan), signal });
  const inherited = await readInherited(reader, manifest, plan.split, { signal });
  const training = splitRows(divideRows(plan, dividing.table, inherited).split, 'train');
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
  const { join, lags } = columns;
  const more = [...joinedNames(join), ...(lags ? lagColumns(lags).map(({ name }) => name) : [])];
  if (more.length > 0) {
    const made = await readRecipeTable(reader, data, columns, { names: more, signal });
    for (const { type, column } of made.table)
      if (more.includes(column.name)) table.push({ type, column: compactLevels(gatherRows(column, rows)) });
  }
  return { rows, training: training.length, table };
}
