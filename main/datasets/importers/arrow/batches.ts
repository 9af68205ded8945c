import { zstdDecompressSync } from 'node:zlib';
import { decompressBlock } from 'lz4js';
import type { FlatTable } from '../../arrow/flat-reader.ts';
import { readFlatRoot } from '../../arrow/flat-reader.ts';
import { readAt, type OpenedBytes } from '../../importing/open-bytes.ts';

/** A part of a record batch: bytes in the file, or unpacked in memory. */
export interface Part {
  readonly length: number;
  read(at: number, count: number): Promise<Uint8Array>;
}

/** A record batch's facts; its parts are read when they are asked for. */
export interface ArrowBatch {
  readonly rows: number;
  /** Rows and nulls, per node. */
  readonly nodes: readonly number[];
  readonly variadic: readonly number[];
  part(index: number): Promise<Part>;
}

export interface ArrowMessage {
  /** Of the `MessageHeader` union: 1 schema, 2 dictionary, 3 record batch. */
  readonly kind: number;
  readonly header: FlatTable;
  readonly body: number;
  readonly end: number;
}

/** Rows that a batch without any bytes (of missing values alone) may have. */
const rowsWithoutBytes = 10_000_000;
const metadataLimit = 64 * 2 ** 20;
/** Most unpacked bytes of one batch held at a time. */
export const unpackedLimit = 384 * 2 ** 20;

/** The message that begins at `at`; undefined at the end of the stream. */
export async function readMessage(file: OpenedBytes, at: number): Promise<ArrowMessage | undefined> {
  const head = await readAt(file, at, 8);
  if (head.length === 0) return undefined;
  if (head.length < 4) throw new RangeError(`it ends inside a message at byte ${at}`);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const marked = view.getUint32(0, true) === 0xffffffff;
  if (marked && head.length < 8) throw new RangeError(`it ends inside a message at byte ${at}`);
  const length = view.getUint32(marked ? 4 : 0, true);
  if (length === 0) return undefined;
  const from = at + (marked ? 8 : 4);
  if (length > metadataLimit || from + length > file.size)
    throw new RangeError(`the message at byte ${at} reaches past the end`);
  const message = readFlatRoot(await readAt(file, from, length));
  const header = message.table(2);
  const bodyLength = message.i64(3);
  if (!header) throw new RangeError(`the message at byte ${at} has no header`);
  const body = from + length;
  if (bodyLength < 0 || body + bodyLength > file.size)
    throw new RangeError(`the body of the message at byte ${at} reaches past the end`);
  return { kind: message.u8(1), header, body, end: body + bodyLength };
}

/** What the end of an Arrow file says: its schema, and where dictionaries and batches begin. */
export interface ArrowFooter {
  readonly schema: FlatTable;
  readonly dictionaries: readonly number[];
  readonly batches: readonly number[];
}

export async function readFooter(file: OpenedBytes): Promise<ArrowFooter> {
  const tail = await readAt(file, file.size - 10, 10);
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  if (length <= 0 || length > metadataLimit || length + 18 > file.size)
    throw new RangeError('its end is not that of an Arrow file');
  const footer = readFlatRoot(await readAt(file, file.size - 10 - length, length));
  const schema = footer.table(1);
  if (!schema) throw new RangeError('its end holds no schema');
  return { schema, dictionaries: offsets(footer, 2), batches: offsets(footer, 3) };
}

/** Beginnings of blocks, which come one after the other: none may be read twice. */
function offsets(footer: FlatTable, slot: number): number[] {
  const found = footer.structs(slot, 3).filter((_, i) => i % 3 === 0);
  if (found.some((at, i) => at < 8 || (i > 0 && at <= found[i - 1]!)))
    throw new RangeError('its batches are not in order');
  return found;
}

export function readBatch(file: OpenedBytes, header: FlatTable, body: number, end: number): ArrowBatch {
  const rows = header.i64(0);
  const nodes = header.structs(1, 2);
  const places = header.structs(2, 2);
  const variadic = header.structs(4, 1);
  if (rows < 0 || (rows > rowsWithoutBytes && body === end))
    throw new RangeError(`a batch with ${rows} rows in no bytes`);
  const compression = header.table(3);
  const codec = compression ? compression.u8(0) : undefined;
  if (codec !== undefined && codec > 1) throw new RangeError(`buffers packed in an unknown way (${codec})`);
  let held = 0;
  return {
    rows,
    nodes,
    variadic,
    async part(index) {
      const offset = places[2 * index];
      const length = places[2 * index + 1];
      if (offset === undefined || length === undefined)
        throw new RangeError(`a batch without its buffer ${index}`);
      if (offset < 0 || length < 0 || body + offset + length > end)
        throw new RangeError('a buffer reaches past its batch');
      const start = body + offset;
      if (codec === undefined || length === 0) return filePart(file, start, length);
      if (length < 8) throw new RangeError('a packed buffer without its length');
      const head = await readAt(file, start, 8);
      const unpacked = Number(new DataView(head.buffer, head.byteOffset, 8).getBigInt64(0, true));
      if (unpacked === -1) return filePart(file, start + 8, length - 8);
      held += unpacked;
      if (unpacked < 0 || held > unpackedLimit)
        throw new RangeError(
          `a batch that unpacks to more than ${unpackedLimit / 2 ** 20} MB; write the file with smaller batches`,
        );
      const packed = await readAt(file, start + 8, length - 8);
      return memoryPart(codec === 0 ? unpackLz4(packed, unpacked) : unpackZstd(packed, unpacked));
    },
  };
}

function filePart(file: OpenedBytes, start: number, length: number): Part {
  return {
    length,
    read(at, count) {
      if (at < 0 || count < 0 || at + count > length) throw new RangeError('a value lies past its buffer');
      return readAt(file, start + at, count);
    },
  };
}

function memoryPart(bytes: Uint8Array): Part {
  return {
    length: bytes.length,
    read(at, count) {
      if (at < 0 || count < 0 || at + count > bytes.length)
        throw new RangeError('a value lies past its buffer');
      return Promise.resolve(bytes.subarray(at, at + count));
    },
  };
}

function unpackZstd(packed: Uint8Array, length: number): Uint8Array {
  const bytes = zstdDecompressSync(packed, { maxOutputLength: Math.max(1, length) });
  if (bytes.length !== length) throw new RangeError('a packed buffer of another length than it says');
  return bytes;
}

const lz4Magic = 0x184d2204;

/** An LZ4 frame (lz4_Frame_format.md 1.6.4): header, blocks, end mark. Checksums are not needed: lengths are checked here, texts later. */
function unpackLz4(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (view.getUint32(0, true) !== lz4Magic) throw new RangeError('a packed buffer that is no LZ4 frame');
  const flags = view.getUint8(4);
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  const checked = (flags & 0x10) !== 0;
  // The most that LZ4 can pack: a lie about the length must not cost memory.
  if (length > 256 * packed.length) throw new RangeError('a packed buffer of another length than it says');
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const size = word & 0x7fffffff;
    if (at + size > packed.length) throw new RangeError('an LZ4 block reaches past its buffer');
    if (word >>> 31 === 1) {
      if (filled + size > length) throw new RangeError('a packed buffer of another length than it says');
      bytes.set(packed.subarray(at, at + size), filled);
      filled += size;
    } else {
      const end = decompressBlock(packed, bytes, at, size, filled);
      if (!(end >= filled && end <= length))
        throw new RangeError('a packed buffer of another length than it says');
      filled = end;
    }
    at += size + (checked ? 4 : 0);
  }
  if (filled !== length) throw new RangeError('a packed buffer of another length than it says');
  return bytes;
}
