import { fail } from '../../../../preload/contract/errors.ts';
import { asciiText } from './values.ts';

/** A point on the calendar as read: days and seconds count from 1970-01-01T00:00 local or, with a zone, UTC. */
export interface Moment {
  days: number;
  /** Seconds of the day; with a zone it may lie outside 0 ... 86399, the offset being taken off. */
  seconds: number;
  micros: number;
  hasTime: boolean;
  hasZone: boolean;
}

/** Reads one text into `moment`; false when it isn't of the form. */
export type MomentReader = (bytes: Uint8Array, start: number, end: number, moment: Moment) => boolean;

export function emptyMoment(): Moment {
  return { days: 0, seconds: 0, micros: 0, hasTime: false, hasZone: false };
}

/** Microseconds since 1970-01-01T00:00; beyond 2^53 not exact, so use it below that only. */
export function microsOf({ days, seconds, micros }: Moment): number {
  return (days * 86_400 + seconds) * 1e6 + micros;
}

export function exactMicrosOf({ days, seconds, micros }: Moment): bigint {
  return BigInt(days * 86_400 + seconds) * 1_000_000n + BigInt(micros);
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms",
 * days_from_civil); NaN for a day that doesn't exist.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `2024-02-29`, the short way for the commonest form; NaN for anything else. */
export function parseIsoDate(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 10 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return Number.NaN;
  return daysFromCivil(digits(bytes, start, 4), digits(bytes, start + 5, 2), digits(bytes, start + 8, 2));
}

const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?))?)?$/i;

/** ISO 8601 dates and times: `2024-02-29`, `2024-02-29 13:05`, `2024-02-29T13:05:59.123456+02:00`. */
export const readIso: MomentReader = (bytes, start, end, moment) => {
  if (end - start > 60) return false;
  const match = isoForm.exec(asciiText(bytes, start, end));
  if (!match) return false;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  return fill(moment, {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    time: hour === undefined ? undefined : [Number(hour), Number(minute), Number(second ?? 0)],
    fraction,
    zone,
  });
};

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: readonly [number, number, number] | undefined;
  readonly fraction: string | undefined;
  readonly zone: string | undefined;
}

function fill(moment: Moment, { year, month, day, time, fraction, zone }: Parts): boolean {
  moment.days = daysFromCivil(year, month, day);
  if (Number.isNaN(moment.days)) return false;
  const [hour, minute, second] = time ?? [0, 0, 0];
  if (hour > 23 || minute > 59 || second > 59) return false;
  // Finer than a microsecond can't be kept, so it is refused rather than cut.
  if (fraction !== undefined && /[^0]/.test(fraction.slice(6))) return false;
  const offset = zone === undefined ? 0 : zoneSeconds(zone);
  if (Number.isNaN(offset)) return false;
  moment.seconds = hour * 3600 + minute * 60 + second - offset;
  moment.micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  moment.hasTime = time !== undefined;
  moment.hasZone = zone !== undefined;
  return true;
}

function zoneSeconds(zone: string): number {
  if (/^(?:z|utc)$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 18 || minutes > 59) return Number.NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What each directive of a format matches. The letters are those of C's strptime. */
const directives: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  b: '(?<b>[a-z]{3})',
  H: '(?<H>\\d{1,2})',
  I: '(?<I>\\d{1,2})',
  p: '(?<p>[ap]m)',
  M: '(?<M>\\d{2})',
  S: '(?<S>\\d{2})',
  f: '(?<f>\\d{1,9})',
  z: '(?<z>Z|[+-]\\d{2}:?\\d{2})',
  '%': '%',
};

/**
 * A reader for a format such as `%d.%m.%Y %H:%M`. %y is 1969 to 2068, as in POSIX. English month names only.
 * Throws `date-format-invalid` for a letter that isn't known, one that comes twice, or a format without a full date.
 */
export function compileFormat(format: string): MomentReader {
  if (format === '%Y-%m-%d' || format === 'iso') return readIso;
  let pattern = '';
  const used: string[] = [];
  for (let i = 0; i < format.length; i++) {
    const letter = format[i] === '%' ? (format[++i] ?? '') : undefined;
    if (letter === undefined) pattern += format[i]!.replace(/[^\w ]/, '\\$&');
    else {
      const piece = directives[letter];
      if (piece === undefined || used.includes(letter)) throw fail('date-format-invalid', { format });
      if (letter !== '%') used.push(letter);
      pattern += piece;
    }
  }
  const has = (letter: string): boolean => used.includes(letter);
  if (
    has('Y') === has('y') ||
    has('m') === has('b') ||
    !has('d') ||
    has('I') !== has('p') ||
    (has('H') && has('I'))
  ) {
    throw fail('date-format-invalid', { format });
  }
  const form = new RegExp(`^${pattern}$`, 'i');
  return (bytes, start, end, moment) => {
    if (end - start > 100) return false;
    const parts = form.exec(asciiText(bytes, start, end))?.groups;
    if (!parts) return false;
    const short = Number(parts['y']);
    const month =
      parts['b'] === undefined ? Number(parts['m']) : months.indexOf(parts['b'].toLowerCase()) + 1;
    const twelve = Number(parts['I']);
    if (has('I') && (twelve < 1 || twelve > 12)) return false;
    const hour = has('I') ? (twelve % 12) + (/p/i.test(parts['p'] ?? '') ? 12 : 0) : Number(parts['H'] ?? 0);
    return fill(moment, {
      year: has('Y') ? Number(parts['Y']) : short + (short >= 69 ? 1900 : 2000),
      month,
      day: Number(parts['d']),
      time: has('H') || has('I') ? [hour, Number(parts['M'] ?? 0), Number(parts['S'] ?? 0)] : undefined,
      fraction: parts['f'],
      zone: parts['z'],
    });
  };
}
