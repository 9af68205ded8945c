import { createHash } from 'node:crypto';
import {
  applyPipeline,
  canonicalJson,
  fitPipeline,
  gatherTarget,
  recipeInputs,
  type Design,
  type FamilyTakes,
  type FittedPipeline,
  type ResolvedRecipe,
  type Target,
  type TypedColumn,
} from '../recipes/index.ts';
import type { SplitRows } from './fit-one.ts';

/** What the steps learned, and what they make of all rows. */
export interface Prepared {
  readonly pipeline: FittedPipeline;
  readonly designs: Readonly<Record<keyof SplitRows, Design>>;
}

interface Kept {
  readonly prepared: Prepared;
  readonly bytes: number;
}

interface PreparedCache {
  readonly most: number;
  readonly known: Map<string, Kept>;
}

const caches = new WeakMap<readonly TypedColumn[], PreparedCache>();

/**
 * From now on what the steps make of the rows of this very table is kept, those used last, up to so many bytes: runs that differ in their family's
 * parameters alone learn the same steps. It is forgotten with the table.
 */
export function keepPrepared(table: readonly TypedColumn[], mostBytes: number): void {
  caches.set(table, { most: mostBytes, known: new Map() });
}

/** Learns the steps from the training rows and applies them to all, unless that was done before. */
export function prepareRows(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  takes: Pick<FamilyTakes, 'missing'>,
): Prepared {
  const cache = caches.get(table);
  if (!cache) return prepare(recipe, table, target, rows, takes);
  const key = keyOf(recipe, target, rows, takes);
  const found = cache.known.get(key) ?? sized(prepare(recipe, table, target, rows, takes));
  cache.known.delete(key);
  cache.known.set(key, found);
  let bytes = [...cache.known.values()].reduce((sum, one) => sum + one.bytes, 0);
  for (const [oldest, one] of cache.known) {
    if (bytes <= cache.most) break;
    cache.known.delete(oldest);
    bytes -= one.bytes;
  }
  return found.prepared;
}

function prepare(
  recipe: ResolvedRecipe,
  table: readonly TypedColumn[],
  target: Target,
  rows: SplitRows,
  takes: Pick<FamilyTakes, 'missing'>,
): Prepared {
  const columns = table.map(({ column }) => column);
  const { pipeline, design } = fitPipeline(recipeInputs(recipe, table), columns, recipe.steps, {
    rows: rows.train,
    gaps: takes.missing,
    target: gatherTarget(target, rows.train),
    seed: recipe.seed,
  });
  const of = (part: Int32Array): Design => applyPipeline(pipeline, columns, part);
  return { pipeline, designs: { train: design, validation: of(rows.validation), test: of(rows.test) } };
}

/** Of everything that decides what is learned, for one table. */
function keyOf(
  { features, steps, seed, target: name }: ResolvedRecipe,
  target: Target,
  rows: SplitRows,
  { missing }: Pick<FamilyTakes, 'missing'>,
): string {
  const classes = target.task === 'classification' ? target.classes : null;
  const hash = createHash('sha256').update(canonicalJson({ features, steps, seed, name, classes, missing }));
  for (const part of [rows.train, rows.validation, rows.test]) {
    hash.update(`\n${part.length}\n`).update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}

function sized(prepared: Prepared): Kept {
  const { train, validation, test } = prepared.designs;
  const bytes = [train, validation, test]
    .flatMap(({ blocks }) => blocks)
    .reduce(
      (sum, block) =>
        sum +
        (block.kind === 'dense'
          ? block.columns.reduce((all, column) => all + column.byteLength, 0)
          : block.codes.byteLength),
      0,
    );
  return { prepared, bytes };
}
