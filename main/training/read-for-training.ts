import { isTextType, type ColumnType } from '../../preload/contract/column-types.ts';
import { fail } from '../../preload/contract/errors.ts';
import { openSnapshot } from '../datasets/index.ts';
import { availableMemory } from '../platform/machine.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { readRecipeTable, type RecipeData, type RecipeTable, type ResolvedRecipe } from '../recipes/index.ts';

/** Target, part, weight and prediction of a row. */
const bytesPerRow = 32;

/** Bytes of a value: as it is read, and once more as the steps make it. Numbers are doubles, texts are codes. */
function bytesOf(type: ColumnType): number {
  return isTextType(type) ? 8 : 16;
}

export interface TrainingRead {
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  /** Bytes that may be taken; what the system says where left out. */
  readonly available?: number;
}

/**
 * The columns a run needs, those that joins and lags make among them. A table that can't be trained on in the memory that is free is refused
 * with an estimate (`family-memory`) before any of it is read; what a family needs beside that is its own to refuse.
 */
export async function readForTraining(
  reader: ObjectReader,
  data: RecipeData,
  recipe: Pick<ResolvedRecipe, 'family' | 'join' | 'lags'>,
  { names, signal, available = availableMemory() }: TrainingRead,
): Promise<RecipeTable> {
  const { rows, columns } = await openSnapshot(reader, data.manifest);
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const each = names.reduce((total, name) => total + bytesOf(types.get(name) ?? 'float64'), bytesPerRow);
  const needed = rows * each + (await joinedBytes(reader, data, recipe));
  if (needed > available) {
    throw fail('family-memory', {
      family: recipe.family,
      rows,
      features: names.length,
      needed: Math.ceil(needed / 1e6),
      available: Math.floor(available / 1e6),
    });
  }
  return readRecipeTable(reader, data, recipe, { names, signal });
}

/** What the joined columns of other snapshots take while they are looked up. */
async function joinedBytes(
  reader: ObjectReader,
  { joined = {} }: RecipeData,
  { join = [] }: Pick<ResolvedRecipe, 'join'>,
): Promise<number> {
  let bytes = 0;
  for (const { snapshot, on, columns: taken } of join) {
    const manifest = joined[snapshot];
    if (manifest === undefined) continue;
    const { rows, columns } = await openSnapshot(reader, manifest);
    const read = new Set([...Object.values(on), ...taken]);
    for (const { name, type } of columns) if (read.has(name)) bytes += rows * bytesOf(type);
  }
  return bytes;
}
