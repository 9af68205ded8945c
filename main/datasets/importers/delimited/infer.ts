import type { ColumnType } from '../../../../preload/contract/datasets.ts';
import { dateForms, type ColumnEvidence, type Kind } from './evidence.ts';

/** What a column is taken for, and why when that isn't plain. */
export interface Inferred {
  readonly type: ColumnType;
  /** strptime form of dates and times; null for ISO 8601 and for other types. */
  readonly format: string | null;
  readonly note: string | null;
}

/** Values that may fall out of a type's range of texts before the column is text: one in a hundred, of at least a hundred. */
const tolerated = 0.01;
const tolerateFrom = 100;

/**
 * The narrowest type that all values fit; one in a hundred may not (their rows will be rejected and reported, wherever they
 * stand), unless they show that the column holds codes. Nothing is taken for a type that would lose what was written.
 */
export function inferColumn(
  evidence: ColumnEvidence,
  nullTokens: ReadonlySet<string>,
  dateFormat: string | undefined,
): Inferred {
  const { kinds } = evidence;
  // Words that look like a missing value but aren't taken for one are values: texts.
  let words = 0;
  for (const [word, { plain, quoted }] of evidence.words) words += nullTokens.has(word) ? 0 : plain + quoted;
  const values = evidence.values + words;
  if (values === 0) {
    return {
      type: 'utf8',
      format: null,
      note: evidence.quotedEmpty > 0 ? null : 'no values at all, so taken for text',
    };
  }
  if (kinds.zeros > 0 && kinds.zeros + kinds.whole + kinds.decimal > values / 2) {
    return text(`digits with leading zeros such as ${quote(evidence, 'zeros')} are codes, so kept as text`);
  }
  if (kinds.huge > 0 && kinds.huge + kinds.whole > values / 2) {
    return text(`whole numbers such as ${quote(evidence, 'huge')} need more than 64 bits, so kept as text`);
  }
  const fits: readonly (readonly [ColumnType, number, readonly Kind[]])[] = [
    ['bool', kinds.truth, ['truth']],
    ['int64', kinds.whole, ['whole']],
    ['float64', kinds.whole + kinds.decimal + kinds.special, ['whole', 'decimal', 'special']],
    ['timestamp', kinds.timestamp + (kinds.timestamp > 0 ? evidence.forms[0]! : 0), ['timestamp', 'date']],
    ['timestamptz', kinds.timestamptz, ['timestamptz']],
  ];
  const complete = fits.find(([, count]) => count === values);
  if (complete) return { type: complete[0], format: null, note: null };
  const date = inferDate(evidence, values, dateFormat);
  if (date) return date;
  const nearly = fits.toReversed().find(([type, count]) => nearlyAll(count, values) && type !== 'bool');
  if (!nearly) return { type: 'utf8', format: null, note: null };
  // The narrower of two that fit equally well.
  const [type, count, own] = fits.find(([, other]) => other === nearly[1]) ?? nearly;
  return { type, format: null, note: misfits(evidence, values - count, own, type) };
}

function nearlyAll(count: number, values: number): boolean {
  return values >= tolerateFrom && values - count <= tolerated * values;
}

function inferDate(
  evidence: ColumnEvidence,
  values: number,
  dateFormat: string | undefined,
): Inferred | undefined {
  const best = Math.max(...evidence.forms);
  if (best < values && !nearlyAll(best, values)) return undefined;
  const winners = dateForms.filter((_, i) => evidence.forms[i] === best);
  const asked = winners.find((form) => form === dateFormat);
  const [form] = winners;
  if (winners.length > 1 && asked === undefined) {
    return text(
      `dates such as ${quote(evidence, 'date')} could be ${winners.join(' or ')}, so kept as text: choose a date format`,
    );
  }
  const format = asked ?? form ?? '%Y-%m-%d';
  return {
    type: 'date',
    format: format === '%Y-%m-%d' ? null : format,
    note: best < values ? misfits(evidence, values - best, ['date'], 'date') : null,
  };
}

function text(note: string): Inferred {
  return { type: 'utf8', format: null, note };
}

function quote(evidence: ColumnEvidence, kind: Kind): string {
  return `"${evidence.firsts.get(kind)?.[0]?.text ?? ''}"`;
}

function misfits(
  evidence: ColumnEvidence,
  count: number,
  fitting: readonly Kind[],
  type: ColumnType,
): string {
  const others = [...evidence.firsts]
    .filter(([kind]) => !fitting.includes(kind))
    .flatMap(([, firsts]) => firsts)
    .sort((a, b) => a.line - b.line)
    .slice(0, 3)
    .map((first) => `"${first.text}"${first.line > 0 ? ` (line ${first.line})` : ''}`);
  const seen = others.length > 0 ? `, such as ${others.join(', ')}` : '';
  return `${count} of the values looked at ${count === 1 ? 'is' : 'are'} no ${typeWords[type]}${seen}; such rows are rejected. Take the column as text to keep them`;
}

/** What people call a value of a type. */
export const typeWords: Readonly<Record<ColumnType, string>> = {
  bool: 'true or false',
  int64: 'whole number',
  float64: 'number',
  utf8: 'text',
  date: 'date',
  timestamp: 'date and time without a zone',
  timestamptz: 'date and time with a zone',
};

/**
 * Which missing words to take for missing values: those that stand unquoted in a column that is something else than text
 * without them, or in a text column whose other values are in quotes, or in a column that has nothing else.
 */
export function inferNullTokens(columns: readonly ColumnEvidence[]): string[] {
  const tokens = new Set<string>();
  for (const evidence of columns) {
    const found = [...evidence.words].filter(([, { plain, quoted }]) => plain > 0 && quoted === 0);
    if (found.length === 0) continue;
    const type =
      evidence.values === 0
        ? undefined
        : inferColumn(evidence, new Set(evidence.words.keys()), undefined).type;
    const typed = type !== undefined && type !== 'utf8';
    const othersQuoted = evidence.values > 0 && evidence.quoted >= 0.95 * evidence.values;
    if (typed || othersQuoted || evidence.values === 0) for (const [word] of found) tokens.add(word);
  }
  return [...tokens].sort();
}
