import * as z from 'zod';
import { asRows, graphAlgebra, rowAlgebra } from '../../algebra.ts';
import { defineStep } from '../../step.ts';
import { afterAll, graphNumbers, numberColumn, wrongParam } from '../../step-columns.ts';

const params = z.object({
  between: z.array(z.string()).default([]).meta({
    title: 'Each with',
    description: 'only products with one of these columns; empty: every pair',
  }),
});

const mostProducts = 5000;

/** Pairs of indices into the columns. */
const state = z.array(z.tuple([z.int(), z.int()]));

/** Adds the product of each pair of columns, named `a*b`. The columns stay. */
export const interactions = defineStep({
  id: 'interactions',
  version: 1,
  title: 'Interactions',
  doc: 'Adds the product of each pair of the chosen number columns, named a*b; the columns themselves stay. A product with a missing value is missing.',
  selects: 'numbers',
  params,
  state,
  fit(columns, { between }, place) {
    const names = columns.map((column) => numberColumn(column, 'interactions', place).name);
    const strange = between.find((name) => !names.includes(name));
    if (strange !== undefined)
      throw wrongParam(
        'interactions',
        place,
        'between',
        `"${strange}" is not among the columns of this step`,
      );
    const pairs = names.flatMap((a, i) =>
      names
        .slice(i + 1)
        .flatMap((b, j): [number, number][] =>
          between.length === 0 || between.includes(a) || between.includes(b) ? [[i, i + 1 + j]] : [],
        ),
    );
    if (pairs.length > mostProducts) {
      const message = `${names.length} columns make ${pairs.length} products; at most ${mostProducts} are made. Choose fewer columns`;
      throw wrongParam('interactions', place, 'columns', message);
    }
    return pairs;
  },
  apply(columns, pairs, place) {
    const numbers = columns.map((column) => numberColumn(column, 'interactions', place));
    const made = pairs.flatMap(([i, j]) => {
      const a = numbers[i];
      const b = numbers[j];
      if (!a || !b) return [];
      const values = asRows(rowAlgebra.mul(a.values, b.values), a.values.length);
      return [{ kind: 'number' as const, name: `${a.name}*${b.name}`, values }];
    });
    return afterAll(columns, made);
  },
  onnx(graph, columns, pairs) {
    const numbers = graphNumbers(columns);
    const { mul } = graphAlgebra(graph);
    const made = pairs.flatMap(([i, j]) => {
      const a = numbers[i];
      const b = numbers[j];
      return a && b
        ? [{ kind: 'number' as const, name: `${a.name}*${b.name}`, value: mul(a.value, b.value) }]
        : [];
    });
    return afterAll(columns, made);
  },
});
