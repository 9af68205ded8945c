import {
  decimalSize,
  isDecimal,
  isTextType,
  type ColumnType,
  type DecimalType,
  type NumberType,
} from '../../../preload/contract/column-types.ts';
import type { ColumnProfile, Monotone } from '../../../preload/contract/column-profile.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { writeNumbers } from '../reading/block-numbers.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { int64Values, isPresent, type Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { decimalText, powerOfTen, wideValue } from '../snapshot/decimals.ts';
import { commonest, countLevels, type Levels } from './count-levels.ts';
import { isDayNumber } from './date-form.ts';
import { createOrderWatch } from './monotone.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileTexts } from './profile-texts.ts';

/** All that is known of a column's values; its name is not among them. */
export type ValuesProfile = Omit<ColumnProfile, 'name' | 'content'>;

const topCount = 10;
/** Fewer rows than these say nothing about being an id. */
const rowsOfIds = 20;
const exact = 2 ** 53;
/** Decimals of so many digits are different doubles. */
const exactDigits = 15;

/**
 * Everything about one column, read block by block. Numbers are held at 8 bytes a row, with 20 more while they are sorted; texts
 * up to a bound (see profile-texts.ts). Throws `cancelled`, and what reading blocks throws.
 */
export async function profileColumn(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  signal?: AbortSignal,
): Promise<ValuesProfile> {
  const { type, nulls: missing } = column;
  const facts = isTextType(type)
    ? await textFacts(reader, column, rows, signal)
    : await numberFacts(reader, column, type, rows, signal);
  const unique = facts.distinct === rows - missing && facts.distinct >= rowsOfIds;
  return {
    type,
    rows,
    missing,
    ...facts,
    constant: facts.distinct === 1,
    likelyId: unique && (type === 'int64' || type === 'utf8') && facts.likelyDate === null,
  };
}

type Facts = Omit<ValuesProfile, 'type' | 'rows' | 'missing' | 'constant' | 'likelyId'>;

async function textFacts(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Facts> {
  const order = createOrderWatch();
  const facts = await profileTexts(reader, column, rows, { signal, watch: (block) => order.texts(block) });
  return { ...facts, monotone: order.found, numeric: null, notFinite: 0, histogram: [] };
}

async function numberFacts(
  reader: ObjectReader,
  column: ManifestColumn,
  type: NumberType,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Facts> {
  const values = new Float64Array(rows - column.nulls);
  const order = createOrderWatch();
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    const from = at;
    at = appendPresent(block, values, at);
    order.numbers(values, from, at);
  }
  // Milliseconds are what every chart and Date understands.
  if (type === 'timestamp' || type === 'timestamptz')
    for (let i = 0; i < values.length; i++) values[i] = values[i]! / 1000;
  const levels = countLevels(values);
  const { numeric, histogram, notFinite } = profileNumbers(levels, type === 'float64' || isDecimal(type));
  const common = { lengths: null, notFinite, monotone: order.found };
  if (type === 'bool') {
    const top = topOf(levels, (value) => String(value === 1));
    return { ...common, distinct: levels.values.length, numeric: null, histogram: [], top, likelyDate: null };
  }
  const wide = type === 'int64' && numeric && (numeric.max >= exact || numeric.min <= -exact);
  const counted =
    isDecimal(type) && decimalSize(type).precision > exactDigits
      ? await countDecimals(reader, column, type, signal)
      : wide
        ? await countWide(reader, column, rows, signal)
        : { distinct: levels.values.length, top: repeated(topOf(levels, writtenAs(type))) };
  const { ends, ...found } = { ends: undefined, ...counted };
  return {
    ...common,
    ...found,
    numeric: numeric && ends ? { ...numeric, exact: ends } : numeric,
    histogram,
    likelyDate: type === 'int64' && isDayNumber(levels.values) ? '%Y%m%d' : null,
  };
}

const scratch = new Float64Array(65_536);

/** Returns the place after the last one written. */
function appendPresent(block: Block, values: Float64Array, at: number): number {
  if (block.nulls === 0) {
    writeNumbers(block, values, at);
    return at + block.rows;
  }
  writeNumbers(block, scratch, 0);
  let next = at;
  for (let row = 0; row < block.rows; row++) {
    if (isPresent(block.validity, row)) values[next++] = scratch[row]!;
  }
  return next;
}

type Top = ColumnProfile['top'];

function topOf({ values, counts }: Levels, written: (value: number) => string): Top {
  return commonest(counts, topCount).map((level) => ({
    value: written(values[level]!),
    count: counts[level]!,
  }));
}

/** Numbers that occur once each have no commonest. */
function repeated(top: Top): Top {
  return top[0] && top[0].count > 1 ? top : [];
}

function writtenAs(type: ColumnType): (value: number) => string {
  if (type === 'date') return (days) => isoOf(days * 86_400_000)?.slice(0, 10) ?? String(days);
  if (isDecimal(type)) return (value) => value.toFixed(decimalSize(type).scale);
  if (type === 'timestamp') return (ms) => isoOf(ms)?.slice(0, -1) ?? String(ms);
  return type === 'timestamptz' ? (ms) => isoOf(ms) ?? String(ms) : String;
}

/** Undefined beyond the years that a Date knows. */
function isoOf(ms: number): string | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

/** What is counted exactly where doubles can't: the smallest and the largest are as they are written. */
interface Counted {
  readonly distinct: number;
  readonly top: Top;
  readonly ends?: { readonly min: string; readonly max: string };
}

/** Whole numbers beyond 2^53, which are no doubles, as they are; with their order. */
async function countWide(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<Counted & { readonly monotone: Monotone | null }> {
  const values = new BigInt64Array(rows - column.nulls);
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    const from = int64Values(block.values, block.rows);
    for (let row = 0; row < block.rows; row++) if (isPresent(block.validity, row)) values[at++] = from[row]!;
  }
  const order = createOrderWatch();
  order.whole(values, 0, values.length);
  values.sort();
  const ends = { min: String(values[0]), max: String(values[values.length - 1]) };
  const counts = new Uint32Array(values.length);
  let level = -1;
  for (let i = 0; i < values.length; i++) {
    if (level < 0 || values[level] !== values[i]) values[++level] = values[i]!;
    counts[level] = counts[level]! + 1;
  }
  const top = commonest(counts.subarray(0, level + 1), topCount);
  return {
    monotone: order.found,
    ends,
    distinct: level + 1,
    top: repeated(top.map((one) => ({ value: String(values[one]), count: counts[one]! }))),
  };
}

/** Decimals that may be no doubles, by their bytes. */
async function countDecimals(
  reader: ObjectReader,
  column: ManifestColumn,
  type: DecimalType,
  signal: AbortSignal | undefined,
): Promise<Counted> {
  const levels = new TextDictionary();
  let counts = new Uint32Array(1024);
  for await (const block of readBlocks(reader, column, signal)) {
    for (let row = 0; row < block.rows; row++) {
      if (!isPresent(block.validity, row)) continue;
      const level = levels.add(block.values, 16 * row, 16 * row + 16);
      if (level >= counts.length) {
        const larger = new Uint32Array(counts.length * 2);
        larger.set(counts);
        counts = larger;
      }
      counts[level] = counts[level]! + 1;
    }
  }
  const valueOf = (level: number): bigint => wideValue(int64Values(levels.text(level).slice(), 2), 0);
  const top = commonest(counts.subarray(0, levels.size), topCount, (a, b) => valueOf(a) < valueOf(b));
  const { scale } = decimalSize(type);
  let [least, greatest] = [0, 0];
  for (let level = 1; level < levels.size; level++) {
    if (valueOf(level) < valueOf(least)) least = level;
    if (valueOf(level) > valueOf(greatest)) greatest = level;
  }
  const most = powerOfTen(exactDigits);
  const isLong = levels.size > 0 && (valueOf(greatest) >= most || valueOf(least) <= -most);
  return {
    ...(isLong
      ? { ends: { min: decimalText(valueOf(least), scale), max: decimalText(valueOf(greatest), scale) } }
      : {}),
    distinct: levels.size,
    top: repeated(top.map((one) => ({ value: decimalText(valueOf(one), scale), count: counts[one]! }))),
  };
}
