import { crc32, inflateRawSync } from 'node:zlib';

/** What an archive holds, by name; each part is unpacked when it is asked for. */
export interface ZipParts {
  readonly names: readonly string[];
  /** Throws RangeError for damage, and for more than `limit` bytes in all. */
  get(name: string): Buffer;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;

/** Reads a zip archive's directory (APPNOTE.TXT 6.3.10, 4.3). No encryption, no archives of 4 GB and more. */
export function openZip(bytes: Buffer, limit: number): ZipParts {
  const from = Math.max(0, bytes.length - 65_557);
  const end = bytes.subarray(from).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || from + end + 22 > bytes.length) throw new RangeError('the archive has no end');
  const tail = from + end;
  if (bytes.readUInt32LE(tail) !== endMark) throw new RangeError('the archive has no end');
  const count = bytes.readUInt16LE(tail + 10);
  let at = bytes.readUInt32LE(tail + 16);
  const entries = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== entryMark) throw new RangeError('the directory of the archive is damaged');
    const length = bytes.readUInt16LE(at + 28);
    entries.set(bytes.toString('utf8', at + 46, at + 46 + length), at);
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  let unpacked = 0;
  return {
    names: [...entries.keys()],
    get(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`"${name}" is missing`);
      const part = unpack(bytes, entry, name, limit - unpacked);
      unpacked += part.length;
      return part;
    },
  };
}

function unpack(bytes: Buffer, entry: number, name: string, most: number): Buffer {
  const flags = bytes.readUInt16LE(entry + 8);
  const method = bytes.readUInt16LE(entry + 10);
  const packed = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  if (flags & 1) throw new RangeError('it is encrypted; save it without a password');
  if (bytes.readUInt32LE(local) !== localMark)
    throw new RangeError(`"${name}" is not where the directory says`);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + packed > bytes.length) throw new RangeError(`"${name}" reaches past the end`);
  const part = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw new RangeError(`"${name}" is packed in an unknown way`);
  if (method === 0 && packed > most) throw new WorkbookLarge();
  let plain: Buffer;
  try {
    plain = method === 0 ? part : inflateRawSync(part, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if (error instanceof RangeError) throw new WorkbookLarge();
    throw new RangeError(`"${name}" cannot be unpacked`, { cause: error });
  }
  if (crc32(plain) !== bytes.readUInt32LE(entry + 16))
    throw new RangeError(`"${name}" does not have its checksum`);
  return plain;
}

/** An archive that unpacks to more than is read. */
export class WorkbookLarge extends Error {}

/** A zip archive of parts that are stored as they are. */
export function writeZip(parts: readonly (readonly [string, Buffer])[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of parts) {
    const label = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(label.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    pieces.push(marked(localMark), facts, label, bytes);
    directory.push(marked(entryMark), Buffer.from([20, 0]), facts, place, label);
    at += 4 + facts.length + label.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, ...directory, marked(endMark), end]);
}

function marked(mark: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(mark);
  return bytes;
}
