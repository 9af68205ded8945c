import { fail } from '../../../preload/contract/errors.ts';
import { sha256 } from '../../platform/files/index.ts';
import type { ObjectReader, ObjectWriter } from '../../platform/objects/index.ts';

/** Objects that live as long as the process: for tables that are read once and kept by nobody, such as rows to predict. */
export function createMemoryObjects(): ObjectReader & ObjectWriter {
  const kept = new Map<string, Uint8Array>();
  return {
    has: (digest) => kept.has(digest),
    async get(digest) {
      const bytes = kept.get(digest);
      if (!bytes) throw fail('object-missing', { digest });
      return bytes;
    },
    async put(_, bytes) {
      const digest = sha256(bytes);
      kept.set(digest, bytes);
      return digest;
    },
  };
}
