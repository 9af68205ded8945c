import type { ColumnType } from '../../../preload/contract/datasets.ts';
import type { Operand } from './condition.ts';

/** What a column's values are called where one was expected. */
export const expectedValue: Readonly<Record<ColumnType, string>> = {
  bool: 'true or false',
  int64: 'a number',
  float64: 'a number',
  utf8: 'a text',
  date: 'a date such as 2024-01-31',
  timestamp: 'a moment such as "2024-01-31 13:05:00"',
  timestamptz: 'a moment such as "2024-01-31 13:05:00Z"',
};

/** A written value as one of the column's type; undefined when it is none. */
export function parseValue(text: string, type: ColumnType): Operand | undefined {
  switch (type) {
    case 'utf8':
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
    default:
      return parseMoment(text, type === 'timestamptz');
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
