import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { openSnapshot } from '../reading/open-snapshot.ts';
import { matchByKey } from './by-key.ts';
import { matchByPosition, type MatchInput } from './by-position.ts';
import { changedCells } from './compare-cells.ts';
import { compareColumns, sameType, type ColumnPair } from './compare-columns.ts';
import { maskBytes, type Diff } from './diff-object.ts';

export interface DiffInput {
  /** Manifests. */
  readonly before: string;
  readonly after: string;
  /** Columns that tell a row; none: its position. */
  readonly key: readonly string[];
}

export interface DiffContext {
  readonly reader: ObjectReader;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, message: string) => void;
}

/**
 * Compares two versions. Holds a few numbers for each row, and a few blocks of one column at a time. Throws `column-not-found`,
 * `diff-key-retyped`, `diff-key-duplicate`.
 */
export async function makeDiff(
  { before: earlier, after: later, key }: DiffInput,
  { reader, signal, progress }: DiffContext,
): Promise<Diff> {
  const before = await openSnapshot(reader, earlier);
  const after = await openSnapshot(reader, later);
  const { added, removed, retyped, pairs } = compareColumns(before, after);
  const input: MatchInput = {
    reader,
    pairs: pairs.filter(sameType),
    before: before.rows,
    after: after.rows,
    signal,
  };
  progress(0, 'finding rows again');
  const match =
    key.length > 0 ? await matchByKey(input, keyColumns(key, pairs)) : await matchByPosition(input);
  const columns: Int32Array[] = [];
  for (const [index, pair] of pairs.entries()) {
    progress(0.5 + (0.5 * index) / pairs.length, `column "${pair.name}"`);
    columns.push(await changedCells(reader, pair, match, signal));
  }
  return {
    columns: { added, removed, retyped, common: pairs.map(({ name }) => name) },
    ...summed(columns, match, before.rows),
  };
}

function keyColumns(key: readonly string[], pairs: readonly ColumnPair[]): ColumnPair[] {
  return key.map((name) => {
    const pair = pairs.find((candidate) => candidate.name === name);
    if (!pair) {
      const known = pairs.map((candidate) => candidate.name);
      throw fail('column-not-found', { column: name, known, where: 'both versions' });
    }
    if (!sameType(pair))
      throw fail('diff-key-retyped', { column: name, before: pair.before.type, after: pair.after.type });
    return pair;
  });
}

type Sums = Omit<Diff, 'columns'>;

/** Brings what was found column by column together, row by row. */
function summed(columns: readonly Int32Array[], match: Int32Array, earlierRows: number): Sums {
  const partnered = new Uint8Array(earlierRows);
  const place = new Int32Array(match.length).fill(-1);
  for (const rows of columns) for (const row of rows) place[row] = 0;
  let addedCount = 0;
  let changedCount = 0;
  for (let row = 0; row < match.length; row++) {
    const partner = match[row]!;
    if (partner < 0) addedCount++;
    else partnered[partner] = 1;
    if (place[row] === 0) place[row] = changedCount++;
  }
  const added = new Int32Array(addedCount);
  const changed = new Int32Array(changedCount);
  const partners = new Int32Array(changedCount);
  let next = 0;
  for (let row = 0; row < match.length; row++) {
    const partner = match[row]!;
    if (partner < 0) added[next++] = row;
    else if (place[row]! >= 0) {
      changed[place[row]!] = row;
      partners[place[row]!] = partner;
    }
  }
  const width = maskBytes(columns.length);
  const masks = new Uint8Array(changedCount * width);
  for (const [column, rows] of columns.entries()) {
    for (const row of rows) {
      const at = place[row]! * width + (column >> 3);
      masks[at] = masks[at]! | (1 << (column & 7));
    }
  }
  const removed = new Int32Array(partnered.length - (match.length - addedCount));
  next = 0;
  for (let row = 0; row < earlierRows; row++) if (partnered[row] === 0) removed[next++] = row;
  return {
    rows: { added: addedCount, removed: removed.length, changed: changedCount },
    cells: columns.map(({ length }) => length),
    added,
    removed,
    changed,
    partners,
    masks,
  };
}
