import {
  decimalSize,
  isDecimal,
  isTextType,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import { decimalText, parseUnits, powerOfTen } from '../snapshot/decimals.ts';
import type { Cell } from '../snapshot/write-snapshot.ts';
import { cellText } from './cells.ts';

const microsPerDay = 86_400_000_000n;

/** A value as another type; undefined when that would lose or make up something. */
export function convertCell(cell: Cell, from: ColumnType, to: ColumnType): Cell | undefined {
  if (cell === null || from === to) return cell;
  if (isTextType(to)) return cellText(from, cell);
  if (isDecimal(to)) return toUnits(cell, from, decimalSize(to).scale);
  switch (to) {
    case 'float64':
      return toNumber(cell, from);
    case 'int64':
      return toWhole(cell, from);
    case 'bool':
      return toTruth(cell, from);
    default:
      return toMoment(cell, from, to);
  }
}

function toNumber(cell: Cell, from: ColumnType): number | undefined {
  if (from === 'bool') return Number(cell);
  if (from === 'int64') {
    const value = Number(cell);
    return BigInt(value) === cell ? value : undefined;
  }
  if (isDecimal(from)) return decimalNumber(BigInt(String(cell)), decimalSize(from).scale);
  if (!isTextType(from)) return undefined;
  const text = String(cell).trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** The nearest double, where rounding it to the decimal's places gives the decimal again. */
function decimalNumber(units: bigint, scale: number): number | undefined {
  const value = Number(`${units}e${-scale}`);
  return scale <= 100 && value.toFixed(scale) === decimalText(units, scale) ? value : undefined;
}

function toUnits(cell: Cell, from: ColumnType, scale: number): bigint | undefined {
  if (from === 'int64') return BigInt(String(cell)) * powerOfTen(scale);
  if (from === 'float64' || isTextType(from)) return parseUnits(String(cell).trim(), scale);
  if (!isDecimal(from)) return undefined;
  return parseUnits(cellText(from, cell) ?? '', scale);
}

function toWhole(cell: Cell, from: ColumnType): bigint | undefined {
  if (from === 'bool') return cell === true ? 1n : 0n;
  if (from === 'float64') return Number.isSafeInteger(cell) ? BigInt(Number(cell)) : undefined;
  if (isDecimal(from)) {
    const unit = powerOfTen(decimalSize(from).scale);
    const units = BigInt(String(cell));
    const rounded = units % unit === 0n ? units / unit : undefined;
    return rounded !== undefined && BigInt.asIntN(64, rounded) === rounded ? rounded : undefined;
  }
  if (!isTextType(from) || !/^\s*[+-]?\d+\s*$/.test(String(cell))) return undefined;
  const value = BigInt(String(cell).trim().replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function toTruth(cell: Cell, from: ColumnType): boolean | undefined {
  const text = isTextType(from) || from === 'int64' || from === 'float64' ? String(cell).toLowerCase() : '';
  return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : undefined;
}

const isoForm =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6})0*)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Dates and times from each other where nothing is lost, and from ISO 8601 text. */
function toMoment(cell: Cell, from: ColumnType, to: ColumnType): Cell | undefined {
  if (isTextType(from)) return momentOf(String(cell), to);
  if (from === 'date' && to === 'timestamp') return BigInt(Number(cell)) * microsPerDay;
  if (from === 'timestamp' && to === 'date') {
    const micros = BigInt(String(cell));
    return micros % microsPerDay === 0n ? Number(micros / microsPerDay) : undefined;
  }
  return undefined;
}

/** An ISO 8601 text as days or microseconds since 1970-01-01; undefined when it isn't one of this type. */
export function momentOf(text: string, type: ColumnType): Cell | undefined {
  const match = isoForm.exec(text);
  if (!match) return undefined;
  const [, day = '', clock, fraction = '', zone] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes February 30th for March 1st.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  if (type === 'date') return clock === undefined ? midnight / 86_400_000 : undefined;
  if ((zone !== undefined) !== (type === 'timestamptz')) return undefined;
  const wide =
    zone === undefined
      ? 'Z'
      : zone.length === 3
        ? `${zone}:00`
        : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = Date.parse(`${day}T${(clock ?? '00:00').padEnd(8, ':00')}${wide}`);
  return Number.isNaN(instant) ? undefined : BigInt(instant) * 1000n + BigInt(fraction.padEnd(6, '0') || 0);
}
