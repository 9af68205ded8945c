import { fail } from '../../../preload/contract/errors.ts';
import { openSnapshot, readColumns, type ColumnValues } from '../../datasets/index.ts';
import { scored, type Scored } from '../../evaluation/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ModelArtifact } from '../../models/index.ts';
import {
  applyPipeline,
  columnValues,
  gatherTarget,
  readSplit,
  readRecipeTable,
  recipeTarget,
  rowColumns,
  splitRows,
  type RecipeData,
  type ResolvedRecipe,
  type Target,
} from '../../recipes/index.ts';
import { loadModel, type ModelObjects } from '../load-model.ts';
import { predictDesign } from '../predict-table.ts';

/** What of a run its predictions can be made again from. */
export interface JudgedRun extends ModelObjects, RecipeData {
  readonly run: string;
  readonly split: string;
  readonly recipe: ResolvedRecipe;
}

/** A run's test rows, the truth, and what its model says of them. */
export interface TestOutcome {
  /** Rows of the snapshot, from 0, ascending. */
  readonly rows: Int32Array;
  readonly target: Target;
  readonly predictions: Float64Array;
  readonly scored: Scored;
  readonly artifact: ModelArtifact;
}

/** Predicts a run's test rows again from its stored model; `only` keeps those that are in it. */
export async function testOutcome(
  { run, split, recipe, pipeline: steps, model, ...data }: JudgedRun,
  { reader, signal }: Pick<TaskContext, 'reader' | 'signal'>,
  only?: ReadonlySet<number>,
): Promise<TestOutcome> {
  const { pipeline, artifact } = await loadModel(reader, { pipeline: steps, model });
  const names = [...new Set([...pipeline.inputs.map(({ name }) => name), ...rowColumns(recipe)])];
  const { table } = await readRecipeTable(reader, data, recipe, { names, signal });
  const all = splitRows(readSplit(await reader.get(split)), 'test');
  if (all.length === 0) throw fail('run-no-test-rows', { run, what: 'analyses' });
  const rows = only ? all.filter((row) => only.has(row)) : all;
  const columns = table.map(({ column }) => column);
  const predictions = predictDesign(artifact, applyPipeline(pipeline, columns, rows));
  signal.throwIfAborted();
  const target = gatherTarget(recipeTarget(recipe, table).target, rows);
  return { rows, target, predictions, scored: scored(target, predictions), artifact };
}

/** Columns of a run's table, with the given rows only: those of the snapshot, then those that the recipe's joins and lags make. */
export async function* featureValues(
  { recipe, ...data }: RecipeData & Pick<JudgedRun, 'recipe'>,
  names: readonly string[],
  rows: Int32Array,
  { reader, signal }: Pick<TaskContext, 'reader' | 'signal'>,
): AsyncGenerator<ColumnValues, void> {
  const snapshot = await openSnapshot(reader, data.manifest);
  const stored = new Set(snapshot.columns.map(({ name }) => name));
  for (const name of names.filter((one) => stored.has(one))) {
    const [column] = await readColumns(reader, snapshot, [name], { signal });
    if (column) yield pick(column, rows);
  }
  const made = names.filter((one) => !stored.has(one));
  if (made.length === 0) return;
  const { table } = await readRecipeTable(reader, data, recipe, { names: made, signal });
  for (const one of table) if (made.includes(one.column.name)) yield pick(columnValues(one), rows);
}

function pick(column: ColumnValues, rows: Int32Array): ColumnValues {
  if (column.kind === 'text') return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
  const { present } = column;
  return {
    ...column,
    values: Float64Array.from(rows, (row) => column.values[row]!),
    present: present && Uint8Array.from(rows, (row) => present[row]!),
  };
}
