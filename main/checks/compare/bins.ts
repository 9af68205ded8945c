import type { ColumnValues, NumberValues, TextValues } from '../../datasets/index.ts';
import { quantileSorted } from '../../math/index.ts';
import { presentValues } from './columns.ts';

/** A column of both tables cut into few named bins, made from the reference: what segments and the classifier work on. */
export interface BinnedColumn {
  readonly name: string;
  /** In words: `beds >= 6`, `zip = z95603`, `zip = any of 12 rare values`, `zip is missing`. */
  readonly labels: readonly string[];
  readonly reference: Uint8Array;
  readonly other: Uint8Array;
}

const parts = 8;
const levels = 60;

export function binColumn(name: string, reference: ColumnValues, other: ColumnValues): BinnedColumn {
  return reference.kind === 'text'
    ? binText(name, reference, other as TextValues)
    : reference.type === 'bool'
      ? binBool(name, reference, other as NumberValues)
      : binNumbers(name, reference, other as NumberValues);
}

/** Bins: missing, below all of the reference, its parts, above all of it. */
function binNumbers(name: string, reference: NumberValues, other: NumberValues): BinnedColumn {
  const sorted = presentValues(reference);
  const show = formatOf(reference);
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const edges = [
    ...new Set(Array.from({ length: parts - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / parts))),
  ].filter((edge) => edge > least && edge <= most);
  const inner = [least, ...edges].map((from, i, all) => {
    const to = all[i + 1];
    if (to === undefined) return `${name} >= ${show(from)}`;
    return i === 0 ? `${name} < ${show(to)}` : `${show(from)} <= ${name} < ${show(to)}`;
  });
  const labels = [
    `${name} is missing`,
    `${name} < ${show(least)}, the smallest in the reference`,
    ...inner,
    `${name} > ${show(most)}, the largest in the reference`,
  ];
  const code = ({ values }: NumberValues): Uint8Array =>
    Uint8Array.from(values, (value) => {
      if (Number.isNaN(value)) return 0;
      if (value < least || sorted.length === 0) return 1;
      if (value > most) return labels.length - 1;
      let bin = 2;
      for (const edge of edges) if (value >= edge) bin++;
      return bin;
    });
  return { name, labels, reference: code(reference), other: code(other) };
}

function formatOf({ type }: NumberValues): (value: number) => string {
  if (type === 'date') return (days) => new Date(days * 86_400_000).toISOString().slice(0, 10);
  if (type === 'timestamp' || type === 'timestamptz')
    return (micros) => new Date(micros / 1000).toISOString().slice(0, 19);
  return (value) => String(Number(value.toPrecision(6)));
}

function binBool(name: string, reference: NumberValues, other: NumberValues): BinnedColumn {
  const labels = [`${name} is missing`, `${name} = false`, `${name} = true`];
  return { name, labels, reference: boolCodes(reference), other: boolCodes(other) };
}

function boolCodes({ values }: NumberValues): Uint8Array {
  return Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : value === 1 ? 2 : 1));
}

/** Bins: missing, each frequent level of the reference, its rare ones together, each frequent level that it lacks, the rest. */
function binText(name: string, reference: TextValues, other: TextValues): BinnedColumn {
  const known = frequent(reference, () => true);
  const held = new Set(reference.levels);
  const unseen = frequent(other, (level) => !held.has(level));
  const labels = [
    `${name} is missing`,
    ...known.map((level) => `${name} = ${level}`),
    `${name} = a value that is rare in the reference`,
    ...unseen.map((level) => `${name} = ${level}`),
    `${name} = a value that the reference lacks`,
  ];
  const places = new Map([
    ...known.map((level, i) => [level, i + 1] as const),
    ...unseen.map((level, i) => [level, known.length + 2 + i] as const),
  ]);
  const code = (column: TextValues): Uint8Array => {
    const bins = column.levels.map(
      (level) => places.get(level) ?? (held.has(level) ? known.length + 1 : labels.length - 1),
    );
    return Uint8Array.from(column.codes, (level) => (level < 0 ? 0 : bins[level]!));
  };
  return { name, labels, reference: code(reference), other: code(other) };
}

/** The most frequent levels, in the order of the column's own. */
function frequent({ levels: all, codes }: TextValues, wanted: (level: string) => boolean): string[] {
  const counts = new Float64Array(all.length);
  for (const code of codes) if (code >= 0) counts[code]! += 1;
  const order = all.map((_, code) => code).filter((code) => counts[code]! > 0 && wanted(all[code]!));
  const kept = order.toSorted((a, b) => counts[b]! - counts[a]!).slice(0, levels);
  return kept.toSorted((a, b) => a - b).map((code) => all[code]!);
}
