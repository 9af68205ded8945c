import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { systemCode } from '../../platform/files/index.ts';
import type { OpenedBytes } from './open-bytes.ts';

const gzip = [0x1f, 0x8b];
const zstd = [0x28, 0xb5, 0x2f, 0xfd];

export type Packing = 'gzip' | 'zstd';

export function packingOf(head: Uint8Array): Packing | undefined {
  if (gzip.every((byte, i) => head[i] === byte)) return 'gzip';
  return zstd.every((byte, i) => head[i] === byte) ? 'zstd' : undefined;
}

/** Text packs to a tenth, at times to a hundredth; what unpacks to more than this many times its size, and is large, is made to fill disks. */
const mostTimes = 250;
const alwaysFine = 64 * 2 ** 20;
/** As much as is unpacked to look at a file. */
const glanceSize = 8 * 2 ** 20;

class Enough extends Error {}

/**
 * Unpacks a gzip or zstd file into the staging folder under the name it would have unpacked, so that it can be read at
 * any place; with `glance` just the first 8 MB. Throws `file-damaged`, `file-expands`, `cancelled`.
 */
export async function unpackFile(
  { path, name, size }: OpenedBytes,
  packing: Packing,
  {
    staging,
    signal,
    glance,
  }: { readonly staging: string; readonly signal: AbortSignal; readonly glance: boolean },
): Promise<string> {
  const folder = join(staging, 'unpacked');
  await mkdir(folder, { recursive: true });
  const unpacked = join(folder, name.replace(/\.(?:gz|gzip|zst|zstd)$/i, '') || 'data');
  const limit = Math.max(alwaysFine, mostTimes * size);
  let bytes = 0;
  const meter = new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      bytes += piece.length;
      if (bytes > limit) done(fail('file-expands', { path, size, limit }));
      else if (glance && bytes > glanceSize) {
        this.push(piece);
        done(new Enough());
      } else done(null, piece);
    },
  });
  const out = createWriteStream(unpacked, { mode: 0o600 });
  const unpacker = packing === 'gzip' ? createGunzip() : createZstdDecompress();
  try {
    await pipeline(createReadStream(path), unpacker, meter, out, { signal });
  } catch (error) {
    if (error instanceof Enough) return unpacked;
    if (error instanceof Failure) throw error;
    if (signal.aborted) throw fail('cancelled', { what: `reading ${path}` }, error);
    const code = systemCode(error);
    if (code === 'ENOSPC') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw fail('file-damaged', { path, format: packing, reason }, error);
  }
  return unpacked;
}
