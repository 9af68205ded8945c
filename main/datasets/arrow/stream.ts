import { isCategorical, isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { valuesLength, type Block } from '../snapshot/block.ts';
import { readFlatRoot, type FlatTable } from './flat-reader.ts';
import { batchMessage, dictionaryMessage, fieldType, messageHeader, schemaMessage } from './messages.ts';

const continuation = 0xffffffff;
const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** One record batch as an Arrow IPC stream (schema, batch, end). Blocks are columns of the same number of rows. */
export function encodeStream(fields: readonly Field[], blocks: readonly Block[], rows: number): Uint8Array {
  const { metadata, body } = encodeColumns(blocks.map(blockColumn), rows);
  const end = new Uint8Array(8);
  new DataView(end.buffer).setUint32(0, continuation, true);
  const bytes = Buffer.concat([framed(schemaMessage(fields)), metadata, ...body, end]);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A record batch's message with its frame, and the pieces of its body in order. */
export interface EncodedBatch {
  readonly metadata: Uint8Array;
  readonly body: readonly Uint8Array[];
  readonly bodyLength: number;
}

/** A block as it stands in a batch; texts as texts. */
export function blockColumn({ nulls, type, validity, values, text }: Block): BatchColumn {
  return { nulls, buffers: [validity ?? new Uint8Array(), values, ...(isTextType(type) ? [text] : [])] };
}

/** A column's buffers as they stand in a batch. */
export interface BatchColumn {
  readonly nulls: number;
  readonly buffers: readonly Uint8Array[];
}

/** With `dictionary`, the batch holds the values of that dictionary. */
export function encodeColumns(
  columns: readonly BatchColumn[],
  rows: number,
  dictionary?: { readonly id: number; readonly isDelta: boolean },
): EncodedBatch {
  const body: Uint8Array[] = [];
  let bodyLength = 0;
  const buffers = columns.flatMap((column) =>
    column.buffers.map((part) => {
      const offset = bodyLength;
      const { length } = part;
      bodyLength += padded(length);
      body.push(part, zeros.subarray(0, padded(length) - length));
      return { offset, length };
    }),
  );
  const shape = { rows, nulls: columns.map(({ nulls }) => nulls), buffers, bodyLength };
  const message = dictionary
    ? dictionaryMessage(dictionary.id, shape, dictionary.isDelta)
    : batchMessage(shape);
  return { metadata: framed(message), body, bodyLength };
}

const zeros = new Uint8Array(8);

/** A message with its mark and length before it. */
export function framed(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + message.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, continuation, true);
  view.setUint32(4, message.length, true);
  bytes.set(message, 8);
  return bytes;
}

/** The name every column block's stream gives its one column, so that a renamed column keeps its objects. */
export const blockFieldName = 'values';

export function encodeBlock(block: Block): Uint8Array {
  return encodeStream([{ name: blockFieldName, type: block.type }], [block], block.rows);
}

/**
 * A block from the stream `encodeBlock` wrote, as views of its bytes. The caller has checked the digest; the lengths are
 * checked all the same. Throws RangeError for anything else.
 */
export function decodeBlock(bytes: Uint8Array, type: ColumnType): Block {
  const stored = isCategorical(type) ? 'utf8' : type;
  const schema = readMessage(bytes, 0);
  const fields = schema.header.tables(1);
  const [field] = fields;
  if (schema.kind !== messageHeader.schema || !field || fields.length !== 1 || fieldType(field) !== stored) {
    throw new RangeError(`expected a stream with one column of type ${type}`);
  }
  const { kind, header: batch, end: body } = readMessage(bytes, schema.end);
  if (kind !== messageHeader.recordBatch) throw new RangeError('expected a record batch');
  const rows = batch.i64(0);
  const [length = 0, nulls = 0] = batch.structs(1, 2);
  const places = batch.structs(2, 2);
  const part = (index: number): Uint8Array => {
    const [offset = 0, size = 0] = places.slice(2 * index, 2 * index + 2);
    if (offset < 0 || size < 0 || body + offset + size > bytes.length) {
      throw new RangeError('a buffer reaches past the end');
    }
    return bytes.subarray(body + offset, body + offset + size);
  };
  const validity = part(0);
  const values = part(1);
  const text = isTextType(type) ? part(2) : new Uint8Array();
  const fits =
    length === rows &&
    values.length === valuesLength(type, rows) &&
    validity.length === (nulls > 0 ? Math.ceil(rows / 8) : 0);
  if (!fits) throw new RangeError('buffers do not match the number of rows');
  return { type, rows, nulls, validity: nulls > 0 ? validity : undefined, values, text };
}

function readMessage(bytes: Uint8Array, at: number): { kind: number; header: FlatTable; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(at, true) !== continuation) throw new RangeError('expected an Arrow message');
  const length = view.getUint32(at + 4, true);
  const end = at + 8 + length;
  if (end > bytes.length) throw new RangeError('an Arrow message reaches past the end');
  const message = readFlatRoot(bytes.subarray(at + 8, end));
  const header = message.table(2);
  if (!header) throw new RangeError('an Arrow message without a header');
  return { kind: message.u8(1), header, end };
}
