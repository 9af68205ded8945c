import type { ColumnSummary, ColumnType } from '../../../preload/contract/datasets.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { int32Values, isPresent, type Block } from '../snapshot/block.ts';
import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';
import { writeNumbers } from './block-numbers.ts';
import { summariseNumbers } from './number-summary.ts';
import { readBlocks } from './read-columns.ts';
import { TextDictionary } from './text-dictionary.ts';

/** Distinct texts are counted exactly up to here, and up to so many bytes of them. */
const distinctLimit = 1_000_000;
const distinctBytes = 128 * 2 ** 20;
const topCount = 10;

export interface SummariseContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((fraction: number, message: string) => void) | undefined;
}

/** What there is to know about every column at a glance, one column in memory at a time. */
export async function summarise(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  { signal, progress }: SummariseContext = {},
): Promise<ColumnSummary[]> {
  const summaries: ColumnSummary[] = [];
  for (const [index, column] of manifest.columns.entries()) {
    progress?.(index / manifest.columns.length, `column "${column.name}"`);
    summaries.push(
      column.type === 'utf8'
        ? await summariseText(reader, column, manifest.rows, signal)
        : await summariseValues(reader, column, column.type, manifest.rows, signal),
    );
  }
  return summaries;
}

async function summariseValues(
  reader: ObjectReader,
  column: ManifestColumn,
  type: Exclude<ColumnType, 'utf8'>,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<ColumnSummary> {
  const values = new Float64Array(rows - column.nulls);
  const scratch = new Float64Array(65_536);
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    if (block.nulls === 0) {
      writeNumbers(block, values, at);
      at += block.rows;
      continue;
    }
    writeNumbers(block, scratch, 0);
    for (let row = 0; row < block.rows; row++) {
      if (isPresent(block.validity, row)) values[at++] = scratch[row]!;
    }
  }
  // Milliseconds are what every chart and Date understands.
  if (type === 'timestamp' || type === 'timestamptz')
    values.forEach((micros, i) => (values[i] = micros / 1000));
  const { distinct, numeric, histogram } = summariseNumbers(values, type === 'float64');
  const truths = type === 'bool' ? countTruths(values) : undefined;
  return {
    name: column.name,
    type,
    count: rows,
    missing: column.nulls,
    distinct,
    distinctAtLeast: false,
    numeric: truths ? null : numeric,
    histogram: truths ? [] : histogram,
    top: truths ?? [],
  };
}

function countTruths(values: Float64Array): { value: string; count: number }[] {
  let yes = 0;
  for (const value of values) yes += value;
  const counts = [
    { value: 'true', count: yes },
    { value: 'false', count: values.length - yes },
  ];
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

async function summariseText(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<ColumnSummary> {
  const dictionary = new TextDictionary();
  let counts = new Int32Array(1024);
  let full = false;
  const count = (block: Block): void => {
    const offsets = int32Values(block.values, block.rows + 1);
    for (let row = 0; row < block.rows && !full; row++) {
      if (!isPresent(block.validity, row)) continue;
      const code = dictionary.add(block.text, offsets[row]!, offsets[row + 1]!);
      if (code >= counts.length) {
        const larger = new Int32Array(counts.length * 2);
        larger.set(counts);
        counts = larger;
      }
      counts[code] = counts[code]! + 1;
      full = dictionary.size >= distinctLimit || dictionary.byteLength >= distinctBytes;
    }
  };
  for await (const block of readBlocks(reader, column, signal)) {
    count(block);
    if (full) break;
  }
  return {
    name: column.name,
    type: 'utf8',
    count: rows,
    missing: column.nulls,
    distinct: dictionary.size,
    distinctAtLeast: full,
    numeric: null,
    histogram: [],
    top: full ? [] : topTexts(dictionary, counts),
  };
}

/** The commonest texts; of equally common ones the first in byte order. */
function topTexts(dictionary: TextDictionary, counts: Int32Array): { value: string; count: number }[] {
  const order = Array.from(dictionary.sorted());
  const texts = dictionary.texts();
  return order
    .toSorted((a, b) => counts[b]! - counts[a]!)
    .slice(0, topCount)
    .map((code) => ({ value: texts[code]!, count: counts[code]! }));
}
