import type { MissingPatterns } from '../../../preload/contract/relations.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { commonest } from '../profile/count-levels.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { blockRows, isPresent } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';

const shownPatterns = 20;
const shownTogether = 50;

/** Which columns are missing together, over all rows: a block of every column that has missing values in memory at a time. */
export async function missingPatterns(
  reader: ObjectReader,
  { columns, rows }: SnapshotManifest,
  signal: AbortSignal,
): Promise<MissingPatterns> {
  const lacking = columns.filter(({ nulls }) => nulls > 0).toSorted((a, b) => b.nulls - a.nulls);
  const width = Math.ceil(lacking.length / 8);
  const patterns = new TextDictionary();
  let counts = new Uint32Array(1024);
  const last = width > 0 ? rows : 0;
  for (let start = 0, index = 0; start < last; start += blockRows, index++) {
    const length = Math.min(blockRows, rows - start);
    const bits = new Uint8Array(length * width);
    for (const [place, column] of lacking.entries()) {
      signal.throwIfAborted();
      if (column.blocks[index]?.nulls === 0) continue;
      const { validity } = await readBlock(reader, column, index);
      const bit = 1 << (place & 7);
      for (let row = 0, at = place >> 3; row < length; row++, at += width)
        if (!isPresent(validity, row)) bits[at] = bits[at]! | bit;
    }
    for (let row = 0, at = 0; row < length; row++, at += width) {
      const code = patterns.add(bits, at, at + width);
      if (code >= counts.length) {
        const larger = new Uint32Array(2 * counts.length);
        larger.set(counts);
        counts = larger;
      }
      counts[code] = counts[code]! + 1;
    }
  }
  const of = (code: number): number[] => {
    const bits = patterns.text(code);
    return lacking.flatMap((_, place) => ((bits[place >> 3]! >> (place & 7)) & 1 ? [place] : []));
  };
  const all = Array.from({ length: patterns.size }, (_, code) => ({ places: of(code), rows: counts[code]! }));
  const complete = lacking.length === 0 ? rows : (all.find(({ places }) => places.length === 0)?.rows ?? 0);
  const some = all.filter(({ places }) => places.length > 0);
  const names = lacking.map(({ name }) => name);
  const top = commonest(
    Uint32Array.from(some, (one) => one.rows),
    shownPatterns,
  );
  return {
    columns: lacking.map(({ name, nulls }) => ({ name, missing: nulls })),
    complete,
    different: some.length,
    patterns: top.map((at) => ({
      columns: some[at]!.places.map((place) => names[place]!),
      rows: some[at]!.rows,
    })),
    together: correlations(
      some,
      lacking.slice(0, shownTogether).map(({ nulls }) => nulls),
      rows,
    ),
  };
}

/** The phi coefficient of being missing, from the rows in which two columns are missing both. */
function correlations(
  patterns: readonly { readonly places: readonly number[]; readonly rows: number }[],
  missing: readonly number[],
  rows: number,
): (number | null)[][] {
  const both = missing.map(() => new Float64Array(missing.length));
  for (const { places, rows: count } of patterns) {
    const shown = places.filter((place) => place < missing.length);
    for (const i of shown) for (const j of shown) both[i]![j] = both[i]![j]! + count;
  }
  return missing.map((a, i) =>
    missing.map((b, j) => {
      const spread = Math.sqrt(a * (rows - a)) * Math.sqrt(b * (rows - b));
      return spread > 0 ? (rows * both[i]![j]! - a * b) / spread : null;
    }),
  );
}
