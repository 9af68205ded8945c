import { isTextType, type ColumnType } from '../../../../preload/contract/column-types.ts';
import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import type { DetectedEncoding } from './encoding.ts';
import { emptyEvidence, gatherEvidence, type ColumnEvidence } from './evidence.ts';
import { findHeader } from './header.ts';
import { inferColumn, inferNullTokens } from './infer.ts';
import { compileFormat, type MomentReader } from './moments.ts';
import type { OpenedFile } from './open-file.ts';
import { cutRecords, fieldForm, RecordBatch, unescapeInto, type Dialect } from './records.ts';
import { readSample, type FileSample } from './sample.ts';
import { aligned, sniffDialect } from './sniff.ts';

/** Most columns of a table. */
export const columnLimit = 10_000;

export interface PlannedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** strptime form; null for ISO 8601 and for types without one. */
  readonly format: string | null;
  /** The user didn't choose the type. */
  readonly inferred: boolean;
  /** The sample holds no value of the column. */
  readonly unseen: boolean;
  readonly note: string | null;
  readonly examples: readonly string[];
  /** Missing values in the sample. */
  readonly missing: number;
}

/** Everything that decides how a file's bytes become a table. */
export interface ImportPlan {
  readonly sample: FileSample;
  readonly dialect: Dialect;
  readonly header: boolean;
  readonly nullTokens: readonly string[];
  readonly decimal: '.' | ',';
  readonly dateFormat: string | null;
  readonly columns: readonly PlannedColumn[];
  readonly notes: readonly string[];
  /** Records of the sample after the header, at most 50, as texts; null where missing. */
  readonly rows: readonly (readonly (string | null)[])[];
}

const shownRows = 50;
/** Lines of windows count from here, so that they stay below 1. */
const unknownLine = -(2 ** 30);

/** Looks at a sample of the file and decides; what `options` says is taken as it is. */
export async function planImport(file: OpenedFile, options: ImportOptions): Promise<ImportPlan> {
  const sample = await readSample(file, options.encoding);
  if (sample.complete && sample.head.every((byte) => byte === 10 || byte === 13)) {
    throw fail('file-empty', { path: file.path });
  }
  if (isBinary(sample.head, options))
    throw fail('file-not-text', { path: file.path, looksLike: 'binary data' });
  if (sample.head.includes(0)) {
    throw fail('csv-nul', { path: file.path, line: lineAt(sample.head, sample.head.indexOf(0)) });
  }
  const { dialect, width } = sniffDialect(sample.head, sample.complete, {
    delimiter: byteOf(options.delimiter),
    quote: byteOf(options.quote),
    escape: byteOf(options.escape),
  });
  if (width > columnLimit)
    throw fail('csv-too-many-columns', { path: file.path, columns: width, limit: columnLimit });

  const { batches, openQuote } = cutSample(sample, dialect, width);
  const [first] = batches;
  if ((!first || first.count === 0) && !sample.complete)
    throw fail('csv-row-too-long', { path: file.path, line: 1, limit: sample.head.length });
  if (!first || first.count === 0) throw fail('file-empty', { path: file.path });
  const firstRecord = recordTexts(first, 0, dialect, new Set());

  const asked = askedReader(options);
  const gather = (point: number): ColumnEvidence[] => {
    const evidence = Array.from({ length: width }, () => emptyEvidence());
    for (const batch of batches) gatherEvidence(batch, evidence, { point, asked });
    return evidence;
  };
  const point = options.decimal === ',' ? 44 : 46;
  const header = options.header ?? findHeader(first, firstRecord, point);
  if (header) first.dropFirst();
  if (header && sample.complete && batches.every(({ count }) => count === 0)) {
    if (openQuote !== undefined) throw fail('csv-quote-open', { path: file.path, line: openQuote });
    throw fail('csv-header-only', { path: file.path, columns: firstRecord.length });
  }
  const names = header ? headerNames(firstRecord, file.path) : firstRecord.map((_, i) => `column_${i + 1}`);

  for (const column of Object.keys(options.columns ?? {})) {
    if (!names.includes(column))
      throw fail('column-not-found', { column, known: [...names], where: `"${file.path}"` });
  }

  let evidence = gather(point);
  const decimal = options.decimal ?? sniffDecimal(evidence, dialect);
  if (decimal === ',' && options.decimal === undefined) evidence = gather(44);
  const nullTokens = options.nullTokens ?? ['', ...inferNullTokens(evidence)];
  const columns = planColumns(names, evidence, nullTokens, options);
  const dateFormat = options.dateFormat ?? columns.find(({ format }) => format !== null)?.format ?? null;
  return {
    sample,
    dialect,
    header,
    nullTokens,
    decimal,
    dateFormat,
    columns,
    notes: [
      ...(header || options.header === false ? [] : [unnamedNote(width)]),
      ...planNotes(sample.encoding, columns, nullTokens, options),
    ],
    rows: batches
      .flatMap((batch) =>
        Array.from({ length: Math.min(batch.count, shownRows) }, (_, row) =>
          recordTexts(batch, row, dialect, new Set(nullTokens)),
        ),
      )
      .slice(0, shownRows),
  };
}

