import * as z from 'zod';
import { asRows, graphAlgebra, rowAlgebra, type Algebra } from '../../algebra.ts';
import { defineStep, type GraphColumn } from '../../step.ts';
import { graphNumbers, numberColumn, wrongParam } from '../../step-columns.ts';
import { calendarOf, type CalendarParts } from './calendar-parts.ts';

const cycles = ['month', 'day', 'weekday', 'hour', 'day-of-year'] as const;
const parts = ['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour', 'weekend'] as const;

const params = z.object({
  cyclic: z.array(z.enum(cycles)).default(['month', 'weekday']).meta({
    title: 'Cyclic',
    description: 'each as sine and cosine of its place in the cycle, so that December is next to January',
  }),
  parts: z.array(z.enum(parts)).default(['year', 'weekend']).meta({
    title: 'Parts',
    description: 'each as a number: months from 1, weekdays from 0 (Monday), hours from 0; weekend is 1 or 0',
  }),
  keep: z
    .boolean()
    .default(false)
    .meta({ title: 'Keep', description: 'the date itself stays too, as days since 1970' }),
});

const state = z.object({
  cyclic: z.array(z.enum(cycles)),
  parts: z.array(z.enum(parts)),
  keep: z.boolean(),
});

/** Where in its cycle a date is, from 0 to 1. */
const cycle = {
  month: (part) => [part.month, 1, 12],
  day: (part) => [part.day, 1, 31],
  weekday: (part) => [part.weekday, 0, 7],
  hour: (part) => [part.time, 0, 24],
  'day-of-year': (part) => [part['day-of-year'], 1, 366],
} satisfies Record<
  (typeof cycles)[number],
  <Value>(part: CalendarParts<Value>) => readonly [value: Value, first: number, length: number]
>;

/** What the calendar says of dates and moments (UTC). A missing date is missing in every part. */
export const calendar = defineStep({
  id: 'calendar',
  version: 1,
  title: 'Calendar',
  doc: 'Takes dates and moments apart (UTC): year, quarter, month, day, weekday, hour, weekend; and cycles such as month and weekday as sine and cosine.',
  selects: null,
  params,
  state,
  fit(columns, chosen, place) {
    for (const column of columns) numberColumn(column, 'calendar', place);
    if (chosen.cyclic.length === 0 && chosen.parts.length === 0 && !chosen.keep)
      throw wrongParam(
        'calendar',
        place,
        'parts',
        'say at least one part or cycle; to leave a date out use drop',
      );
    return { cyclic: [...new Set(chosen.cyclic)], parts: [...new Set(chosen.parts)], keep: chosen.keep };
  },
  apply: (columns, chosen, place) =>
    columns.map((column) => {
      const dates = numberColumn(column, 'calendar', place);
      const made = features(rowAlgebra, dates.values, dates.name, chosen).map(({ name, value }) => ({
        kind: 'number' as const,
        name,
        values: asRows(value, dates.values.length),
      }));
      return chosen.keep ? [dates, ...made] : made;
    }),
  onnx: (graph, columns, chosen) =>
    graphNumbers(columns).map((column): GraphColumn[] => {
      const made = features(graphAlgebra(graph), column.value, column.name, chosen).map((one) => ({
        kind: 'number' as const,
        ...one,
      }));
      return chosen.keep ? [column, ...made] : made;
    }),
});

function features<Value>(
  algebra: Algebra<Value>,
  days: Value,
  name: string,
  { cyclic, parts: wanted }: z.infer<typeof state>,
): { readonly name: string; readonly value: Value }[] {
  const { number, sub, mul, sin, cos } = algebra;
  const all = calendarOf(algebra, days);
  return [
    ...cyclic.flatMap((id) => {
      const [value, first, length] = cycle[id](all);
      const angle = mul(sub(value, number(first)), number((2 * Math.PI) / length));
      return [
        { name: `${name}_${id}_sin`, value: sin(angle) },
        { name: `${name}_${id}_cos`, value: cos(angle) },
      ];
    }),
    ...wanted.map((id) => ({ name: `${name}_${id}`, value: all[id] })),
  ];
}
