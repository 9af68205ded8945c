import * as z from 'zod';
import type { CategoryColumn, NumberColumn } from '../../columns.ts';
import { LevelValues, valuesOf, valuesOnnx } from '../../level-values.ts';
import { defineStep, type GraphColumn } from '../../step.ts';
import { graphText, textColumn } from '../../step-columns.ts';
import { levelWorths, namedWorths } from './encode-levels.ts';
import { assignFolds } from './folds.ts';
import { answersOf } from './answers.ts';

const params = z.object({
  smooth: z
    .union([z.literal('auto'), z.number().min(0)])
    .default('auto')
    .meta({
      title: 'Smoothing',
      description:
        'how strongly a level is drawn to the mean of all: auto, by how the target varies in the level and overall (empirical Bayes); or so many rows of the overall mean',
    }),
  folds: z.int().min(2).max(50).default(5).meta({
    title: 'Folds',
    description:
      'training rows are encoded by the rows of the other folds, so that no row knows its own target',
  }),
});

const state = z.array(
  z.object({
    /** What is behind the column's name: '' for the one that stays, `_class` where there are more than two classes. */
    suffixes: z.array(z.string()),
    encodings: z.array(LevelValues),
  }),
);

/**
 * The mean of the target in each level, drawn to the mean of all (Micci-Barreca 2001). Classes: the share of the positive one, or
 * of each of three or more. Missing is a level of its own; one never seen is the mean of all.
 */
export const targetEncode = defineStep({
  id: 'target-encode',
  version: 1,
  title: 'Target encoding',
  doc: 'Replaces each level of a text column by the mean of the target in it, drawn to the overall mean. Training rows are encoded by other folds, so that no row knows its own target.',
  selects: 'categories',
  params,
  state,
  fit(columns, { smooth }, place) {
    const answers = answersOf(place, 'target-encode');
    return columns.map((column) => {
      const text = textColumn(column, 'target-encode', place);
      return {
        suffixes: answers.map(({ suffix }) => suffix),
        encodings: answers.map(({ values }) => namedWorths(text, levelWorths(text, values, smooth))),
      };
    });
  },
  crossFit(columns, { smooth, folds: wanted }, _learned, place) {
    const answers = answersOf(place, 'target-encode');
    const rows = answers[0]?.values.length ?? 0;
    const { count, foldOf } = assignFolds(place, rows, wanted);
    return columns.map((column) => {
      const text = textColumn(column, 'target-encode', place);
      return answers.map(({ suffix, values: answer }): NumberColumn => {
        const values = new Float64Array(rows);
        for (let fold = 0; fold < count; fold++) {
          const rest = count > 1 ? { foldOf, without: fold } : undefined;
          const worths = levelWorths(text, answer, smooth, rest);
          for (let row = 0; row < rows; row++) {
            if (foldOf[row] !== fold) continue;
            const code = text.codes[row]!;
            values[row] = worths[code < 0 ? text.levels.length : code]!;
          }
        }
        return { kind: 'number', name: `${text.name}${suffix}`, values };
      });
    });
  },
  apply: (columns, learned, place) =>
    columns.map((column, i) => {
      const text: CategoryColumn = textColumn(column, 'target-encode', place);
      return eachEncoding(learned, i, (suffix, encoding): NumberColumn => ({
        kind: 'number',
        name: `${text.name}${suffix}`,
        values: valuesOf(text, encoding),
      }));
    }),
  onnx: (graph, columns, learned) =>
    columns.map((column, i) =>
      eachEncoding(learned, i, (suffix, encoding): GraphColumn => ({
        kind: 'number',
        name: `${column.name}${suffix}`,
        value: valuesOnnx(graph, graphText(column), encoding),
      })),
    ),
});

function eachEncoding<Made>(
  learned: z.infer<typeof state>,
  column: number,
  make: (suffix: string, encoding: LevelValues) => Made,
): Made[] {
  const { suffixes = [], encodings = [] } = learned[column] ?? {};
  return encodings.map((encoding, k) => make(suffixes[k] ?? '', encoding));
}
