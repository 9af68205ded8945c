import { decimalSize, isDecimal } from '../../../../preload/contract/column-types.ts';
import { clockText } from '../../importing/cells.ts';
import { appendCell, writeWide } from '../../snapshot/append-cell.ts';
import { float64Values, int64Values } from '../../snapshot/block.ts';
import { powerOfTen } from '../../snapshot/decimals.ts';
import type { ColumnBuilder } from '../../snapshot/column-builder.ts';
import type { Part } from './batches.ts';
import type { Layout } from './types.ts';

/** A value that can't be kept: its row in the batch, and why. */
export class ValueFault extends Error {
  readonly row: number;

  constructor(row: number, reason: string) {
    super(reason);
    this.row = row;
  }
}

type Numeric = Exclude<Layout, { readonly kind: 'null' | 'bool' | 'view' | 'text' | 'none' }>;
interface Span {
  readonly from: number;
  readonly to: number;
  /** The builder's first new row; which rows are present is known already. */
  readonly start: number;
}

/** Everything that has a fixed width, but bits. Leaves the builder's length alone. */
export async function readNumbers(
  layout: Numeric,
  values: Part,
  builder: ColumnBuilder,
  span: Span,
): Promise<void> {
  const width = layout.kind === 'timestamp' ? 8 : layout.bytes;
  const { from, to, start } = span;
  const bytes = await values.read(from * width, (to - from) * width);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const each = (put: (i: number, at: number) => void): void => {
    for (let i = 0, at = start; i < to - from; i++, at++) if (builder.present[at] === 1) put(i, at);
  };
  switch (layout.kind) {
    case 'integer':
      if (layout.bytes === 8 && layout.signed) builder.int64.set(int64Values(bytes, to - from), start);
      else
        each((i, at) => {
          const value = readInteger(view, layout, i);
          if (value > 0x7fffffffffffffffn)
            throw new ValueFault(
              from + i,
              `${value} is more than 9223372036854775807, the largest whole number that is kept`,
            );
          builder.int64[at] = value;
        });
      return;
    case 'float':
      if (layout.bytes === 8) builder.float64.set(float64Values(bytes, to - from), start);
      else if (layout.bytes === 4) each((i, at) => (builder.float64[at] = view.getFloat32(4 * i, true)));
      else each((i, at) => (builder.float64[at] = half(view.getUint16(2 * i, true))));
      return;
    case 'decimal': {
      const most = isDecimal(builder.type) ? powerOfTen(decimalSize(builder.type).precision) : 0n;
      each((i, at) => {
        const unscaled = wideInteger(view, i, layout.bytes);
        if (layout.whole) builder.int64[at] = BigInt.asIntN(64, unscaled);
        else if (isDecimal(builder.type)) {
          if (unscaled >= most || unscaled <= -most)
            throw new ValueFault(from + i, 'a decimal with more digits than its type has');
          writeWide(builder, at, unscaled);
        } else builder.float64[at] = Number(`${unscaled}e${-layout.scale}`);
      });
      return;
    }
    case 'date':
      if (layout.bytes === 4) each((i, at) => (builder.int32[at] = view.getInt32(4 * i, true)));
      else
        each((i, at) => {
          const days = Number(view.getBigInt64(8 * i, true)) / 86_400_000;
          if (days !== (days | 0)) throw new ValueFault(from + i, 'a date that is no whole day');
          builder.int32[at] = days;
        });
      return;
    case 'timestamp':
      if (layout.perSecond === 1_000_000n) builder.int64.set(int64Values(bytes, to - from), start);
      else
        each(
          (i, at) =>
            (builder.int64[at] = toMicros(view.getBigInt64(8 * i, true), layout.perSecond, from + i)),
        );
      return;
    case 'time':
      readTimes(layout, view, builder, span);
  }
}

export function readInteger(
  view: DataView,
  { bytes, signed }: { bytes: 1 | 2 | 4 | 8; signed: boolean },
  i: number,
): bigint {
  switch (bytes) {
    case 1:
      return BigInt(signed ? view.getInt8(i) : view.getUint8(i));
    case 2:
      return BigInt(signed ? view.getInt16(2 * i, true) : view.getUint16(2 * i, true));
    case 4:
      return BigInt(signed ? view.getInt32(4 * i, true) : view.getUint32(4 * i, true));
    default:
      return signed ? view.getBigInt64(8 * i, true) : view.getBigUint64(8 * i, true);
  }
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Two's complement of up to 256 bits, low bytes first. */
function wideInteger(view: DataView, i: number, bytes: number): bigint {
  if (bytes === 4) return BigInt(view.getInt32(4 * i, true));
  let value = view.getBigInt64(bytes * i + bytes - 8, true);
  for (let at = bytes - 16; at >= 0; at -= 8)
    value = (value << 64n) | view.getBigUint64(bytes * i + at, true);
  return value;
}

function toMicros(value: bigint, perSecond: bigint, row: number): bigint {
  if (perSecond > 1_000_000n) {
    const finer = perSecond / 1_000_000n;
    if (value % finer !== 0n)
      throw new ValueFault(row, 'a time finer than a microsecond, which cannot be kept');
    return value / finer;
  }
  const micros = value * (1_000_000n / perSecond);
  if (BigInt.asIntN(64, micros) !== micros) throw new ValueFault(row, 'a time out of range');
  return micros;
}

/** Times of day as texts: `09:30:00`, with as many digits of the second as there are. */
function readTimes(
  { bytes, perSecond }: { readonly bytes: 4 | 8; readonly perSecond: bigint },
  view: DataView,
  builder: ColumnBuilder,
  { from, to, start }: Span,
): void {
  const before = builder.length;
  for (let i = 0; i < to - from; i++) {
    let text: string | null = null;
    if (builder.present[start + i] === 1) {
      const value = bytes === 4 ? BigInt(view.getInt32(4 * i, true)) : view.getBigInt64(8 * i, true);
      if (value < 0n || value >= 86_400n * perSecond)
        throw new ValueFault(from + i, 'a time of day out of range');
      text = timeText(value, perSecond);
    }
    appendCell(builder, text);
  }
  builder.length = before;
}

function timeText(value: bigint, perSecond: bigint): string {
  const clock = clockText(Number(value / perSecond));
  const digits = String(perSecond).length - 1;
  const rest = String(value % perSecond)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return rest === '' ? clock : `${clock}.${rest}`;
}
