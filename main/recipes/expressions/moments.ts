import type { Machine } from './machine.ts';

const dayMs = 86_400_000;

/** Year, month and so on of days since 1970-01-01 (UTC), proleptic Gregorian. */
export type MomentPart = 'year' | 'quarter' | 'month' | 'day' | 'weekday' | 'day_of_year' | 'hour' | 'minute';

/**
 * A part of a moment, in exact steps of whole numbers. Dates after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 * (civil_from_days); a moment is taken to the nearest millisecond. Weekday: 1 is Monday, 7 is Sunday.
 */
export function momentPart<Numbers, Texts>(
  machine: Machine<Numbers, Texts>,
  part: MomentPart,
  moment: Numbers,
): Numbers {
  const n = (value: number) => machine.number(value);
  const add = (a: Numbers, b: number) => machine.arithmetic('Add', a, n(b));
  const times = (a: Numbers, b: number) => machine.arithmetic('Mul', a, n(b));
  const less = (a: Numbers, b: Numbers) => machine.arithmetic('Sub', a, b);
  const plus = (a: Numbers, b: Numbers) => machine.arithmetic('Add', a, b);
  const whole = (a: Numbers, by: number) => machine.unary('Floor', machine.arithmetic('Div', a, n(by)));

  const ms = machine.unary('Floor', add(times(moment, dayMs), 0.5));
  const days = whole(ms, dayMs);
  const ofDay = less(ms, times(days, dayMs));
  if (part === 'hour') return whole(ofDay, 3_600_000);
  if (part === 'minute') {
    const minutes = whole(ofDay, 60_000);
    return less(minutes, times(whole(minutes, 60), 60));
  }
  if (part === 'weekday') {
    // 1970-01-01 was a Thursday.
    const from = add(days, 3);
    return add(less(from, times(whole(from, 7), 7)), 1);
  }
  const shifted = add(days, 719_468);
  const era = whole(shifted, 146_097);
  const ofEra = less(shifted, times(era, 146_097));
  const years = whole(
    less(plus(less(ofEra, whole(ofEra, 1460)), whole(ofEra, 36_524)), whole(ofEra, 146_096)),
    365,
  );
  const ofYear = less(ofEra, less(plus(times(years, 365), whole(years, 4)), whole(years, 100)));
  const fromMarch = whole(add(times(ofYear, 5), 2), 153);
  if (part === 'day') return add(less(ofYear, whole(add(times(fromMarch, 153), 2), 5)), 1);
  const inYear = machine.compare('Less', fromMarch, n(9.5));
  const month = machine.choose(inYear, add(fromMarch, 3), add(fromMarch, -9));
  if (part === 'month') return month;
  if (part === 'quarter') return whole(add(month, 2), 3);
  const late = machine.compare('Less', n(9.5), fromMarch);
  const year = plus(plus(years, times(era, 400)), late);
  if (part === 'year') return year;
  const before = add(year, -1);
  const newYear = add(
    plus(less(plus(times(before, 365), whole(before, 4)), whole(before, 100)), whole(before, 400)),
    -719_162,
  );
  return add(less(days, newYear), 1);
}
