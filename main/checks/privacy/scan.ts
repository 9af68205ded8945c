import { isDecimal, isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import type { PersonalColumn } from '../../../preload/contract/privacy.ts';
import { openSnapshot, type ManifestColumn } from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { detectors, maskPlain, type Detector } from '../detectors/index.ts';
import { readTexts } from './cell-texts.ts';
import { wordsOf } from './words-of.ts';

export interface ScanInput {
  readonly manifest: string;
}

export interface ScanResult {
  readonly rows: number;
  readonly columns: readonly PersonalColumn[];
}

/** How sure one is of a column that matches throughout, with and without a name that speaks for it. */
const sureness = {
  format: { named: 1, unnamed: 0.95 },
  checksum: { named: 0.98, unnamed: 0.85 },
  shape: { named: 0.9, unnamed: 0.6 },
} as const;

/** Share of values from which a column is said to hold a kind. */
const least = {
  format: { named: 0.02, unnamed: 0.02 },
  // One number in ten or eleven passes a check digit by chance.
  checksum: { named: 0.3, unnamed: 0.6 },
  shape: { named: 0.4, unnamed: 0.5 },
} as const;

/** Looks at all values; one block of one column is in memory at a time. */
export async function scanTable(
  { manifest: digest }: ScanInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<ScanResult> {
  const manifest = await openSnapshot(reader, digest);
  const columns: PersonalColumn[] = [];
  for (const [at, column] of manifest.columns.entries()) {
    progress(at / manifest.columns.length, `looking at ${column.name}`);
    columns.push(await scanColumn(reader, column, signal));
  }
  return { rows: manifest.rows, columns };
}

interface Tally {
  readonly detector: Detector;
  readonly named: boolean;
  matches: number;
  readonly examples: Set<string>;
}

/** Categories are looked at as texts, decimals as numbers. */
function plainType(type: ColumnType): ColumnType {
  if (isTextType(type)) return 'utf8';
  return isDecimal(type) ? 'float64' : type;
}

async function scanColumn(
  reader: ObjectReader,
  column: ManifestColumn,
  signal: AbortSignal,
): Promise<PersonalColumn> {
  const words = wordsOf(column.name);
  const tallies = detectors
    .map((detector): Tally => ({
      detector,
      named: detector.names.test(words),
      matches: 0,
      examples: new Set(),
    }))
    .filter(({ detector: { types = ['utf8', 'int64'] } }) => types.includes(plainType(column.type)))
    .filter(({ detector, named }) => named || detector.onlyNamed !== true);
  let values = 0;
  if (tallies.length > 0) {
    for await (const texts of readTexts(reader, column, signal)) values += tallyBlock(tallies, texts);
  }
  const found = tallies
    .map((tally) => ({ ...tally, confidence: confidenceOf(tally, values) }))
    .filter(({ confidence }) => confidence > 0)
    .toSorted((a, b) => b.confidence - a.confidence);
  const [best, ...rest] = found;
  return {
    name: column.name,
    type: column.type,
    kind: best?.detector.id ?? null,
    title: best?.detector.title ?? null,
    confidence: best?.confidence ?? 0,
    matches: best?.matches ?? 0,
    values,
    examples: [...(best?.examples ?? [])],
    named: best?.named ?? false,
    others: rest.map(({ detector, confidence, matches }) => ({ kind: detector.id, confidence, matches })),
  };
}

/** Each different text of a block is looked at once. */
function tallyBlock(tallies: readonly Tally[], texts: readonly (string | null)[]): number {
  const counts = new Map<string, number>();
  let values = 0;
  for (const text of texts) {
    const value = text?.trim();
    if (value === undefined || value === '') continue;
    values++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const [value, count] of counts) {
    for (const tally of tallies) {
      const { detector, named, examples } = tally;
      if (!detector.matches(value, named)) continue;
      tally.matches += count;
      if (examples.size < 3) examples.add((detector.mask ?? maskPlain)(value));
    }
  }
  return values;
}

function confidenceOf({ detector: { proof }, named, matches }: Tally, values: number): number {
  if (values === 0 || matches === 0) return 0;
  const share = matches / values;
  const side = named ? 'named' : 'unnamed';
  return share < least[proof][side] ? 0 : Math.round(share * sureness[proof][side] * 1000) / 1000;
}
