import { isUtf8 } from 'node:buffer';
import { fail } from '../../../../preload/contract/errors.ts';
import { cutRecords, recordFault, RecordBatch, type CutState, type Dialect } from './records.ts';
import type { TextSource } from './source.ts';

/** Longest record, in bytes of UTF-8. Longer ones come from a quote that is never closed, or from files that aren't tables. */
export const recordLimit = 16 * 2 ** 20;

export interface BatchContext {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly state: CutState;
}

/**
 * The records of a text in batches, the same object every time. Records that aren't valid UTF-8 carry `recordFault.encoding`.
 * Throws `csv-nul`, `csv-quote-open`, `csv-row-too-long`, `cancelled`.
 */
export async function* readBatches(
  source: TextSource,
  dialect: Dialect,
  width: number,
  { path, signal, state }: BatchContext,
): AsyncGenerator<RecordBatch, void> {
  const batch = new RecordBatch(width);
  let window = new Uint8Array(2 ** 20);
  let filled = 0;
  for (;;) {
    if (signal.aborted) throw fail('cancelled', { what: `reading ${path}` });
    const piece = await source.next();
    const final = piece === undefined;
    if (piece) {
      if (filled + piece.length > window.length) {
        const larger = new Uint8Array(Math.ceil(Math.max(window.length * 2, filled + piece.length) / 4) * 4);
        larger.set(window.subarray(0, filled));
        window = larger;
      }
      window.set(piece, filled);
      filled += piece.length;
    }
    let from = 0;
    for (;;) {
      const rest = cutRecords(batch, window, from, filled, final, dialect, state);
      if (batch.count > 0) {
        refuseNul(batch, path);
        markEncoding(batch);
        yield batch;
        if (signal.aborted) throw fail('cancelled', { what: `reading ${path}` });
      }
      const stuck = rest.from === from || rest.from >= filled;
      from = rest.from;
      if (!stuck) continue;
      if (rest.openQuote !== undefined && (final || filled - from > recordLimit)) {
        throw fail('csv-quote-open', { path, line: rest.openQuote });
      }
      if (filled - from > recordLimit)
        throw fail('csv-row-too-long', { path, line: state.line, limit: recordLimit });
      break;
    }
    if (final) return;
    window.copyWithin(0, from, filled);
    filled -= from;
  }
}

function span(batch: RecordBatch): Uint8Array {
  return batch.bytes.subarray(batch.froms[0], batch.tos[batch.count - 1]);
}

function refuseNul(batch: RecordBatch, path: string): void {
  const bytes = span(batch);
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(0);
  if (at < 0) return;
  const place = at + batch.froms[0]!;
  let row = 0;
  while (row + 1 < batch.count && batch.froms[row + 1]! <= place) row++;
  throw fail('csv-nul', { path, line: batch.lines[row]! });
}

function markEncoding(batch: RecordBatch): void {
  if (isUtf8(span(batch))) return;
  for (let row = 0; row < batch.count; row++) {
    if (isUtf8(batch.bytes.subarray(batch.froms[row], batch.tos[row]))) continue;
    if (batch.faults[row] === recordFault.none) batch.faulty++;
    batch.faults[row] = recordFault.encoding;
  }
}
