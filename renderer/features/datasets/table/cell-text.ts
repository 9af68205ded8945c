import { decimalSize, isDecimal, type ColumnType } from '../../../../preload/contract/column-types.ts';
import { decimalText, unitsOfWords } from '../../../../preload/contract/decimals.ts';
import { formatNumber } from '../../../ui/text/format.ts';
import { textOf } from '../../../ui/text/text-of.ts';
import { locale } from '../../../ui/text/words.ts';
import { words } from './words.ts';

export interface CellText {
  readonly text: string;
  /** All of it, where the text is rounded. */
  readonly full: string;
}

/** What a cell shows for a value of an Arrow vector; null for a missing one. */
export function cellText(value: unknown, type: ColumnType, decimals = 4): CellText | null {
  if (value === null || value === undefined) return null;
  if (type === 'bool') return { text: value ? words.yes : words.no, full: String(Boolean(value)) };
  if (typeof value === 'bigint') return { text: formatOf(0).format(value), full: `${value}` };
  if (type === 'float64' || type === 'int64') {
    return { text: decimal(Number(value), type === 'int64' ? 0 : decimals), full: textOf(value) };
  }
  if (isDecimal(type)) {
    const full = exactText(value, type);
    const [whole = '', places] = full.split('.');
    const sign = whole.startsWith('-') ? '-' : '';
    const grouped = formatOf(0).format(BigInt(whole.replace('-', '')));
    return { text: `${sign}${grouped}${places === undefined ? '' : `${decimalMark}${places}`}`, full };
  }
  return same(exactText(value, type));
}

/** A value in full, as it is copied: numbers with a point and no groups, moments in ISO form. */
export function exactText(value: unknown, type: ColumnType): string {
  if (isDecimal(type)) return decimalOf(value, decimalSize(type).scale);
  if (type === 'date') return iso(value).slice(0, 10);
  if (type === 'timestamp') return moment(value);
  if (type === 'timestamptz') return `${moment(value)}Z`;
  return textOf(value);
}

/** Digits after the point that a column of numbers needs: those of its values, but at most six that tell anything. */
export function decimalsOf(values: Iterable<unknown>): number {
  let digits = 0;
  let largest = 0;
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    if (digits < 17) digits = Math.max(digits, digitsOf(value));
  }
  const whole = largest >= 1 ? Math.floor(Math.log10(largest)) + 1 : 0;
  return Math.max(0, Math.min(digits, 7 - whole, 6));
}

function digitsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return fraction.length - Number(exponent);
}

const formats = new Map<number, Intl.NumberFormat>();

/** Making a format takes a hundred times as long as using it. */
function formatOf(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(decimals, format);
  return format;
}

function decimal(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e15 || (size !== 0 && size < 10 ** -decimals / 2))
    return formatNumber(value);
  return formatOf(decimals).format(value);
}

/** The locale's mark before the places. */
const decimalMark = (0.5).toLocaleString(locale).replace(/\d/g, '');

/** A decimal of an Arrow vector with all its places. */
function decimalOf(value: unknown, scale: number): string {
  return value instanceof Uint32Array ? decimalText(unitsOfWords(value), scale) : textOf(value);
}

function same(text: string): CellText {
  return { text, full: text };
}

/** Milliseconds with the microseconds as their fraction, as Arrow's vectors give moments, to the last digit that is not 0 in threes. */
function moment(value: unknown): string {
  const micros = Math.round(Number(value) * 1000);
  const milliseconds = Math.floor(micros / 1000);
  const rest = micros - milliseconds * 1000;
  const text = iso(milliseconds).replace('T', ' ').replace('Z', '');
  return rest === 0 ? text.replace(/\.000$/, '') : text + String(rest).padStart(3, '0');
}

function iso(value: unknown): string {
  const time = value instanceof Date ? value.getTime() : Number(value);
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
