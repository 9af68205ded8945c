import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { ColumnValues } from '../../datasets/index.ts';
import { mean, quantiles, sum } from '../../math/index.ts';
import { defineExpectation, noRows, type Found } from './expectation.ts';
import { Column } from './params.ts';
import { isMissing, rowsOf, textOf } from './values.ts';

const bounds = {
  min: z.number().optional().meta({ title: 'Smallest' }),
  max: z.number().optional().meta({ title: 'Largest' }),
};

function within(
  value: number,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  what: string,
): Found {
  const passed = !Number.isNaN(value) && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return {
    passed,
    observed: `${what} is ${value.toLocaleString('en', { maximumSignificantDigits: 9 })}`,
    failing: noRows,
  };
}

function rangeWords({
  min,
  max,
}: {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}): string {
  const parts = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  return parts.join(' and ') || 'any number';
}

export const rowCount = defineExpectation({
  id: 'row-count',
  title: 'Number of rows',
  doc: 'The table has so many rows.',
  params: z.object(bounds),
  says: (params) => `the table has ${rangeWords(params)} rows`,
  find: async (params, table) => within(table.rows, params, 'the number of rows'),
});

const statistics = {
  mean: (values: Float64Array) => mean(values),
  sum: (values: Float64Array) => sum(values),
  min: (values: Float64Array) => values.reduce((a, b) => Math.min(a, b), Infinity),
  max: (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), -Infinity),
  'standard-deviation': (values: Float64Array) => {
    const { squares } = spread(values);
    return Math.sqrt(squares / (values.length - 1));
  },
} as const;

function spread(values: Float64Array): { readonly squares: number } {
  const centre = mean(values);
  return { squares: values.reduce((total, value) => total + (value - centre) ** 2, 0) };
}

async function numbersOf(column: ColumnValues, check: string): Promise<Float64Array> {
  if (
    column.kind === 'text' ||
    column.type === 'date' ||
    column.type === 'timestamp' ||
    column.type === 'timestamptz'
  ) {
    const found = column.kind === 'text' ? 'text' : 'dates or moments';
    throw fail('check-column-kind', { check, column: column.name, found, wanted: 'numbers' });
  }
  return column.values.filter((_, row) => !isMissing(column, row));
}

export const statistic = defineExpectation({
  id: 'statistic',
  title: 'Statistic',
  doc: 'The mean, sum, smallest, largest value or standard deviation of a column lies between two bounds.',
  params: z.object({
    column: Column,
    statistic: z.enum(['mean', 'sum', 'min', 'max', 'standard-deviation']).meta({ title: 'Statistic' }),
    ...bounds,
  }),
  says: (params) => `the ${params.statistic} of ${params.column} is ${rangeWords(params)}`,
  async find(params, table) {
    const values = await numbersOf(await table.column(params.column), 'statistic');
    if (values.length === 0) return { passed: false, observed: 'it has no value', failing: noRows };
    return within(statistics[params.statistic](values), params, `the ${params.statistic}`);
  },
});

export const quantile = defineExpectation({
  id: 'quantile',
  title: 'Quantile',
  doc: 'A quantile of a column lies between two bounds; 0.5 is the median.',
  params: z.object({ column: Column, q: z.number().min(0).max(1).meta({ title: 'Quantile' }), ...bounds }),
  says: (params) => `quantile ${params.q} of ${params.column} is ${rangeWords(params)}`,
  async find(params, table) {
    const values = await numbersOf(await table.column(params.column), 'quantile');
    if (values.length === 0) return { passed: false, observed: 'it has no value', failing: noRows };
    return within(quantiles(values, [params.q])[0]!, params, `quantile ${params.q}`);
  },
});

export const freshness = defineExpectation({
  id: 'freshness',
  title: 'Freshness',
  doc: 'The newest date or moment is at most so many days old.',
  params: z.object({ column: Column, days: z.number().min(0).meta({ title: 'Days' }) }),
  says: ({ column, days }) => `the newest ${column} is at most ${days} days old`,
  async find({ column: name, days }, table) {
    const column = await table.column(name);
    if (
      column.kind === 'text' ||
      (column.type !== 'date' && column.type !== 'timestamp' && column.type !== 'timestamptz')
    ) {
      const found = column.kind === 'text' ? 'text' : 'numbers';
      throw fail('check-column-kind', {
        check: 'freshness',
        column: name,
        found,
        wanted: 'dates or moments',
      });
    }
    let newest = -1;
    for (let row = 0; row < rowsOf(column); row++) {
      if (!isMissing(column, row) && (newest < 0 || column.values[row]! > column.values[newest]!))
        newest = row;
    }
    if (newest < 0) return { passed: false, observed: 'it has no value', failing: noRows };
    const milliseconds =
      column.type === 'date' ? column.values[newest]! * 86_400_000 : column.values[newest]! / 1000;
    const age = (table.now - milliseconds) / 86_400_000;
    return {
      passed: age <= days,
      observed: `the newest is ${textOf(column, newest)}, ${Math.max(0, Math.floor(age)).toLocaleString('en')} days old`,
      failing: noRows,
    };
  },
});
