/** How a delimited text is cut up. Bytes; -1 where there is none. The text itself is UTF-8. */
export interface Dialect {
  readonly delimiter: number;
  readonly quote: number;
  /** Before a quote inside quotes: the quote itself (doubled), or a backslash. */
  readonly escape: number;
  /** 10, with a 13 before it taken along, or 13 alone (old Macintosh files). */
  readonly newline: 10 | 13;
}

const lineFeed = 10;
const carriageReturn = 13;

/** What is wrong with the form of a record. */
export const recordFault = { none: 0, tooFew: 1, tooMany: 2, afterQuote: 3, encoding: 4, value: 5 } as const;

/** How a field was written: plain, in quotes, or in quotes with escapes to be undone. */
export const fieldForm = { plain: 0, quoted: 1, escaped: 2 } as const;

/**
 * Some records of a text, as places in `bytes`: no value is copied or made into a string. Field `c` of record `r` is
 * at index `r * width + c`; quotes are left out of the places. Reused from batch to batch.
 */
export class RecordBatch {
  readonly width: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** `fieldForm` per field; meaningful only when `quotes`. */
  readonly forms: Uint8Array;
  quotes = false;
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  readonly capacity: number;
  /** Per record: first and last place, line it starts on (1 is the first), number of fields found, `recordFault`. */
  readonly froms: Int32Array;
  readonly tos: Int32Array;
  readonly lines: Int32Array;
  readonly found: Int32Array;
  readonly faults: Uint8Array;
  /** With `recordFault.value`: the column whose value doesn't fit. */
  readonly faultColumns: Int32Array;
  /** Records with a fault. */
  faulty = 0;

  constructor(width: number, fields = 65_536) {
    this.width = width;
    this.capacity = Math.max(1, Math.floor(fields / width));
    const size = this.capacity * width;
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.forms = new Uint8Array(size);
    this.froms = new Int32Array(this.capacity);
    this.tos = new Int32Array(this.capacity);
    this.lines = new Int32Array(this.capacity);
    this.found = new Int32Array(this.capacity);
    this.faults = new Uint8Array(this.capacity);
    this.faultColumns = new Int32Array(this.capacity);
  }

  /** Takes the first record out, whatever it is. */
  dropFirst(): void {
    if (this.faults[0] !== recordFault.none) this.faulty--;
    for (const places of [this.starts, this.ends, this.forms])
      places.copyWithin(0, this.width, this.count * this.width);
    for (const facts of [this.froms, this.tos, this.lines, this.found, this.faults, this.faultColumns]) {
      facts.copyWithin(0, 1, this.count);
    }
    this.count--;
  }

  /** Takes the records with a fault out; the others keep their order. */
  keepSound(): void {
    const { width } = this;
    let kept = 0;
    for (let row = 0; row < this.count; row++) {
      if (this.faults[row] !== recordFault.none) continue;
      if (kept !== row) {
        for (const places of [this.starts, this.ends, this.forms]) {
          places.copyWithin(kept * width, row * width, (row + 1) * width);
        }
        for (const facts of [this.froms, this.tos, this.lines, this.found, this.faults])
          facts[kept] = facts[row]!;
      }
      kept++;
    }
    this.count = kept;
    this.faulty = 0;
  }
}

/** Where cutting stands between two batches. */
export interface CutState {
  /** Line on which the next record starts. */
  line: number;
  /** Lines without anything on them, which are no records (when there is more than one column). */
  blank: number;
}

/** A record that isn't whole yet: where it starts, and, inside quotes, the line its quote was opened on. */
export interface Rest {
  readonly from: number;
  readonly openQuote: number | undefined;
}

/**
 * Fills `batch` with the whole records of `bytes[from, end)` and says where the rest begins. With `final` the last record
 * needs no line end. A record longer than `end - from` leaves `rest.from === from`. `bytes` must start on a multiple of
 * four in its buffer and be a multiple of four long.
 */
export function cutRecords(
  batch: RecordBatch,
  bytes: Uint8Array,
  from: number,
  end: number,
  final: boolean,
  dialect: Dialect,
  state: CutState,
): Rest {
  batch.bytes = bytes;
  batch.count = 0;
  batch.faulty = 0;
  const quote = dialect.quote;
  const firstQuote =
    quote < 0 ? -1 : Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).indexOf(quote);
  batch.quotes = firstQuote >= 0;
  return batch.quotes
    ? cutQuoted(batch, bytes, from, end, final, dialect, state)
    : cutPlain(batch, bytes, from, end, final, dialect, state);
}

/**
 * Without quotes every delimiter byte ends a field, so four bytes are looked at at once: `marks` has the top bit set of
 * each byte that equals the delimiter or the line end (the exact form of the zero-byte test in Hacker's Delight, 6-1).
 */
