import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { EngineProblem } from './problem.ts';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly header: number;
}

/** What was unpacked: path in the engine's folder, with content hash and size. */
export type Unpacked = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

/** SHA-256 of a file, streamed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Unpacks the named members of a wheel (a zip file below 4 GB), each streamed, flushed to the disk and hashed on the way.
 * The caller has checked the wheel's own hash; members are taken by exact name, so no path in the wheel is ever followed.
 */
export async function unpackWheel(
  wheel: string,
  files: Readonly<Record<string, string>>,
  folder: string,
): Promise<Unpacked> {
  const file = await open(wheel, 'r');
  try {
    const entries = await readDirectory(file, wheel);
    const unpacked: Record<string, { sha256: string; bytes: number }> = {};
    for (const [from, to] of Object.entries(files)) {
      const entry = entries.get(from);
      if (!entry) throw damaged(wheel, `it does not hold ${from}`);
      unpacked[to] = await unpack(file, wheel, entry, join(folder, to));
    }
    return unpacked;
  } finally {
    await file.close();
  }
}

/** The central directory, by APPNOTE.TXT sections 4.3.12 and 4.3.16 (no zip64: wheels stay far below 4 GB). */
async function readDirectory(file: FileHandle, wheel: string): Promise<Map<string, Entry>> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557), wheel);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > tail.length) throw damaged(wheel, 'it has no zip directory');
  const count = tail.readUInt16LE(end + 10);
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12), wheel);
  const entries = new Map<string, Entry>();
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw damaged(wheel, 'its zip directory is cut short');
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name, {
      name,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      header: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function unpack(
  file: FileHandle,
  wheel: string,
  entry: Entry,
  to: string,
): Promise<{ sha256: string; bytes: number }> {
  const header = await read(file, entry.header, 30, wheel);
  const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (entry.method !== 0 && entry.method !== 8)
    throw damaged(wheel, `${entry.name} is packed by method ${entry.method}, expected 0 or 8`);
  await mkdir(dirname(to), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // An empty range cannot be asked of a read stream.
  const source =
    entry.packed === 0
      ? []
      : createReadStream(wheel, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 });
  const target = createWriteStream(to, { flags: 'wx', mode: 0o644, flush: true });
  if (entry.method === 8) await pipeline(source, createInflateRaw({ chunkSize: 1 << 18 }), measure, target);
  else await pipeline(source, measure, target);
  if (bytes !== entry.size)
    throw damaged(wheel, `${entry.name} has ${bytes} bytes, its directory says ${entry.size}`);
  return { sha256: hash.digest('hex'), bytes };
}

async function read(file: FileHandle, at: number, length: number, wheel: string): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead !== length) throw damaged(wheel, 'it is cut short');
  return buffer;
}

function damaged(wheel: string, why: string): EngineProblem {
  return new EngineProblem(`the wheel ${wheel} cannot be unpacked: ${why}`, 'run `npm run engines` again');
}
