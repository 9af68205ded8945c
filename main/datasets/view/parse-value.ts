import {
  decimalSize,
  isDecimal,
  typeKind,
  type ColumnType,
  type DecimalType,
  type TypeKind,
} from '../../../preload/contract/column-types.ts';
import { parseUnits } from '../snapshot/decimals.ts';
import type { Operand } from './condition.ts';

const expectedOfKind: Readonly<Record<TypeKind, string>> = {
  bool: 'true or false',
  int64: 'a number',
  float64: 'a number',
  decimal: 'a number',
  utf8: 'a text',
  categorical: 'a text',
  date: 'a date such as 2024-01-31',
  timestamp: 'a moment such as "2024-01-31 13:05:00"',
  timestamptz: 'a moment such as "2024-01-31 13:05:00Z"',
};

/** What a column's values are called where one was expected. */
export function expectedValue(type: ColumnType): string {
  return expectedOfKind[typeKind(type)];
}

/** A written value as one of the column's type; undefined when it is none. */
export function parseValue(text: string, type: ColumnType): Operand | undefined {
  switch (type) {
    case 'utf8':
    case 'categorical':
      return text;
    case 'bool':
      return text === 'true' ? 1 : text === 'false' ? 0 : undefined;
    case 'int64':
    case 'float64':
      return parseNumber(text, type);
    case 'date':
      return parseDate(text);
    case 'timestamp':
    case 'timestamptz':
      return parseMoment(text, type === 'timestamptz');
    default:
      return isDecimal(type) ? parseDecimal(text, type) : text;
  }
}

function parseNumber(text: string, type: 'int64' | 'float64'): Operand | undefined {
  if (type === 'int64' && /^[+-]?\d+$/.test(text)) {
    const whole = BigInt(text.replace(/^\+/, ''));
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const named: Readonly<Record<string, number>> = {
    nan: Number.NaN,
    inf: Infinity,
    infinity: Infinity,
    '-inf': -Infinity,
    '-infinity': -Infinity,
  };
  return Object.hasOwn(named, text.toLowerCase()) ? named[text.toLowerCase()] : undefined;
}

/** In units of the last place: exact where the text has no more places, else a fraction of a unit. */
function parseDecimal(text: string, type: DecimalType): Operand | undefined {
  const { scale } = decimalSize(type);
  const units = parseUnits(text, scale);
  if (units !== undefined) return units;
  const value = parseNumber(text, 'float64');
  return value === undefined ? undefined : Number(value) * 10 ** scale;
}

const dayMilliseconds = 86_400_000;

function parseDate(text: string): number | undefined {
  const days = daysOf(/^([+-]?\d{4,6})-(\d\d)-(\d\d)$/.exec(text));
  return days;
}

function daysOf(parts: RegExpExecArray | null): number | undefined {
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? Math.round(date.getTime() / dayMilliseconds) : undefined;
}

/** Microseconds since 1970-01-01, local or UTC as the column's. */
function parseMoment(text: string, zoned: boolean): bigint | undefined {
  const parts =
    /^([+-]?\d{4,6}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(
      text,
    );
  const days = parseDate(parts?.[1] ?? '');
  if (!parts || days === undefined || (!zoned && parts[6] !== undefined)) return undefined;
  const [hour, minute, second] = [Number(parts[2] ?? 0), Number(parts[3] ?? 0), Number(parts[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(parts[6] ?? '');
  const shift = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const minutes = days * 1440 + hour * 60 + minute - shift;
  return (BigInt(minutes) * 60n + BigInt(second)) * 1_000_000n + BigInt((parts[5] ?? '').padEnd(6, '0'));
}
