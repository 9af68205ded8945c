import { isUtf8 } from 'node:buffer';
import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import type { OpenedFile } from './open-file.ts';

type EncodingName = NonNullable<ImportOptions['encoding']>;
export type Encoding = Exclude<EncodingName, 'latin-1'>;

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly mark: number;
  /** How it was found, when it wasn't certain. */
  readonly note: string | undefined;
}

/** What the names of the contract mean: latin-1 is read as its superset, as every browser does. */
export function knownEncoding(name: EncodingName): Encoding {
  return name === 'latin-1' ? 'windows-1252' : name;
}

/** Length of the byte order mark that `encoding` has at the head of the file. */
export function markLength(head: Uint8Array, encoding: Encoding): number {
  const [a, b, c] = head;
  if (encoding === 'utf-8') return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  if (encoding === 'utf-16le') return a === 0xff && b === 0xfe ? 2 : 0;
  if (encoding === 'utf-16be') return a === 0xfe && b === 0xff ? 2 : 0;
  return 0;
}

/**
 * A byte order mark decides. Without one: UTF-16 when every other byte is mostly zero; UTF-8 when the bytes are valid, or
 * when more of the characters beyond ASCII are valid than not (then the others are damage, and their rows are rejected);
 * otherwise Windows-1252, which holds Latin-1.
 */
export function detectEncoding(pieces: readonly Uint8Array[], complete = false): DetectedEncoding {
  const head = pieces[0] ?? new Uint8Array();
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    const mark = markLength(head, encoding);
    if (mark > 0) return { encoding, mark, note: undefined };
  }
  return detectUnmarked(head, pieces, complete);
}

function detectUnmarked(
  head: Uint8Array,
  pieces: readonly Uint8Array[],
  complete: boolean,
): DetectedEncoding {
  const wide = detectWide(head);
  if (wide)
    return {
      encoding: wide,
      mark: 0,
      note: 'no byte order mark; every other byte is zero, so read as UTF-16',
    };
  let valid = 0;
  let invalid = 0;
  for (const piece of pieces) {
    if (isUtf8(piece)) continue;
    const counts = countSequences(piece, complete);
    valid += counts.valid;
    invalid += counts.invalid;
  }
  return judge(valid, invalid);
}

function judge(valid: number, invalid: number): DetectedEncoding {
  if (invalid === 0 || valid > invalid) return { encoding: 'utf-8', mark: 0, note: undefined };
  return {
    encoding: 'windows-1252',
    mark: 0,
    note: 'not valid UTF-8, so read as Windows-1252 (Western European, Latin-1)',
  };
}

/** The same judgement for a file without a byte order mark, from all of its bytes. */
export async function detectWholeEncoding({ handle }: Pick<OpenedFile, 'handle'>): Promise<DetectedEncoding> {
  const piece = new Uint8Array(2 ** 20);
  let valid = 0;
  let invalid = 0;
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return judge(valid, invalid);
    const bytes = piece.subarray(0, bytesRead);
    if (!isUtf8(bytes)) {
      const counts = countSequences(bytes);
      valid += counts.valid;
      invalid += counts.invalid;
    }
    at += bytesRead;
  }
}

function detectWide(head: Uint8Array): Encoding | undefined {
  const pairs = Math.min(head.length, 4096) >> 1;
  if (pairs < 4) return undefined;
  let low = 0;
  let high = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) low++;
    if (head[2 * i + 1] === 0) high++;
  }
  if (high > 0.7 * pairs && low === 0) return 'utf-16le';
  if (low > 0.7 * pairs && high === 0) return 'utf-16be';
  return undefined;
}

/**
 * Whole multi-byte sequences of UTF-8, and bytes above 127 that belong to none; cut sequences at both ends count as neither, but at
 * the end of the text as the latter.
 */
export function countSequences(bytes: Uint8Array, isEnd = false): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  let at = 0;
  while (at < bytes.length && (bytes[at]! & 0xc0) === 0x80 && at < 3) at++;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const length =
      byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    if (!isEnd && at + length > bytes.length && isContinued(bytes, at + 1)) break;
    if (length > 0 && isUtf8(bytes.subarray(at, at + length))) {
      valid++;
      at += length;
    } else {
      invalid++;
      at++;
    }
  }
  return { valid, invalid };
}

/** Whether all that is left goes on with a character. */
function isContinued(bytes: Uint8Array, from: number): boolean {
  return bytes.subarray(from).every((byte) => (byte & 0xc0) === 0x80);
}
