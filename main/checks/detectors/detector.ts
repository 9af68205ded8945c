import type { ColumnType } from '../../../preload/contract/column-types.ts';

/**
 * A kind of personal data: one file here, one line in the list beside it, and the conformance battery picks it up.
 *
 * A value is given as people write it (`cellText`), trimmed. `named` tells that the column's name speaks for this kind: shapes that
 * many other things have as well (nine digits) count only then.
 *
 * @example
 * export const email = defineDetector({
 *   id: 'email', title: 'email address', proof: 'format', names: /\be ?mail\b/, matches: (value) => pattern.test(value), mask: maskEmail,
 *   samples: ['ann@example.org'], others: ['ann@'],
 * });
 */
export interface Detector {
  readonly id: string;
  /** As in "3 of 4 values are ...": singular, lower case. */
  readonly title: string;
  /**
   * What a match alone says. `format`: nothing else looks like it. `checksum`: a digit in ten or fewer passes by chance, so most of a
   * column has to. `shape`: other things look like it too.
   */
  readonly proof: 'format' | 'checksum' | 'shape';
  /** Fits names of columns, in words: `dateOfBirth`, `date_of_birth` and `Date of birth` are all `date of birth`. */
  readonly names: RegExp;
  /** Types of column it looks at; text and whole numbers when not given. */
  readonly types?: readonly ColumnType[];
  /** Whether only a column of a fitting name is looked at. */
  readonly onlyNamed?: true;
  readonly matches: (value: string, named: boolean) => boolean;
  /** Never the whole value, and never enough of it to find the person. */
  readonly mask?: (value: string) => string;
  /** Values that it must find, in a column of fitting name. */
  readonly samples: readonly string[];
  /** Values that it must not find, whatever the column's name. */
  readonly others: readonly string[];
}

export function defineDetector(detector: Detector): Detector {
  return detector;
}

/** The first letter or digit, and stars: as many for every value. */
export function maskPlain(value: string): string {
  const first = /[\p{L}\p{N}]/u.exec(value)?.[0] ?? '';
  return value.length > 3 ? `${first}***` : '***';
}

/** Letters and digits alone, in capitals. */
export function compact(value: string): string {
  return value.replaceAll(/[\s./-]/g, '').toUpperCase();
}

/** Sum of digits, each with its weight. */
export function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}

/** Luhn's check (ISO/IEC 7812-1 annex B): every second digit from the right doubled, the sum a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Whether that day exists. */
export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
