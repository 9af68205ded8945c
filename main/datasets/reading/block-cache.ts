import type { ObjectReader } from '../../platform/objects/index.ts';
import type { Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import { readBlock } from './open-snapshot.ts';

/** Blocks read lately, by content, so that scrolling doesn't read and check the same bytes again. */
export interface BlockCache {
  get(reader: ObjectReader, column: ManifestColumn, index: number): Promise<Block>;
}

/** Keeps the most recently used blocks up to `limit` bytes in all. */
export function createBlockCache(limit = 96 * 2 ** 20): BlockCache {
  const kept = new Map<string, Promise<Block>>();
  const sizes = new Map<string, number>();
  let total = 0;

  const forget = (key: string): void => {
    kept.delete(key);
    total -= sizes.get(key) ?? 0;
    sizes.delete(key);
  };
  const shrink = (): void => {
    for (const key of kept.keys()) {
      if (total <= limit) return;
      if (sizes.has(key)) forget(key);
    }
  };

  return {
    async get(reader, column, index) {
      const entry = column.blocks[index];
      const key = `${column.type} ${entry?.object} ${entry?.patch?.part ?? ''} ${entry?.patch?.bases.join() ?? ''}`;
      const known = kept.get(key);
      if (known) {
        // A map keeps the order of insertion: the last is the latest used.
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const reading = readBlock(reader, column, index);
      kept.set(key, reading);
      try {
        const block = await reading;
        const size = block.values.length + block.text.length + (block.validity?.length ?? 0);
        if (kept.get(key) === reading) {
          sizes.set(key, size);
          total += size;
          shrink();
        }
        return block;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
  };
}
