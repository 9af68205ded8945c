import {
  decimalSize,
  isDecimal,
  isOrdered,
  orderedLevels,
  typeKind,
  type ColumnType,
  type TypeKind,
} from '../../../../preload/contract/column-types.ts';
import { isIsoForm, typeOfForm } from './date-forms.ts';
import { type ColumnEvidence, type Kind } from './evidence.ts';

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
  const { asked } = evidence;
  if (dateFormat !== undefined && !isIsoForm(dateFormat) && (asked === values || nearlyAll(asked, values))) {
    return ofForm(dateFormat, evidence, values, asked);
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
    ['timestamp', kinds.timestamp + (kinds.timestamp > 0 ? evidence.isoDates : 0), ['timestamp', 'date']],
    ['timestamptz', kinds.timestamptz, ['timestamptz']],
  ];
  const complete = fits.find(([, count]) => count === values);
  if (complete) return { type: complete[0], format: null, note: null };
  const date = inferDate(evidence, values);
  if (date) return date;
  const nearly = fits.toReversed().find(([type, count]) => nearlyAll(count, values) && type !== 'bool');
  if (!nearly) return { type: 'utf8', format: null, note: whyText(evidence, values) };
  // The narrower of two that fit equally well.
  const [type, count, own] = fits.find(([, other]) => other === nearly[1]) ?? nearly;
  return { type, format: null, note: misfits(evidence, values - count, own, type) };
}

/** Nine in ten and at least five: few enough others to wonder about. */
const almost = 0.9;
const almostFrom = 5;
/** A number with more to it: marks between thousands, a currency, a percent sign. */
const dressedNumber =
  /^[-+]?(?:[$€£¥] ?[-+]?\d[\d.,' ]*|\d[\d.,]* ?[$€£¥%]|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+)$/;

/** What a person may have expected of a text column that nearly is another; null when nothing is to be said. */
function whyText(evidence: ColumnEvidence, values: number): string | null {
  const { kinds, examples } = evidence;
  const [dressed] = examples;
  if (dressed !== undefined && examples.every((example) => dressedNumber.test(example))) {
    return `numbers written such as "${dressed}", with marks between thousands, a currency or a percent sign, are not read as numbers, so kept as text`;
  }
  const numbers = kinds.whole + kinds.decimal + kinds.special;
  const count = Math.max(numbers, kinds.date, kinds.timestamp, kinds.timestamptz);
  if (values < almostFrom || count < almost * values) return null;
  const own: readonly Kind[] =
    count === numbers ? ['whole', 'decimal', 'special'] : ['date', 'timestamp', 'timestamptz'];
  const other = misfitsSeen(evidence, own);
  const what = count === numbers ? 'numbers' : 'dates';
  return other
    ? `${count} of ${values} values looked at are ${what}, but not ${other}, so kept as text`
    : null;
}

function nearlyAll(count: number, values: number): boolean {
  return values >= tolerateFrom && values - count <= tolerated * values;
}

function inferDate(evidence: ColumnEvidence, values: number): Inferred | undefined {
  const counts = [['%Y-%m-%d', evidence.isoDates] as const, ...evidence.forms];
  const best = Math.max(...counts.map(([, count]) => count));
  if (best < values && !nearlyAll(best, values)) return undefined;
  const [form = '', ...rivals] = counts.filter(([, count]) => count === best).map(([name]) => name);
  if (rivals.length === 0) return ofForm(form, evidence, values, best);
  return text(
    `dates such as ${quote(evidence, 'date')} could be ${[form, ...rivals].join(' or ')}, so kept as text: choose a date format`,
  );
}

/** Dates or times of a form that reads `count` of the values. */
function ofForm(form: string, evidence: ColumnEvidence, values: number, count: number): Inferred {
  const type = typeOfForm(form);
  return {
    type,
    format: isIsoForm(form) ? null : form,
    note: count < values ? misfits(evidence, values - count, ['date'], type) : null,
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
  const others = misfitsSeen(evidence, fitting);
  const seen = others ? `, such as ${others}` : '';
  return `${count} of the values looked at ${count === 1 ? 'is' : 'are'} no ${typeWords(type)}${seen}; such rows are rejected. Take the column as text to keep them`;
}

/** The first few values of other kinds, with their lines; empty when none was kept. */
function misfitsSeen(evidence: ColumnEvidence, fitting: readonly Kind[]): string {
  return [...evidence.firsts]
    .filter(([kind]) => !fitting.includes(kind))
    .flatMap(([, firsts]) => firsts)
    .sort((a, b) => a.line - b.line)
    .slice(0, 3)
    .map((first) => `"${first.text}"${first.line > 0 ? ` (line ${first.line})` : ''}`)
    .join(', ');
}

const wordsOfKind: Readonly<Record<TypeKind, string>> = {
  bool: 'true or false',
  int64: 'whole number',
  float64: 'number',
  decimal: 'decimal',
  utf8: 'text',
  categorical: 'level',
  date: 'date',
  timestamp: 'date and time without a zone',
  timestamptz: 'date and time with a zone',
};

/** What people call a value of a type. */
export function typeWords(type: ColumnType): string {
  if (isDecimal(type)) {
    const { precision, scale } = decimalSize(type);
    return `number of at most ${precision} digits, ${scale} of them after the point`;
  }
  if (isOrdered(type)) {
    const levels = orderedLevels(type);
    return `category out of ${levels.slice(0, 5).join(', ')}${levels.length > 5 ? ` and ${levels.length - 5} more` : ''}`;
  }
  return wordsOfKind[typeKind(type)];
}

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
