import { countDateForms } from './date-forms.ts';
import { emptyMoment, parseIsoDate, readIso, type MomentReader } from './moments.ts';
import { fieldForm, recordFault, type RecordBatch } from './records.ts';
import {
  hasLeadingZero,
  isPlainTruth,
  parseDecimal,
  parseWhole,
  parseWholeSlowly,
  specialNumber,
} from './values.ts';

/** What a single text could be. The order matters: a value counts under the first that fits. */
export type Kind =
  | 'whole'
  | 'zeros'
  | 'huge'
  | 'decimal'
  | 'special'
  | 'truth'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'text';

/** Texts that often stand for a missing value. They count as such only when the column shows it. */
export const missingWords: ReadonlySet<string> = new Set([
  'NA',
  'N/A',
  'n/a',
  'na',
  '#N/A',
  '#NA',
  'NaN',
  'nan',
  'NAN',
  'NULL',
  'null',
  'Null',
  'None',
  'none',
  'nil',
  '\\N',
  '-',
  '--',
  '?',
  '.',
  '(null)',
  'missing',
  'Missing',
  'MISSING',
]);

/** Kept of every column, to show. */
const exampleCount = 5;
const misfitCount = 3;

export interface ColumnEvidence {
  /** Values that are neither empty nor one of `missingWords`. */
  values: number;
  /** Of these, written in quotes. */
  quoted: number;
  /** Empty, unquoted. */
  empty: number;
  /** Empty, in quotes: missing in a column of numbers, a value in one of text. */
  quotedEmpty: number;
  readonly kinds: Record<Kind, number>;
  /** Numbers with the other decimal mark, unless it may part thousands (three digits after it). */
  commas: number;
  /** How many are dates of the form 2024-02-29. */
  isoDates: number;
  /** How many values each other date form reads, by strptime form; the likelier ones first. */
  readonly forms: Map<string, number>;
  /** How many the date format that was asked for reads. */
  asked: number;
  /** Missing words seen unquoted and quoted. */
  readonly words: Map<string, { plain: number; quoted: number }>;
  readonly examples: string[];
  /** First values of each kind, with their lines. */
  readonly firsts: Map<Kind, { line: number; text: string }[]>;
}

export function emptyEvidence(): ColumnEvidence {
  return {
    values: 0,
    quoted: 0,
    empty: 0,
    quotedEmpty: 0,
    kinds: {
      whole: 0,
      zeros: 0,
      huge: 0,
      decimal: 0,
      special: 0,
      truth: 0,
      date: 0,
      timestamp: 0,
      timestamptz: 0,
      text: 0,
    },
    commas: 0,
    isoDates: 0,
    forms: new Map(),
    asked: 0,
    words: new Map(),
    examples: [],
    firsts: new Map(),
  };
}

const moment = emptyMoment();
const decoder = new TextDecoder();
const longestWord = Math.max(...[...missingWords].map((word) => word.length));

/** How texts are to be read. */
export interface Reading {
  /** The decimal mark's byte. */
  readonly point: number;
  /** Reads dates and times of the format that was asked for. */
  readonly asked?: MomentReader | undefined;
}

/** Adds all sound records of a batch to the evidence, column by column. */
export function gatherEvidence(
  batch: RecordBatch,
  columns: readonly ColumnEvidence[],
  reading: Reading,
): void {
  columns.forEach((evidence, column) => {
    for (let row = 0, index = column; row < batch.count; row++, index += batch.width) {
      const fault = batch.faults[row];
      if (fault !== recordFault.none && fault !== recordFault.value) continue;
      const start = batch.starts[index]!;
      const end = batch.ends[index]!;
      const quoted = batch.quotes && batch.forms[index] !== fieldForm.plain;
      weigh(evidence, batch.bytes, start, end, quoted, batch.lines[row]!, reading);
    }
  });
}

function weigh(
  evidence: ColumnEvidence,
  bytes: Uint8Array,
  start: number,
  end: number,
  quoted: boolean,
  line: number,
  { point, asked }: Reading,
): void {
  if (start === end) {
    if (quoted) evidence.quotedEmpty++;
    else evidence.empty++;
    return;
  }
  if (end - start <= longestWord) {
    const word = decoder.decode(bytes.subarray(start, end));
    if (missingWords.has(word)) {
      const seen = evidence.words.get(word) ?? { plain: 0, quoted: 0 };
      if (quoted) seen.quoted++;
      else seen.plain++;
      evidence.words.set(word, seen);
      return;
    }
  }
  evidence.values++;
  if (quoted) evidence.quoted++;
  if (asked?.(bytes, start, end, moment)) evidence.asked++;
  const kind = kindOf(evidence, bytes, start, end, point);
  evidence.kinds[kind]++;
  const firsts = evidence.firsts.get(kind) ?? [];
  if (firsts.length === 0) evidence.firsts.set(kind, firsts);
  if (firsts.length < misfitCount) firsts.push({ line, text: textOf(bytes, start, end) });
  if (evidence.examples.length < exampleCount) {
    const text = textOf(bytes, start, end);
    if (!evidence.examples.includes(text)) evidence.examples.push(text);
  }
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  const text = decoder.decode(bytes.subarray(start, Math.min(end, start + 200)));
  return end - start > 200 ? `${text}…` : text;
}

function kindOf(
  evidence: ColumnEvidence,
  bytes: Uint8Array,
  start: number,
  end: number,
  point: number,
): Kind {
  const whole = parseWhole(bytes, start, end);
  if (whole === whole) return hasLeadingZero(bytes, start, end) ? 'zeros' : 'whole';
  const decimal = parseDecimal(bytes, start, end, point);
  if (decimal === decimal) {
    const padded = bytes[start]! <= 32 || bytes[end - 1]! <= 32;
    const exact = end - start > 15 || padded ? parseWholeSlowly(bytes, start, end) : undefined;
    if (exact === null) return 'huge';
    if (hasLeadingZero(bytes, start, end)) return 'zeros';
    return exact === undefined ? 'decimal' : 'whole';
  }
  const other = point === 46 ? 44 : 46;
  const otherNumber = parseDecimal(bytes, start, end, other);
  if (otherNumber === otherNumber && bytes[end - 4] !== other) evidence.commas++;
  if (specialNumber(bytes, start, end) !== undefined) return 'special';
  if (isPlainTruth(bytes, start, end)) return 'truth';
  return dateKind(evidence, bytes, start, end);
}

function dateKind(evidence: ColumnEvidence, bytes: Uint8Array, start: number, end: number): Kind {
  const first = bytes[start]! - 48;
  if (!(first >= 0 && first <= 9) || end - start > 40) return 'text';
  if (!Number.isNaN(parseIsoDate(bytes, start, end))) {
    evidence.isoDates++;
    return 'date';
  }
  if (readIso(bytes, start, end, moment)) {
    if (moment.hasZone) return 'timestamptz';
    return moment.hasTime ? 'timestamp' : 'date';
  }
  return countDateForms(evidence.forms, bytes, start, end) ? 'date' : 'text';
}
