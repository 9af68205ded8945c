import * as z from 'zod';
import { asRows, graphAlgebra, rowAlgebra, type Algebra } from '../../algebra.ts';
import { defineStep } from '../../step.ts';
import { afterAll, graphNumbers, numberColumn, wrongParam } from '../../step-columns.ts';

const params = z.object({
  degree: z
    .int()
    .min(2)
    .max(6)
    .default(2)
    .meta({ title: 'Degree', description: 'the highest: 2 adds squares and products of two' }),
  powers_only: z.boolean().default(false).meta({
    title: 'Powers only',
    description: 'adds the powers of each column and no products of different ones',
  }),
});

const mostTerms = 5000;

/** Each term as indices of columns, ascending: [0, 0, 2] is the square of the first times the third. */
const state = z.array(z.array(z.int()).min(1));

/** Adds every product of up to `degree` columns, with repetition, in scikit-learn's order. The columns stay. */
export const polynomial = defineStep({
  id: 'polynomial',
  version: 1,
  title: 'Polynomial',
  doc: 'Adds squares and products of the chosen number columns up to a degree, named a^2 and a*b; the columns themselves stay. Scale them first.',
  selects: 'numbers',
  params,
  state,
  fit(columns, { degree, powers_only }, place) {
    const count = columns.map((column) => numberColumn(column, 'polynomial', place)).length;
    const terms = powers_only ? count * (degree - 1) : choose(count + degree, degree) - count - 1;
    if (terms > mostTerms) {
      const message = `${count} columns make ${terms} terms of degree ${degree}; at most ${mostTerms} are made. Choose fewer columns or a lower degree`;
      throw wrongParam('polynomial', place, 'degree', message);
    }
    const degrees = Array.from({ length: degree - 1 }, (_, i) => i + 2);
    return degrees.flatMap((size) =>
      powers_only
        ? Array.from({ length: count }, (_, column) => Array.from({ length: size }, () => column))
        : combinations(count, size),
    );
  },
  apply(columns, terms, place) {
    const numbers = columns.map((column) => numberColumn(column, 'polynomial', place));
    const rows = numbers[0]?.values.length ?? 0;
    const values = numbers.map((column) => column.values);
    const made = terms.map((term) => ({
      kind: 'number' as const,
      name: termName(term, columns),
      values: asRows(product(rowAlgebra, term, values), rows),
    }));
    return afterAll(columns, made);
  },
  onnx(graph, columns, terms) {
    const values = graphNumbers(columns).map(({ value }) => value);
    const algebra = graphAlgebra(graph);
    const made = terms.map((term) => ({
      kind: 'number' as const,
      name: termName(term, columns),
      value: product(algebra, term, values),
    }));
    return afterAll(columns, made);
  },
});

function product<Value>({ mul }: Algebra<Value>, term: readonly number[], values: readonly Value[]): Value {
  return term.map((column) => values[column] as Value).reduce((whole, factor) => mul(whole, factor));
}

/** `a^2*b`. */
function termName(term: readonly number[], columns: readonly { readonly name: string }[]): string {
  return [...new Set(term)]
    .map((column) => {
      const power = term.filter((one) => one === column).length;
      const name = columns[column]?.name ?? '';
      return power === 1 ? name : `${name}^${power}`;
    })
    .join('*');
}

/** Of `size` out of `count` with repetition, in lexicographic order. */
function combinations(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count - from }, (_, i) => from + i).flatMap((first) =>
    combinations(count, size - 1, first).map((rest) => [first, ...rest]),
  );
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}
