import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { countLevels } from '../../rare-levels.ts';
import { LevelValues, valuesOf, valuesOnnx } from '../../level-values.ts';
import { defineStep, type GraphColumn, type StepPlace } from '../../step.ts';
import { graphText, textColumn, wrongParam } from '../../step-columns.ts';

const unknowns = ['missing', 'below', 'error'] as const;

const params = z.object({
  order: z.array(z.string()).default([]).meta({
    title: 'Order',
    description:
      'the levels from the lowest on, the same for every column; empty: those seen in training, sorted',
  }),
  unknown: z.enum(unknowns).default('missing').meta({
    title: 'Unknown levels',
    description: 'a level that is not in the order: a missing number, -1 (below all), or a refusal',
  }),
});

const state = z.object({ unknown: z.enum(unknowns), columns: z.array(LevelValues) });

/** A level's place in an order, from 0. A missing value stays missing. */
export const ordinal = defineStep({
  id: 'ordinal',
  version: 1,
  title: 'Ordinal',
  doc: 'Replaces each level of a text column by its place in an order, from 0: yours, or the sorted one. A missing value stays missing.',
  selects: 'categories',
  params,
  state,
  fit(columns, { order, unknown }, place) {
    const twice = order.find((level, i) => order.indexOf(level) !== i);
    if (twice !== undefined) throw wrongParam('ordinal', place, 'order', `"${twice}" is there twice`);
    if (order.includes('')) throw wrongParam('ordinal', place, 'order', 'an empty text is a missing value');
    return {
      unknown,
      columns: columns.map((column) => {
        const seen = [...countLevels(textColumn(column, 'ordinal', place)).keys()];
        const levels = order.length > 0 ? [...order] : seen;
        return {
          levels,
          values: levels.map((_, i) => i),
          missing: null,
          unknown: unknown === 'below' ? -1 : null,
        };
      }),
    };
  },
  apply: (columns, learned, place) =>
    columns.map((column, i) => {
      const text = textColumn(column, 'ordinal', place);
      const values = at(learned.columns, i);
      if (learned.unknown === 'error') refuseUnknown(text, values.levels, place);
      return [{ kind: 'number', name: text.name, values: valuesOf(text, values) }];
    }),
  onnx: (graph, columns, learned) =>
    columns.map((column, i): GraphColumn[] => [
      {
        kind: 'number',
        name: column.name,
        value: valuesOnnx(graph, graphText(column), at(learned.columns, i)),
      },
    ]),
});

function refuseUnknown(
  {
    name,
    levels,
    codes,
  }: { readonly name: string; readonly levels: readonly string[]; readonly codes: Int32Array },
  known: readonly string[],
  place: StepPlace,
): void {
  const strange = levels.map((level) => !known.includes(level));
  const row = codes.findIndex((code) => code >= 0 && strange[code] === true);
  if (row < 0) return;
  throw fail('level-unknown', {
    step: 'ordinal',
    position: place.position,
    column: name,
    row: place.row(row),
    value: levels[codes[row] ?? 0] ?? '',
  });
}

function at(learned: readonly LevelValues[], index: number): LevelValues {
  return learned[index] ?? { levels: [], values: [], missing: null, unknown: null };
}
