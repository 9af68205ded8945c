import { open, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fail } from '../../../../preload/contract/errors.ts';
import type { TaskContext } from '../../../jobs/index.ts';
import { writtenForms } from './blank-words.ts';
import { isWordByte } from './search.ts';

export interface ScanFilesInput {
  readonly dir: string;
  readonly value: string;
  /** Leaves out what the workspace keeps for itself, and lists the user's own files alone. */
  readonly foreign: boolean;
}

export interface ScanFilesResult {
  readonly files: number;
  readonly bytes: number;
  /** Paths below the folder, with `/`. */
  readonly found: readonly string[];
  /** Folders that hold a bundle's signature, and its text. */
  readonly bundles: readonly { readonly folder: string; readonly signature: string }[];
}

/** Whole numbers below this stand in bytes by chance. */
const tellingNumber = 2 ** 24;
const pieceSize = 1 << 22;
const signatureName = 'model.sig';

/**
 * Reads every byte of every file in a folder and looks for a value: as UTF-8 and UTF-16 text, as JSON writes it, and a large whole number
 * as the 64 bits of an integer or a double.
 */
export async function scanFiles(
  { dir, value, foreign }: ScanFilesInput,
  { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>,
): Promise<ScanFilesResult> {
  const needles = needlesOf(value);
  const paths = await listFiles(dir, foreign);
  const found: string[] = [];
  const bundles: { folder: string; signature: string }[] = [];
  let bytes = 0;
  for (const [at, path] of paths.entries()) {
    if (signal.aborted) throw fail('cancelled', { what: 'the scan' });
    progress(at / paths.length, `reading file ${at + 1} of ${paths.length}`);
    const name = relative(dir, path).split(sep).join('/');
    const read = await scanFile(path, needles);
    if (!read) continue;
    bytes += read.bytes;
    if (read.found) found.push(name);
    if (name.endsWith(`/${signatureName}`) && read.text !== undefined)
      bundles.push({ folder: name.slice(0, -signatureName.length - 1), signature: read.text });
  }
  return { files: paths.length, bytes, found, bundles };
}

interface Needle {
  readonly bytes: Buffer;
  /** Text of one byte each: it must not be a part of a longer word. */
  readonly word: boolean;
}

function needlesOf(value: string): Needle[] {
  const needles: Needle[] = writtenForms([value]).flatMap((text) => [
    { bytes: Buffer.from(text), word: true },
    { bytes: Buffer.from(text, 'utf16le'), word: false },
    { bytes: Buffer.from(text, 'utf16le').swap16(), word: false },
  ]);
  const number = Number(value);
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(number) && Math.abs(number) >= tellingNumber) {
    const double = Buffer.alloc(8);
    double.writeDoubleLE(number);
    const integer = Buffer.alloc(8);
    integer.writeBigInt64LE(BigInt(value));
    needles.push({ bytes: integer, word: false }, { bytes: double, word: false });
  }
  return needles;
}

/** Plain files; links are not followed. */
async function listFiles(dir: string, foreign: boolean): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const [first = ''] = relative(dir, path).split(sep);
      return !(foreign && (first === 'objects' || first === 'staging' || first.startsWith('workspace.')));
    })
    .toSorted();
}

/** Undefined for a file that went meanwhile. */
async function scanFile(
  path: string,
  needles: readonly Needle[],
): Promise<{ bytes: number; found: boolean; text: string | undefined } | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) + 2;
  try {
    let bytes = 0;
    let tail = Buffer.alloc(0);
    let found = false;
    let text: string | undefined;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(pieceSize), 0, pieceSize);
      if (bytesRead === 0) {
        found ||= needles.some((needle) => holds(tail, needle, { first: bytes === tail.length, last: true }));
        return { bytes, found, text };
      }
      const piece = Buffer.concat([tail, buffer.subarray(0, bytesRead)]);
      const first = bytes === 0;
      text = first && path.endsWith(signatureName) ? piece.toString('utf8') : undefined;
      bytes += bytesRead;
      found ||= needles.some((needle) => holds(piece, needle, { first, last: false }));
      tail = Buffer.from(piece.subarray(Math.max(0, piece.length - overlap)));
    }
  } finally {
    await file.close();
  }
}

/** At an inner edge of a piece the byte beyond is not known: the next piece, which overlaps it, tells. */
function holds(
  piece: Buffer,
  { bytes, word }: Needle,
  { first, last }: { readonly first: boolean; readonly last: boolean },
): boolean {
  for (let at = piece.indexOf(bytes); at >= 0; at = piece.indexOf(bytes, at + 1)) {
    const end = at + bytes.length;
    if (!word) return true;
    if ((at === 0 && !first) || (end === piece.length && !last)) continue;
    if (!isWordByte(piece[at - 1]) && !isWordByte(piece[end])) return true;
  }
  return false;
}
