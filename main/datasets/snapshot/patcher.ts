import type { Field } from '../../../preload/contract/datasets.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { createRowAligner, type Run } from './align-rows.ts';
import type { Block } from './block.ts';
import { makePatch, type MadePatch } from './make-patch.ts';
import type { BlockEntry, ManifestColumn, SnapshotManifest } from './manifest.ts';
import { patchSize } from './patch.ts';

/** The version before, whose blocks a new one may share. */
export interface BaseSnapshot {
  readonly manifest: SnapshotManifest;
  readonly reader: ObjectReader;
}

/** How one block is kept: as an entry of the base, as a patch of its blocks, or whole (undefined). */
export type BlockPlan = { readonly entry: BlockEntry } | { readonly patch: MadePatch } | undefined;

export interface Patcher {
  /** For each column's block of a group of rows (row `start` of the table is its first), given the blocks' hashes. */
  plan(start: number, blocks: readonly Block[], hashes: readonly string[]): Promise<BlockPlan[]>;
}

/** A block of fewer bytes is kept whole. */
const smallest = 2048;

export function createPatcher(fields: readonly Field[], { manifest, reader }: BaseSnapshot): Patcher {
  const columns = fields.map(({ name, type }) =>
    manifest.columns.find((column) => column.name === name && column.type === type),
  );
  const places = columns.map(
    (column) => new Map(column?.blocks.map(({ hash }, index) => [hash, index] as const)),
  );
  const aligner = createRowAligner(reader, manifest, columns);
  let shift = 0;

  const shared = async (column: ManifestColumn, place: number | undefined): Promise<BlockPlan> => {
    const entry = place === undefined ? undefined : column.blocks[place];
    if (place === undefined || !entry) return undefined;
    return orWhole(async () => {
      await readBlock(reader, column, place);
      return { entry };
    });
  };

  const patched = async (
    blocks: readonly Block[],
    open: readonly number[],
    runs: readonly Run[],
  ): Promise<Map<number, MadePatch | 'astray'>> => {
    const made = new Map<number, MadePatch | 'astray'>();
    for (const index of open) {
      const patch = await orWhole(() => makePatch(reader, columns[index]!, blocks[index]!, runs));
      if (patch) made.set(index, patch);
    }
    return made;
  };

  return {
    async plan(start, blocks, hashes) {
      const rows = blocks[0]?.rows ?? 0;
      const plans: BlockPlan[] = [];
      for (const [index, column] of columns.entries())
        plans.push(column && (await shared(column, places[index]?.get(hashes[index]!))));
      const open = [...columns.keys()].filter(
        (index) => columns[index] && !plans[index] && blockSize(blocks[index]!) >= smallest,
      );
      if (open.length === 0) return plans;
      const straight = runAt(start, rows, shift, manifest.rows);
      let made = await patched(blocks, open, straight);
      const astray = [...made.values()].filter((patch) => patch === 'astray').length;
      const known = plans.filter(Boolean).length + open.length;
      // Rows behind the base's end were appended, unless the rows were moved already.
      const past = shift !== 0 && (straight[0]?.count ?? 0) < rows;
      if (past || 2 * astray > known) {
        const present = blocks.map((block, index) => (columns[index] ? block : undefined));
        const runs = (await orWhole(() => aligner.align(start, present, shift))) ?? [];
        const last = runs.at(-1);
        if (last) {
          shift = last.from - last.at - start;
          made = better(made, await patched(blocks, open, runs));
        }
      }
      for (const [index, patch] of made) {
        if (patch !== 'astray' && 2 * patchSize(patch.patch) <= blockSize(blocks[index]!))
          plans[index] = { patch };
      }
      return plans;
    },
  };
}

/** A base that can't be read is no reason to fail: the block is then kept whole. */
async function orWhole<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The group's rows against the base's at one shift, as far as the base reaches. */
function runAt(start: number, rows: number, shift: number, baseRows: number): Run[] {
  const from = Math.max(0, start + shift);
  const at = from - start - shift;
  const count = Math.min(rows - at, baseRows - from);
  return count > 0 ? [{ at, from, count }] : [];
}

type Attempts = Map<number, MadePatch | 'astray'>;

function better(one: Attempts, other: Attempts): Attempts {
  const size = (attempts: Attempts, index: number): number => {
    const patch = attempts.get(index) ?? 'astray';
    return patch === 'astray' ? Infinity : patchSize(patch.patch);
  };
  return new Map(
    [...one].map(([index, patch]) => {
      const rival = other.get(index);
      return [index, rival && size(other, index) < size(one, index) ? rival : patch];
    }),
  );
}

function blockSize({ validity, values, text }: Block): number {
  return (validity?.length ?? 0) + values.length + text.length;
}
