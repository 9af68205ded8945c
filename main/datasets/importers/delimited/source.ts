import { createHash } from 'node:crypto';
import { fail } from '../../../../preload/contract/errors.ts';
import type { Encoding } from './encoding.ts';
import type { OpenedFile } from './open-file.ts';

/** A file's text as UTF-8, piece by piece, whatever its encoding. */
export interface TextSource {
  /** The next bytes, valid until the next call; undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Bytes of the file handed out so far. */
  position(): number;
  /** SHA-256 of the file as it was read; only after the end. */
  digest(): string;
}

const pieceSize = 512 * 1024;

/** Reads ahead by one piece, so that the disk and the parser work at the same time. */
export function createTextSource(file: OpenedFile, encoding: Encoding, mark: number): TextSource {
  const hash = createHash('sha256');
  const decoder =
    encoding === 'utf-8' ? undefined : new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  const buffers = [new Uint8Array(pieceSize), new Uint8Array(pieceSize)];
  let turn = 0;
  let requested = 0;
  let handed = 0;
  let ahead: Promise<Uint8Array> | undefined;
  let ended = false;

  const read = async (): Promise<Uint8Array> => {
    const buffer = buffers[turn]!;
    turn = 1 - turn;
    const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, requested);
    requested += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  const decode = (piece: Uint8Array | undefined): Uint8Array => {
    try {
      return encoder.encode(piece ? decoder?.decode(piece, { stream: true }) : decoder?.decode());
    } catch (error) {
      throw fail('csv-encoding', { path: file.path, encoding, where: `near byte ${handed}` }, error);
    }
  };

  return {
    async next() {
      if (ended) return undefined;
      const raw = await (ahead ?? read());
      ahead = raw.length > 0 ? read() : undefined;
      // A failed read ahead is told by the next call; without this it would be an unhandled rejection until then.
      ahead?.catch(() => undefined);
      if (raw.length === 0) {
        ended = true;
        return decoder ? decode(undefined) : undefined;
      }
      hash.update(raw);
      const piece = handed === 0 ? raw.subarray(mark) : raw;
      const text = decoder ? decode(piece) : piece;
      handed += raw.length;
      return text;
    },
    position: () => handed,
    digest: () => hash.digest('hex'),
  };
}
