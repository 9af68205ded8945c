import type { ImportOptions } from '../../../../preload/contract/import-options.ts';
import { fail } from '../../../../preload/contract/errors.ts';
import type { OpenedFile } from './open-file.ts';
import { recordLimit } from './batches.ts';
import { detectEncoding, knownEncoding, markLength, type DetectedEncoding } from './encoding.ts';

/** Parts of a file, as UTF-8, to find out what it is. */
export interface FileSample {
  readonly encoding: DetectedEncoding;
  /** From the first byte of text. */
  readonly head: Uint8Array;
  /** The head is the whole text. */
  readonly complete: boolean;
  /** From places spread over the rest; each begins after a line end and ends anywhere. */
  readonly windows: readonly Uint8Array[];
}

const headSize = 192 * 1024;
const windowSize = 16 * 1024;
const windowCount = 12;

export async function readSample(
  file: OpenedFile,
  encodingName: ImportOptions['encoding'],
): Promise<FileSample> {
  const head = await firstLines(file);
  const complete = file.size <= head.length;
  const raw: Uint8Array[] = [];
  if (!complete) {
    for (let i = 1; i <= windowCount; i++) {
      const at = Math.floor((i / (windowCount + 1)) * file.size);
      raw.push(await piece(file, Math.max(head.length, at - (at % 2)), windowSize));
    }
  }
  const asked = encodingName === undefined ? undefined : knownEncoding(encodingName);
  const encoding = asked
    ? { encoding: asked, mark: markLength(head, asked), note: undefined }
    : detectEncoding([head, ...raw], complete);
  return {
    encoding,
    head: headToUtf8(head.subarray(encoding.mark), encoding.encoding, complete, file.path),
    complete,
    windows: raw.map((bytes) => fromLineStart(toUtf8(bytes, encoding.encoding))),
  };
}

/** The beginning, and as much more as the first two lines need: a thousand columns with long names fill it. */
async function firstLines(file: OpenedFile): Promise<Uint8Array> {
  let size = headSize;
  for (;;) {
    const head = await piece(file, 0, size);
    const first = head.indexOf(10);
    const isWhole = first >= 0 && head.includes(10, first + 1);
    if (isWhole || head.length < size || size >= recordLimit) return head;
    size = Math.min(recordLimit, size * 4);
  }
}

async function piece(file: OpenedFile, at: number, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, Math.min(size, file.size - at)));
  const { bytesRead } = await file.handle.read(bytes, 0, bytes.length, at);
  return bytes.subarray(0, bytesRead);
}

/** What can't be read at the very head is the wrong encoding. */
function headToUtf8(bytes: Uint8Array, encoding: string, complete: boolean, path: string): Uint8Array {
  if (encoding === 'utf-8') return bytes;
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: !complete,
    });
    return new TextEncoder().encode(text);
  } catch (error) {
    throw fail('csv-encoding', { path, encoding, where: 'its first lines' }, error);
  }
}

/** Damage further on is left to the import, which names it. */
function toUtf8(bytes: Uint8Array, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return bytes;
  return new TextEncoder().encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes));
}

function fromLineStart(bytes: Uint8Array): Uint8Array {
  const at = bytes.includes(10) ? bytes.indexOf(10) : bytes.indexOf(13);
  return at < 0 ? new Uint8Array() : bytes.subarray(at + 1);
}
