import {
  decimalSize,
  isDecimal,
  isOrdered,
  type ColumnType,
} from '../../../../preload/contract/column-types.ts';
import type { ColumnBuilder } from '../../snapshot/column-builder.ts';
import { isLevel, writeWide } from '../../snapshot/append-cell.ts';
import { parseUnits, powerOfTen } from '../../snapshot/decimals.ts';
import { emptyMoment, exactMicrosOf, microsOf, parseIsoDate, type MomentReader } from './moments.ts';
import { isMissing, isMissingText, type NullTokens } from './null-tokens.ts';
import { fieldForm, recordFault, unescapeInto, type RecordBatch } from './records.ts';
import {
  hasLeadingZero,
  parseDecimal,
  parseTruth,
  parseWhole,
  parseWholeSlowly,
  specialNumber,
} from './values.ts';

/** How the texts of one column become values. */
export interface CastRules {
  readonly type: ColumnType;
  readonly nulls: NullTokens;
  /** The decimal mark's byte. */
  readonly point: number;
  readonly moments: MomentReader;
  /** Dates are in the form 2024-02-29, which has a short way. */
  readonly isoDates: boolean;
  /** Whole numbers may not have leading zeros (the type was inferred, not asked for). */
  readonly noLeadingZeros: boolean;
  /** The byte that escapes a quote inside quotes. */
  readonly escape: number;
}

/**
 * Writes column `column` of all records of the batch behind the builder's rows, without counting them in. Records with a
 * value that doesn't fit get `recordFault.value`; the caller takes them out and casts again.
 */
export type Cast = (batch: RecordBatch, column: number, builder: ColumnBuilder) => void;

export function createCast(rules: CastRules): Cast {
  switch (rules.type) {
    case 'utf8':
    case 'categorical':
      return (batch, column, builder) => castText(batch, column, builder, rules);
    case 'float64':
      return (batch, column, builder) => castDecimal(batch, column, builder, rules);
    case 'int64':
      return (batch, column, builder) => castWhole(batch, column, builder, rules);
    case 'bool':
      return (batch, column, builder) => castTruth(batch, column, builder, rules);
    case 'date':
      return (batch, column, builder) => castDate(batch, column, builder, rules);
    case 'timestamp':
    case 'timestamptz':
      return (batch, column, builder) => castTimestamp(batch, column, builder, rules);
    default:
      return isDecimal(rules.type)
        ? (batch, column, builder) => castExact(batch, column, builder, rules)
        : (batch, column, builder) => castLevel(batch, column, builder, rules);
  }
}

function misfit(batch: RecordBatch, row: number, column: number): void {
  if (batch.faults[row] !== recordFault.none) return;
  batch.faults[row] = recordFault.value;
  batch.faultColumns[row] = column;
  batch.faulty++;
}

function castDecimal(
  batch: RecordBatch,
  column: number,
  builder: ColumnBuilder,
  { nulls, point }: CastRules,
): void {
  const { bytes, starts, ends, width, count } = batch;
  const { present, float64: values, length } = builder;
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    if (isMissing(batch, index, nulls)) {
      present[at] = 0;
      values[at] = 0;
      continue;
    }
    const start = starts[index]!;
    const end = ends[index]!;
    let value = parseDecimal(bytes, start, end, point);
    if (value !== value) {
      const special = specialNumber(bytes, start, end);
      if (special === undefined) misfit(batch, row, column);
      else value = special;
    }
    present[at] = 1;
    values[at] = value;
  }
}

/** Decimals, digit by digit: one with more digits or places than the type has does not fit. */
function castExact(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  if (!isDecimal(rules.type)) return;
  const { bytes, starts, ends, width, count } = batch;
  const { present, length } = builder;
  const { precision, scale } = decimalSize(rules.type);
  const most = powerOfTen(precision);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    const missing = isMissing(batch, index, rules.nulls);
    present[at] = missing ? 0 : 1;
    let units: bigint | undefined = 0n;
    if (!missing) {
      const written = text.toString('latin1', starts[index], ends[index]).trim();
      const number = rules.point === 44 ? written.replace('.', 'x').replace(',', '.') : written;
      units = parseUnits(number, scale);
      if (units === undefined || units >= most || units <= -most) {
        misfit(batch, row, column);
        units = 0n;
      }
    }
    writeWide(builder, at, units);
  }
}

const decoder = new TextDecoder();

