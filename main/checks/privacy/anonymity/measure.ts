import type { Anonymity } from '../../../../preload/contract/privacy.ts';
import { openSnapshot, readColumns, type ColumnValues } from '../../../datasets/index.ts';
import type { TaskContext } from '../../../jobs/index.ts';
import { equalDistance, orderedDistance } from './closeness.ts';
import { codesOf, groupRows, type Groups } from './groups.ts';

export interface AnonymityInput {
  readonly manifest: string;
  readonly quasi: readonly string[];
  readonly sensitive: string | undefined;
  readonly k: number;
}

/** k-anonymity of a table, and l-diversity and t-closeness of a sensitive column. Throws `column-not-found`, `cancelled`. */
export async function measureAnonymity(
  { manifest: digest, quasi, sensitive, k }: AnonymityInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<Anonymity> {
  const manifest = await openSnapshot(reader, digest);
  const columns = await readColumns(reader, manifest, quasi, { signal });
  progress(0.4, 'grouping the rows');
  const groups = groupRows(columns, manifest.rows);
  const members = membersOf(groups);
  const { sizes } = groups;
  const below = sizes.filter((size) => size < k);
  const atRisk = below.reduce((sum, size) => sum + size, 0);
  progress(0.6, 'measuring');
  const order = sizes
    .map((_, group) => group)
    .toSorted((a, b) => sizes[a]! - sizes[b]! || members[a]![0]! - members[b]![0]!);
  const column =
    sensitive === undefined ? undefined : (await readColumns(reader, manifest, [sensitive], { signal }))[0];
  return {
    rows: manifest.rows,
    groups: sizes.length,
    smallest: sizes.reduce((least, size) => Math.min(least, size), manifest.rows),
    unique: sizes.filter((size) => size === 1).length,
    below: {
      k,
      groups: below.length,
      rows: atRisk,
      share: manifest.rows === 0 ? 0 : atRisk / manifest.rows,
    },
    // A row's chance to be picked from its group, on average over the rows.
    meanRisk: manifest.rows === 0 ? 0 : sizes.length / manifest.rows,
    diversity: column ? { sensitive: column.name, ...diversityOf(column, members) } : null,
    risky: order
      .slice(0, 20)
      .map((group) => ({ size: sizes[group]!, rows: members[group]!.slice(0, 5).map((row) => row + 1) })),
  };
}

/** Rows of each group, in their order. */
function membersOf({ of, sizes }: Groups): number[][] {
  const members: number[][] = sizes.map(() => []);
  of.forEach((group, row) => members[group]!.push(row));
  return members;
}

/**
 * Distinct and entropy l-diversity (Machanavajjhala et al. 2007: the least number of different values, and e to the least entropy), and
 * the largest distance t of a group from the table.
 */
function diversityOf(column: ColumnValues, members: readonly (readonly number[])[]) {
  const { ranks, levels } = ranksOf(column);
  const ordered = column.kind === 'number' && column.type !== 'bool';
  const closeness = ordered ? orderedDistance(ranks, levels) : equalDistance(ranks, levels);
  let distinct = Infinity;
  let entropy = Infinity;
  let t = 0;
  let alike = 0;
  for (const rows of members) {
    const own = rows.map((row) => ranks[row]!);
    const counts = new Map<number, number>();
    for (const rank of own) counts.set(rank, (counts.get(rank) ?? 0) + 1);
    distinct = Math.min(distinct, counts.size);
    if (counts.size === 1) alike += rows.length;
    let information = 0;
    for (const count of counts.values()) information -= (count / own.length) * Math.log(count / own.length);
    entropy = Math.min(entropy, Math.exp(information));
    t = Math.max(t, closeness.distance(own));
  }
  const none = members.length === 0;
  return {
    distance: ordered ? ('ordered' as const) : ('equal' as const),
    distinct: none ? 0 : distinct,
    entropy: none ? 0 : entropy,
    closeness: t,
    alike,
  };
}

/** Places among the different values, in rising order; -1 where missing. */
function ranksOf(column: ColumnValues): { ranks: Int32Array; levels: number } {
  if (column.kind === 'text') return { ranks: column.codes, levels: column.levels.length };
  const { values } = column;
  const { codes, levels } = codesOf(column);
  const value = new Float64Array(levels);
  const ranks = Int32Array.from(values, (_, row) => codes(row));
  ranks.forEach((code, row) => code >= 0 && (value[code] = values[row]!));
  const order = Array.from(value, (_, code) => code).toSorted((a, b) => value[a]! - value[b]!);
  const place = new Int32Array(levels);
  order.forEach((code, at) => (place[code] = at));
  return { ranks: ranks.map((code) => (code < 0 ? -1 : place[code]!)), levels };
}
