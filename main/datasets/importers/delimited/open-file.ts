import { fail } from '../../../../preload/contract/errors.ts';
import { openBytes, readAt, type OpenedBytes } from '../../importing/open-bytes.ts';

export { refuseChanged } from '../../importing/open-bytes.ts';

/** A user's file that isn't plainly something else than text. */
export type OpenedFile = OpenedBytes;

export async function openTextFile(path: string): Promise<OpenedFile> {
  const file = await openBytes(path);
  try {
    const kind = binaryKind(await readAt(file, 0, 64));
    if (kind !== undefined) throw fail('file-not-text', { path, looksLike: kind });
    return file;
  } catch (error) {
    await file.handle.close();
    throw error;
  }
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
