import type { Algebra } from '../../algebra.ts';

export interface CalendarParts<Value> {
  readonly year: Value;
  /** 1 to 4. */
  readonly quarter: Value;
  /** 1 to 12. */
  readonly month: Value;
  /** 1 to 31. */
  readonly day: Value;
  /** 0 is Monday. */
  readonly weekday: Value;
  /** 1 to 366. */
  readonly 'day-of-year': Value;
  /** 0 to 23. */
  readonly hour: Value;
  /** Hours since midnight, with fractions. */
  readonly time: Value;
  /** 1 on Saturday and Sunday, else 0. */
  readonly weekend: Value;
}

/**
 * The parts of a moment, given as days since 1970-01-01 with fractions, in the Gregorian calendar for ever (H. Hinnant,
 * "chrono-compatible low-level date algorithms", civil_from_days). Moments are taken to the millisecond.
 */
export function calendarOf<Value>(algebra: Algebra<Value>, moment: Value): CalendarParts<Value> {
  const { number, add, sub, mul, floor, ifLess } = algebra;
  const plus = (a: Value, b: number) => add(a, number(b));
  const times = (a: Value, b: number) => mul(a, number(b));
  const whole = (a: Value, b: number) => floor(algebra.div(a, number(b)));
  const rest = (a: Value, b: number) => sub(a, times(whole(a, b), b));

  const millis = floor(plus(times(moment, 86_400_000), 0.5));
  const days = whole(millis, 86_400_000);
  const time = algebra.div(sub(millis, times(days, 86_400_000)), number(3_600_000));

  // Years begin on the first of March, so that the leap day is the last.
  const shifted = plus(days, 719_468);
  const era = whole(shifted, 146_097);
  const dayOfEra = sub(shifted, times(era, 146_097));
  const yearOfEra = whole(
    sub(add(sub(dayOfEra, whole(dayOfEra, 1460)), whole(dayOfEra, 36_524)), whole(dayOfEra, 146_096)),
    365,
  );
  const leaps = (years: Value) => sub(add(whole(years, 4), whole(years, 400)), whole(years, 100));
  const dayOfYear = sub(sub(dayOfEra, times(yearOfEra, 365)), leaps(yearOfEra));
  const monthFromMarch = whole(plus(times(dayOfYear, 5), 2), 153);
  const day = plus(sub(dayOfYear, whole(plus(times(monthFromMarch, 153), 2), 5)), 1);
  const month = ifLess(monthFromMarch, number(10), plus(monthFromMarch, 3), plus(monthFromMarch, -9));
  const marchYear = add(yearOfEra, times(era, 400));
  const year = ifLess(month, number(3), plus(marchYear, 1), marchYear);

  const past = plus(year, -1);
  const newYear = plus(add(times(plus(year, -1970), 365), leaps(past)), -477);
  const weekday = rest(plus(days, 3), 7);
  return {
    year,
    quarter: plus(whole(plus(month, -1), 3), 1),
    month,
    day,
    weekday,
    'day-of-year': plus(sub(days, newYear), 1),
    hour: floor(time),
    time,
    weekend: add(ifLess(weekday, number(5), number(0), number(1)), times(weekday, 0)),
  };
}
