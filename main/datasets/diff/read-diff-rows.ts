import { fail } from '../../../preload/contract/errors.ts';
import type { DiffKind, DiffRow } from '../../../preload/contract/datasets.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { createBlockCache, type BlockCache } from '../reading/block-cache.ts';
import { openCached } from '../reading/manifest-cache.ts';
import { blockRows } from '../snapshot/block.ts';
import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';
import { cellValue } from './cell-value.ts';
import type { OpenedDiff } from './diff-of.ts';
import { maskBytes, type Diff } from './diff-object.ts';

export interface DiffWindow {
  readonly kind: DiffKind | undefined;
  /** Changed rows with a change in this column only. */
  readonly column: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface Place {
  readonly kind: DiffKind;
  /** In the later and the earlier version, from 0; -1 where it isn't. */
  readonly row: number;
  readonly partner: number;
  /** Index among the changed rows. */
  readonly changed: number;
}

const cache = createBlockCache(32 * 2 ** 20);

/** Some of the rows that differ, with their cells: changed rows first, then added, then removed ones. Throws `column-not-found`. */
export async function readDiffRows(
  reader: ObjectReader,
  { before, after, key, diff }: OpenedDiff,
  { kind, column, offset, limit }: DiffWindow,
): Promise<{ total: number; rows: DiffRow[] }> {
  const { total, places } = placesOf(diff, kind, column, offset, limit);
  const earlier = await openCached(reader, before.manifest);
  const later = await openCached(reader, after.manifest);
  const cells = createCells(reader, cache);
  const rows: DiffRow[] = [];
  for (const place of places) {
    rows.push({
      kind: place.kind,
      row: place.row < 0 ? null : place.row + 1,
      from: place.partner < 0 ? null : place.partner + 1,
      key: key.length > 0 ? await keyOf(cells, key, place, earlier, later) : null,
      cells: await cellsOf(cells, diff, place, earlier, later),
    });
  }
  return { total, rows };
}

function placesOf(
  diff: Diff,
  kind: DiffKind | undefined,
  column: string | undefined,
  offset: number,
  limit: number,
): { total: number; places: Place[] } {
  const changed = column === undefined ? undefined : changedIn(diff, column);
  const counts: Record<DiffKind, number> = {
    changed: changed?.length ?? diff.changed.length,
    added: column === undefined ? diff.added.length : 0,
    removed: column === undefined ? diff.removed.length : 0,
  };
  const kinds: DiffKind[] = kind ? [kind] : ['changed', 'added', 'removed'];
  const places: Place[] = [];
  let skip = offset;
  for (const one of kinds) {
    for (let i = skip; i < counts[one] && places.length < limit; i++) places.push(place(one, i));
    skip = Math.max(0, skip - counts[one]);
  }
  return { total: kinds.reduce((sum, one) => sum + counts[one], 0), places };

  function place(one: DiffKind, index: number): Place {
    if (one === 'added') return { kind: one, row: diff.added[index]!, partner: -1, changed: -1 };
    if (one === 'removed') return { kind: one, row: -1, partner: diff.removed[index]!, changed: -1 };
    const at = changed ? changed[index]! : index;
    return { kind: one, row: diff.changed[at]!, partner: diff.partners[at]!, changed: at };
  }
}

function changedIn({ columns: { common }, changed, masks }: Diff, column: string): Int32Array {
  const bit = common.indexOf(column);
  if (bit < 0) throw fail('column-not-found', { column, known: common, where: 'both versions' });
  const width = maskBytes(common.length);
  return Int32Array.from(changed.keys()).filter(
    (index) => ((masks[index * width + (bit >> 3)]! >> (bit & 7)) & 1) === 1,
  );
}

type Cells = (manifest: SnapshotManifest, column: string, row: number) => Promise<DiffRow['cells'][0]['new']>;

function createCells(reader: ObjectReader, blocks: BlockCache): Cells {
  const columns = new Map<SnapshotManifest, Map<string, ManifestColumn>>();
  return async (manifest, name, row) => {
    const known = columns.get(manifest) ?? new Map(manifest.columns.map((column) => [column.name, column]));
    columns.set(manifest, known);
    const column = known.get(name);
    if (!column) return null;
    return cellValue(await blocks.get(reader, column, Math.floor(row / blockRows)), row % blockRows);
  };
}

async function keyOf(
  cells: Cells,
  key: readonly string[],
  { row, partner }: Place,
  earlier: SnapshotManifest,
  later: SnapshotManifest,
): Promise<NonNullable<DiffRow['key']>> {
  const values: NonNullable<DiffRow['key']> = {};
  for (const name of key)
    values[name] = (row < 0 ? await cells(earlier, name, partner) : await cells(later, name, row)) ?? null;
  return values;
}

async function cellsOf(
  cells: Cells,
  { columns: { common }, masks }: Diff,
  { kind, row, partner, changed }: Place,
  earlier: SnapshotManifest,
  later: SnapshotManifest,
): Promise<DiffRow['cells']> {
  const out: DiffRow['cells'] = [];
  if (kind === 'added')
    for (const { name } of later.columns) out.push({ column: name, new: await cells(later, name, row) });
  else if (kind === 'removed')
    for (const { name } of earlier.columns)
      out.push({ column: name, old: await cells(earlier, name, partner) });
  else
    for (const [index, name] of common.entries()) {
      const at = changed * maskBytes(common.length) + (index >> 3);
      if (((masks[at]! >> (index & 7)) & 1) === 0) continue;
      out.push({
        column: name,
        old: await cells(earlier, name, partner),
        new: await cells(later, name, row),
      });
    }
  return out;
}