function cutPlain(
  batch: RecordBatch,
  bytes: Uint8Array,
  from: number,
  end: number,
  final: boolean,
  { delimiter, newline }: Dialect,
  state: CutState,
): Rest {
  const { starts, ends, froms, tos, lines, found, faults, width, capacity } = batch;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const delimiters = Math.imul(delimiter, 0x01010101);
  const newlines = Math.imul(newline, 0x01010101);
  const stripReturn = newline === lineFeed;
  let record = from;
  let start = from;
  let column = 0;
  let field = 0;
  let row = 0;
  let line = state.line;
  const last = (end - 1) >> 2;
  for (let word = from >> 2; word <= last; word++) {
    const four = words[word]!;
    const a = four ^ delimiters;
    const b = four ^ newlines;
    let marks = ~(
      ((((a & 0x7f7f7f7f) + 0x7f7f7f7f) | a) & (((b & 0x7f7f7f7f) + 0x7f7f7f7f) | b)) |
      0x7f7f7f7f
    );
    while (marks !== 0) {
      const at = (word << 2) + ((31 - Math.clz32(marks & -marks)) >> 3);
      marks &= marks - 1;
      if (at < from || at >= end) continue;
      if (bytes[at] === delimiter) {
        if (column < width) {
          starts[field] = start;
          ends[field] = at;
          field++;
        }
        column++;
        start = at + 1;
        continue;
      }
      const stop = stripReturn && at > start && bytes[at - 1] === carriageReturn ? at - 1 : at;
      if (column + 1 === width && (width > 1 || stop > start)) {
        starts[field] = start;
        ends[field] = stop;
        froms[row] = record;
        tos[row] = stop;
        lines[row] = line;
        found[row] = width;
        faults[row] = recordFault.none;
        row++;
      } else {
        batch.count = row;
        endRecord(batch, record, start, stop, column, fieldForm.plain, line, false, state);
        row = batch.count;
      }
      line++;
      record = start = at + 1;
      column = 0;
      field = row * width;
      if (row === capacity) {
        batch.count = row;
        state.line = line;
        return { from: record, openQuote: undefined };
      }
    }
  }
  batch.count = row;
  state.line = line;
  if (final && record < end) {
    endRecord(batch, record, start, end, column, fieldForm.plain, line, false, state);
    record = end;
  }
  return { from: record, openQuote: undefined };
}

function cutQuoted(
  batch: RecordBatch,
  bytes: Uint8Array,
  from: number,
  end: number,
  final: boolean,
  { delimiter, quote, escape, newline }: Dialect,
  state: CutState,
): Rest {
  const { starts, ends, forms, width, capacity } = batch;
  let at = from;
  while (at < end) {
    const record = at;
    const firstLine = state.line;
    let line = firstLine;
    let column = 0;
    let field = batch.count * width;
    let stray = false;
    let whole = false;
    while (!whole) {
      let start = at;
      let stop: number;
      let form: number = fieldForm.plain;
      if (at < end && bytes[at] === quote) {
        const openedOn = line;
        form = fieldForm.quoted;
        start = ++at;
        for (;;) {
          if (at >= end) return { from: record, openQuote: openedOn };
          const byte = bytes[at]!;
          if (byte === quote) {
            if (escape === quote) {
              if (at + 1 >= end && !final) return { from: record, openQuote: openedOn };
              if (bytes[at + 1] === quote && at + 1 < end) {
                form = fieldForm.escaped;
                at += 2;
                continue;
              }
            }
            break;
          }
          if (byte === escape && at + 1 < end) {
            form = fieldForm.escaped;
            at += 2;
            continue;
          }
          if (byte === newline) line++;
          at++;
        }
        stop = at;
        at++;
        const after = at;
        while (at < end && bytes[at] !== delimiter && bytes[at] !== newline) at++;
        const tail =
          at - after - (newline === lineFeed && at > after && bytes[at - 1] === carriageReturn ? 1 : 0);
        if (tail > 0) stray = true;
      } else {
        while (at < end && bytes[at] !== delimiter && bytes[at] !== newline) at++;
        stop = at;
      }
      if (at >= end && !final) return { from: record, openQuote: undefined };
      whole = at >= end || bytes[at] === newline;
      if (whole) {
        if (
          form === fieldForm.plain &&
          at < end &&
          newline === lineFeed &&
          stop > start &&
          bytes[stop - 1] === carriageReturn
        ) {
          stop--;
        }
        endRecord(batch, record, start, stop, column, form, firstLine, stray, state);
        state.line = line + 1;
      } else {
        if (column < width) {
          starts[field] = start;
          ends[field] = stop;
          forms[field] = form;
          field++;
        }
        column++;
      }
      at++;
    }
    if (batch.count === capacity) return { from: Math.min(at, end), openQuote: undefined };
  }
  return { from: Math.min(at, end), openQuote: undefined };
}

function endRecord(
  batch: RecordBatch,
  record: number,
  start: number,
  stop: number,
  column: number,
  form: number,
  line: number,
  stray: boolean,
  state: CutState,
): void {
  const { width } = batch;
  if (column === 0 && start === stop && form === fieldForm.plain && width > 1) {
    state.blank++;
    return;
  }
  const row = batch.count++;
  const base = row * width;
  if (column < width) {
    batch.starts[base + column] = start;
    batch.ends[base + column] = stop;
    if (batch.quotes) batch.forms[base + column] = form;
    for (let c = column + 1; c < width; c++) batch.starts[base + c] = batch.ends[base + c] = stop;
  }
  batch.froms[row] = record;
  batch.tos[row] = form === fieldForm.plain ? stop : stop + 1;
  batch.lines[row] = line;
  batch.found[row] = column + 1;
  const fault =
    column + 1 < width
      ? recordFault.tooFew
      : column + 1 > width
        ? recordFault.tooMany
        : stray
          ? recordFault.afterQuote
          : recordFault.none;
  batch.faults[row] = fault;
  if (fault !== recordFault.none) batch.faulty++;
}

/** Undoes the escapes of a quoted field: writes the text to `to` at `at` and returns where it ends. */
export function unescapeInto(
  to: Uint8Array,
  at: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  escape: number,
): number {
  for (let i = start; i < end; i++) {
    if (bytes[i] === escape && i + 1 < end) i++;
    to[at++] = bytes[i]!;
  }
  return at;
}
