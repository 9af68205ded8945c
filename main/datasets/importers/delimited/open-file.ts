import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail } from '../../../../preload/contract/errors.ts';
import { systemCode } from '../../../platform/files/index.ts';

/** A user's file, opened for reading only, that is neither missing, a folder, empty, nor plainly something else than text. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly path: string;
  /** Base name. */
  readonly name: string;
  readonly size: number;
  /** Nanoseconds; to notice that the file was changed while it was read. */
  readonly modified: bigint;
}

export async function openTextFile(path: string): Promise<OpenedFile> {
  const handle = await openForReading(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isDirectory()) throw fail('file-is-folder', { path });
    if (!stats.isFile()) throw fail('file-unreadable', { path, reason: 'it is not a regular file' });
    if (stats.size === 0n) throw fail('file-empty', { path });
    const head = new Uint8Array(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const kind = binaryKind(head.subarray(0, bytesRead));
    if (kind !== undefined) throw fail('file-not-text', { path, looksLike: kind });
    return { handle, path, name: basename(path), size: Number(stats.size), modified: stats.mtimeNs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    // A pipe would be waited for without end; only its kind is looked at below.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw fail('file-not-found', { path }, error);
    if (code === 'EISDIR') throw fail('file-is-folder', { path }, error);
    throw fail('file-unreadable', { path, reason: code ?? String(error) }, error);
  }
}

/** Throws when the file isn't what it was when it was opened. */
export async function refuseChanged(file: OpenedFile): Promise<void> {
  const { size, mtimeNs } = await file.handle.stat({ bigint: true });
  if (Number(size) !== file.size || mtimeNs !== file.modified)
    throw fail('file-changed', { path: file.path });
}

/** First bytes of formats that people take for tables, and of those that get passed by mistake. */
const signatures: readonly (readonly [string, string, number?])[] = [
  ['89504e470d0a1a0a', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['47494638', 'a GIF picture'],
  ['504b0304', 'a zip archive (an Excel workbook is one too)'],
  ['504b0506', 'an empty zip archive'],
  ['1f8b', 'a gzip archive'],
  ['425a68', 'a bzip2 archive'],
  ['fd377a585a00', 'an xz archive'],
  ['28b52ffd', 'a zstd archive'],
  ['377abcaf271c', 'a 7z archive'],
  ['53514c69746520666f726d6174203300', 'an SQLite database'],
  ['4455434b', 'a DuckDB database', 8],
  ['50415231', 'a Parquet file'],
  ['4152524f5731', 'an Arrow file'],
  ['46454131', 'a Feather file'],
  ['4f5243', 'an ORC file'],
  ['894844460d0a1a0a', 'an HDF5 file'],
  ['d0cf11e0a1b11ae1', 'an old Excel or Word document'],
  ['25504446', 'a PDF document'],
  ['7f454c46', 'a program'],
  ['4d5a9000', 'a program'],
];

function binaryKind(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head).toString('hex');
  return signatures.find(([bytes, , at = 0]) => hex.startsWith(bytes, 2 * at))?.[1];
}