/** Types of all columns from what was seen of them, where the options don't say. */
export function planColumns(
  names: readonly string[],
  evidence: readonly ColumnEvidence[],
  nullTokens: readonly string[],
  options: ImportOptions,
): PlannedColumn[] {
  const chosen = options.columns ?? {};
  const tokens = new Set(nullTokens);
  return names.map((name, index) => {
    const seen = evidence[index] ?? emptyEvidence();
    const choice = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
    const inferred = inferColumn(seen, tokens, options.dateFormat);
    const type = choice?.type ?? inferred.type;
    const kept = options.nullTokens === undefined && type === 'utf8' ? keptWords(seen, tokens) : null;
    const dated = isDated(type);
    // A format for the whole file is for the columns it fits, and for those that are dates only because someone said so.
    const format =
      choice?.format ?? (isDated(inferred.type) ? inferred.format : (options.dateFormat ?? null));
    if (dated && format !== null) compileFormat(format);
    let missing = seen.empty + (isTextType(type) ? 0 : seen.quotedEmpty);
    for (const [word, counts] of seen.words) if (tokens.has(word)) missing += counts.plain;
    return {
      name,
      type,
      format: dated ? format : null,
      inferred: choice?.type === undefined,
      unseen: seen.values + seen.quotedEmpty === 0 && seen.words.size === 0,
      note: (choice?.type === undefined ? inferred.note : null) ?? kept,
      examples: seen.examples,
      missing,
    };
  });
}

/** Words that may mean a missing value and stand as texts in a column of text. */
function keptWords({ words }: ColumnEvidence, tokens: ReadonlySet<string>): string | null {
  const kept = [...words].filter(([word, { plain }]) => plain > 0 && !tokens.has(word)).map(([word]) => word);
  if (kept.length === 0) return null;
  const listed = kept.map((word) => `"${word}"`).join(', ');
  return `${listed} kept as text; if ${kept.length === 1 ? 'it means' : 'they mean'} a missing value, say so with nullTokens`;
}

function isDated(type: ColumnType): boolean {
  return type === 'date' || type === 'timestamp' || type === 'timestamptz';
}

/** Reads what the date format of the options reads. Throws `date-format-invalid`. */
export function askedReader({ dateFormat }: ImportOptions): MomentReader | undefined {
  return dateFormat === undefined ? undefined : compileFormat(dateFormat);
}

/** Control characters in more than one of so many bytes, and more than so few, are in no text. */
const bytesPerControl = 50;
const fewControls = 3;

/** Whether the bytes are no text: full of control characters other than blanks, line ends and those that were chosen to mean something. */
function isBinary(head: Uint8Array, { delimiter, quote, escape }: ImportOptions): boolean {
  const allowed = new Set([0, 9, 10, 11, 12, 13, 26, 27, byteOf(delimiter), byteOf(quote), byteOf(escape)]);
  let controls = 0;
  for (const byte of head) if ((byte < 32 || byte === 127) && !allowed.has(byte)) controls++;
  return controls > fewControls && controls * bytesPerControl > head.length;
}

