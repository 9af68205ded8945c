import { cutRecords, recordFault, RecordBatch, type Dialect } from './records.ts';

export interface SniffedDialect {
  readonly dialect: Dialect;
  /** Fields of the first record. */
  readonly width: number;
}

export interface DialectChoices {
  readonly delimiter: number | undefined;
  /** -1: none. */
  readonly quote: number | undefined;
  readonly escape: number | undefined;
}

const byte = (text: string): number => text.charCodeAt(0);
/** In order of preference when several fit: the rarer inside values, the surer. */
const delimiters = ['\t', ';', '|', ','].map(byte);
const doubleQuote = byte('"');
const singleQuote = byte("'");
const backslash = byte('\\');

/** The dialect under which the head of the text is most regular. `head` ends anywhere; `final` when it is the whole text. */
export function sniffDialect(head: Uint8Array, final: boolean, choices: DialectChoices): SniffedDialect {
  const newline = head.includes(10) || !head.includes(13) ? 10 : 13;
  const quote = choices.quote ?? sniffQuote(head);
  const escape = choices.escape ?? (quote < 0 ? -1 : sniffEscape(head, quote));
  const candidates = choices.delimiter === undefined ? delimiters : [choices.delimiter];
  const scored = candidates.map((delimiter) => {
    const dialect: Dialect = { delimiter, quote, escape, newline };
    return { dialect, ...measure(head, final, dialect) };
  });
  const regular = scored.find(({ width, share }) => width > 1 && share >= 0.98);
  // A first record that isn't cut by a delimiter says that it isn't one.
  const [best] = scored
    .filter(({ width }) => width > 1)
    .toSorted((a, b) => b.share * Math.sqrt(b.width) - a.share * Math.sqrt(a.width));
  const chosen = regular ?? best ?? scored.at(-1);
  if (!chosen) throw new Error('no delimiter to try');
  return { dialect: chosen.dialect, width: chosen.width };
}

/** Fields of the first record, and the share of records that have as many and are well formed. */
function measure(head: Uint8Array, final: boolean, dialect: Dialect): { width: number; share: number } {
  const batch = new RecordBatch(1, 2000);
  cutRecords(batch, aligned(head), 0, head.length, final, dialect, { line: 1, blank: 0 });
  const width = batch.found[0] ?? 1;
  let same = 0;
  let records = 0;
  for (let row = 0; row < batch.count; row++) {
    const blank = batch.found[row] === 1 && batch.froms[row] === batch.tos[row];
    if (blank) continue;
    records++;
    if (batch.found[row] === width && batch.faults[row] !== recordFault.afterQuote) same++;
  }
  return { width: records === 0 ? 1 : width, share: records === 0 ? 0 : same / records };
}

/** The same bytes where `cutRecords` can take them four at a time. */
export function aligned(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  copy.set(bytes);
  return copy;
}

/** Single quotes only where they open and close fields and double quotes don't occur. */
function sniffQuote(head: Uint8Array): number {
  if (head.includes(doubleQuote) || !head.includes(singleQuote)) return doubleQuote;
  const text = new TextDecoder('latin1').decode(head.subarray(0, 65_536));
  const opens = text.match(/(?:^|[\t;|,\n])'/g)?.length ?? 0;
  const closes = text.match(/'(?=[\t;|,\r\n]|$)/g)?.length ?? 0;
  return opens > 1 && Math.abs(opens - closes) <= 1 ? singleQuote : doubleQuote;
}

/** A backslash where it stands before quotes that open or close nothing. */
function sniffEscape(head: Uint8Array, quote: number): number {
  const mark = String.fromCharCode(quote);
  const text = new TextDecoder('latin1').decode(head.subarray(0, 262_144));
  const escaped = text.split(`\\${mark}`).length - 1;
  const doubled = text.split(new RegExp(`[^\t;|,\n]${mark}${mark}(?![\t;|,\r\n]|$)`)).length - 1;
  return escaped > 0 && escaped > doubled ? backslash : quote;
}
