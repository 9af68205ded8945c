import type { ObjectReader } from '../../platform/objects/index.ts';

const limit = 24 * 2 ** 20;

/** Objects that neighbouring blocks share (bases of patches, and objects with several patches), by the reader that checked them. */
const shelves = new WeakMap<ObjectReader, Map<string, Promise<Uint8Array>>>();
const sizes = new WeakMap<Promise<Uint8Array>, number>();

/** `reader.get`, remembering a few megabytes of what was read lately. */
export function getShelved(reader: ObjectReader, digest: string): Promise<Uint8Array> {
  const shelf = shelves.get(reader) ?? new Map<string, Promise<Uint8Array>>();
  shelves.set(reader, shelf);
  const known = shelf.get(digest);
  // A map keeps the order of insertion: the last is the latest used.
  shelf.delete(digest);
  const reading = known ?? reader.get(digest);
  shelf.set(digest, reading);
  if (!known) void weigh(shelf, digest, reading);
  return reading;
}

async function weigh(
  shelf: Map<string, Promise<Uint8Array>>,
  digest: string,
  reading: Promise<Uint8Array>,
): Promise<void> {
  try {
    sizes.set(reading, (await reading).byteLength);
    shrink(shelf);
  } catch {
    shelf.delete(digest);
  }
}

function shrink(shelf: Map<string, Promise<Uint8Array>>): void {
  let total = 0;
  for (const reading of shelf.values()) total += sizes.get(reading) ?? 0;
  for (const [digest, reading] of shelf) {
    if (total <= limit) return;
    const size = sizes.get(reading);
    if (size === undefined) continue;
    shelf.delete(digest);
    total -= size;
  }
}