/** Texts that must be levels of ordered categories. */
function castLevel(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  castText(batch, column, builder, rules);
  const { type } = rules;
  const { present, int32: offsets, text, length } = builder;
  if (!isOrdered(type)) return;
  for (let row = 0, at = length; row < batch.count; row++, at++) {
    if (present[at] === 0) continue;
    if (!isLevel(type, decoder.decode(text.subarray(offsets[at], offsets[at + 1]))))
      misfit(batch, row, column);
  }
}

function castWhole(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  const { bytes, starts, ends, width, count } = batch;
  const { present, int32: halves, int64, length } = builder;
  const { nulls, noLeadingZeros } = rules;
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    if (isMissing(batch, index, nulls)) {
      present[at] = 0;
      halves[2 * at] = halves[2 * at + 1] = 0;
      continue;
    }
    const start = starts[index]!;
    const end = ends[index]!;
    present[at] = 1;
    if (noLeadingZeros && hasLeadingZero(bytes, start, end)) misfit(batch, row, column);
    const value = parseWhole(bytes, start, end);
    if (value === value) setInt64(halves, at, value);
    else {
      const exact = parseWholeSlowly(bytes, start, end);
      if (typeof exact === 'bigint') int64[at] = exact;
      else misfit(batch, row, column);
    }
  }
}

/** A whole number below 2^53 as two's complement in two halves. */
function setInt64(halves: Int32Array, at: number, value: number): void {
  const high = Math.floor(value / 4_294_967_296);
  halves[2 * at] = value - high * 4_294_967_296;
  halves[2 * at + 1] = high;
}

function castTruth(batch: RecordBatch, column: number, builder: ColumnBuilder, { nulls }: CastRules): void {
  const { bytes, starts, ends, width, count } = batch;
  const { present, flags, length } = builder;
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    const missing = isMissing(batch, index, nulls);
    const truth = missing ? 0 : parseTruth(bytes, starts[index]!, ends[index]!);
    if (truth < 0) misfit(batch, row, column);
    present[at] = missing ? 0 : 1;
    flags[at] = truth;
  }
}

function castDate(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  const { bytes, starts, ends, width, count } = batch;
  const { present, int32: values, length } = builder;
  const { nulls, moments, isoDates } = rules;
  const moment = emptyMoment();
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    if (isMissing(batch, index, nulls)) {
      present[at] = 0;
      values[at] = 0;
      continue;
    }
    const start = starts[index]!;
    const end = ends[index]!;
    let days = isoDates ? parseIsoDate(bytes, start, end) : Number.NaN;
    if (days !== days && moments(bytes, start, end, moment) && !moment.hasTime) days = moment.days;
    if (days !== days) misfit(batch, row, column);
    present[at] = 1;
    values[at] = days;
  }
}

function castTimestamp(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  const { bytes, starts, ends, width, count } = batch;
  const { present, int32: halves, int64, length } = builder;
  const { nulls, moments } = rules;
  const zoned = rules.type === 'timestamptz';
  const moment = emptyMoment();
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    if (isMissing(batch, index, nulls)) {
      present[at] = 0;
      halves[2 * at] = halves[2 * at + 1] = 0;
      continue;
    }
    present[at] = 1;
    if (!moments(bytes, starts[index]!, ends[index]!, moment) || moment.hasZone !== zoned) {
      misfit(batch, row, column);
      continue;
    }
    const micros = microsOf(moment);
    if (Number.isSafeInteger(micros)) setInt64(halves, at, micros);
    else int64[at] = exactMicrosOf(moment);
  }
}

/** From here on a native copy is quicker than a loop. */
const longText = 64;

function castText(batch: RecordBatch, column: number, builder: ColumnBuilder, rules: CastRules): void {
  const { bytes, starts, ends, forms, width, count, quotes } = batch;
  const { present, int32: offsets, length } = builder;
  const { nulls, escape } = rules;
  let room = 0;
  for (let row = 0, index = column; row < count; row++, index += width) {
    room += ends[index]! - starts[index]!;
  }
  builder.ensureText(room);
  const { text } = builder;
  let to = offsets[length]!;
  for (let row = 0, index = column, at = length; row < count; row++, index += width, at++) {
    if (isMissingText(batch, index, nulls)) {
      present[at] = 0;
    } else {
      const start = starts[index]!;
      const end = ends[index]!;
      present[at] = 1;
      if (quotes && forms[index] === fieldForm.escaped)
        to = unescapeInto(text, to, bytes, start, end, escape);
      else if (end - start >= longText) {
        text.set(bytes.subarray(start, end), to);
        to += end - start;
      } else for (let i = start; i < end; i++) text[to++] = bytes[i]!;
    }
    offsets[at + 1] = to;
  }
}