/** A character of the options as a byte; an empty one is none at all. */
function byteOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text === '' ? -1 : text.charCodeAt(0);
}

interface CutSample {
  readonly batches: readonly RecordBatch[];
  /** Line of a quote in the head that is still open where the text ends. */
  readonly openQuote: number | undefined;
}

function cutSample(sample: FileSample, dialect: Dialect, width: number): CutSample {
  const batches: RecordBatch[] = [];
  let openQuote: number | undefined;
  for (const [index, text] of [sample.head, ...sample.windows].entries()) {
    const head = index === 0;
    const bytes = aligned(text);
    // One batch holds it all: at most a field and a delimiter per byte.
    const batch = new RecordBatch(width, Math.max(width, Math.min(text.length + width, 400_000)));
    const line = head ? 1 : unknownLine;
    const final = head && sample.complete;
    const rest = cutRecords(batch, bytes, 0, text.length, final, dialect, { line, blank: 0 });
    if (final) ({ openQuote } = rest);
    // A window that begins inside a quoted field comes out ragged: it proves nothing.
    if (head || batch.faulty <= 0.1 * batch.count) batches.push(batch);
  }
  return { batches, openQuote };
}

function unnamedNote(width: number): string {
  const names = width === 1 ? 'its column is column_1' : `its columns are column_1 to column_${width}`;
  return `the first line looks like data, not like names, so ${names}; if it holds names, import it with header: true`;
}

function headerNames(texts: readonly (string | null)[], path: string): string[] {
  const names = texts.map((text) => (text ?? '').trim());
  const unnamed = names.flatMap((name, i) => (name === '' ? [i + 1] : []));
  if (unnamed.length > 0) throw fail('csv-column-unnamed', { path, positions: unnamed.slice(0, 20) });
  const places = new Map<string, number[]>();
  names.forEach((name, i) => places.set(name, [...(places.get(name) ?? []), i + 1]));
  for (const [column, positions] of places) {
    if (positions.length > 1) throw fail('csv-column-duplicate', { path, column, positions });
  }
  return names;
}

/** A record's fields as texts; null for unquoted ones that are empty or in `nulls`. */
export function recordTexts(
  batch: RecordBatch,
  row: number,
  { escape }: Dialect,
  nulls: ReadonlySet<string>,
): (string | null)[] {
  const decoder = new TextDecoder();
  return Array.from({ length: batch.width }, (_, column) => {
    const index = row * batch.width + column;
    const start = batch.starts[index]!;
    const end = batch.ends[index]!;
    const form = batch.quotes ? batch.forms[index] : fieldForm.plain;
    let bytes = batch.bytes.subarray(start, end);
    if (form === fieldForm.escaped) {
      const plain = new Uint8Array(end - start);
      bytes = plain.subarray(0, unescapeInto(plain, 0, batch.bytes, start, end, escape));
    }
    const text = decoder.decode(bytes);
    return form === fieldForm.plain && (text === '' || nulls.has(text)) ? null : text;
  });
}

/** A comma where numbers are written with one, and never with a point, and it doesn't part fields. */
function sniffDecimal(evidence: readonly ColumnEvidence[], dialect: Dialect): '.' | ',' {
  const commas = evidence.some(
    (column) => column.commas > 0 && column.commas + column.kinds.whole >= 0.9 * column.values,
  );
  const points = evidence.some(({ kinds }) => kinds.decimal > 0);
  return commas && !points && dialect.delimiter !== 44 ? ',' : '.';
}

/** What a person should know before importing. */
export function planNotes(
  encoding: DetectedEncoding,
  columns: readonly PlannedColumn[],
  nullTokens: readonly string[],
  options: ImportOptions,
): string[] {
  const words = nullTokens.filter((token) => token !== '');
  return [
    ...(encoding.note ? [encoding.note] : []),
    ...(options.nullTokens === undefined && words.length > 0
      ? [`unquoted ${words.map((word) => `"${word}"`).join(', ')} taken for missing`]
      : []),
    ...columns.flatMap(({ name, note }) => (note === null ? [] : [`column "${name}": ${note}`])),
  ];
}

function lineAt(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i++) if (bytes[i] === 10) line++;
  return line;
}
