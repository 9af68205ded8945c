import type { ObjectReader } from '../../platform/objects/index.ts';
import { decodeBlock } from '../arrow/stream.ts';
import { joinBlocks, type BlockPart } from '../reading/join-blocks.ts';
import { getShelved } from '../reading/shelf.ts';
import type { Run } from './align-rows.ts';
import { blockRows, type Block } from './block.ts';
import type { BlockEntry, ManifestColumn } from './manifest.ts';
import { decodePatch, type Copy, type Patch } from './patch.ts';
import { sameCells, type SameCells } from './same-cells.ts';

/** A patch with the digests of its bases. */
export interface MadePatch {
  readonly patch: Patch;
  readonly bases: readonly string[];
}

/** Rows of a whole block object. */
interface Piece {
  at: number;
  readonly object: string;
  readonly from: number;
  count: number;
}

/** A copy of fewer rows costs more than their values. */
const shortest = 4;

/** With more of its copied cells edited than this, a column does not follow its base. */
const mostEdited = 0.25;
/** Cells looked at before that is judged. */
const trial = 2048;

/** The block as changes of the whole blocks that the column's base is made of, following the runs; `astray` when that leads nowhere. */
export async function makePatch(
  reader: ObjectReader,
  column: ManifestColumn,
  block: Block,
  runs: readonly Run[],
): Promise<MadePatch | 'astray'> {
  const pieces = (await piecesOf(reader, column, runs)).filter(({ count }) => count >= shortest);
  const bases = [...new Set(pieces.map(({ object }) => object))];
  const same = new Map<string, SameCells>();
  for (const object of bases) {
    const base = decodeBlock(await getShelved(reader, object), block.type);
    same.set(object, sameCells(block, base));
  }
  const edits: number[] = [];
  const copies: Copy[] = [];
  const picked: BlockPart[] = [];
  const pick = (from: number, to: number): void => {
    if (to > from) picked.push({ block, from, to });
  };
  let at = 0;
  let copied = 0;
  for (const { at: start, object, from, count } of pieces) {
    const isSame = same.get(object)!;
    pick(at, start);
    for (let row = start; row < start + count; row++) {
      if (isSame(row, from + row - start)) continue;
      edits.push(row);
      pick(row, row + 1);
      const looked = copied + row - start;
      if (looked > trial && edits.length > mostEdited * looked) return 'astray';
    }
    copies.push({ at: start, base: bases.indexOf(object), from, count });
    copied += count;
    at = start + count;
  }
  if (edits.length > mostEdited * copied) return 'astray';
  pick(at, block.rows);
  return { patch: { copies, edits: Uint16Array.from(edits), values: joinBlocks(block.type, picked) }, bases };
}

/** Where the rows of the runs lie in whole blocks; what the base itself holds as a patch's value is left out. */
async function piecesOf(
  reader: ObjectReader,
  column: ManifestColumn,
  runs: readonly Run[],
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  const sources = new Map<number, readonly Piece[]>();
  for (const run of runs) {
    for (let done = 0; done < run.count;) {
      const row = run.from + done;
      const index = Math.floor(row / blockRows);
      const entry = column.blocks[index];
      if (!entry) break;
      const within = row % blockRows;
      const count = Math.min(run.count - done, entry.rows - within);
      const known = sources.get(index) ?? (await sourcesOf(reader, column, entry));
      sources.set(index, known);
      for (const source of known) {
        const from = Math.max(within, source.at);
        const to = Math.min(within + count, source.at + source.count);
        if (to <= from) continue;
        append(pieces, {
          at: run.at + done + from - within,
          object: source.object,
          from: source.from + from - source.at,
          count: to - from,
        });
      }
      done += count;
    }
  }
  return pieces;
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  const follows =
    last?.object === piece.object &&
    last.at + last.count === piece.at &&
    last.from + last.count === piece.from;
  if (follows) last.count += piece.count;
  else pieces.push(piece);
}

async function sourcesOf(
  reader: ObjectReader,
  { type }: ManifestColumn,
  { object, patch, rows }: BlockEntry,
): Promise<readonly Piece[]> {
  if (!patch) return [{ at: 0, object, from: 0, count: rows }];
  const { copies } = decodePatch(await getShelved(reader, object), patch.part, type);
  return copies.map(({ at, base, from, count }) => ({ at, object: patch.bases[base] ?? '', from, count }));
}
