import * as z from 'zod';
import { countLevels } from '../../rare-levels.ts';
import { LevelValues, valuesOf, valuesOnnx } from '../../level-values.ts';
import { defineStep, type GraphColumn } from '../../step.ts';
import { graphText, textColumn } from '../../step-columns.ts';

const params = z.object({
  as: z.enum(['share', 'count', 'log-count']).default('share').meta({
    title: 'As',
    description: 'the share of training rows, their count, or log(1 + count)',
  }),
});

const state = z.array(LevelValues);

/** How frequent a row's level was in training. A level never seen there counts 0; missing counts as a level of its own. */
export const frequencyEncode = defineStep({
  id: 'frequency-encode',
  version: 1,
  title: 'Frequency encoding',
  doc: 'Replaces each level of a text column by how frequent it was in the training rows. A level never seen there is 0; missing is a level of its own.',
  selects: 'categories',
  params,
  state,
  fit: (columns, { as }, place) =>
    columns.map((column) => {
      const text = textColumn(column, 'frequency-encode', place);
      const counts = countLevels(text);
      const rows = text.codes.length;
      const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const value = (count: number) =>
        as === 'share' ? count / Math.max(1, rows) : as === 'count' ? count : Math.log1p(count);
      return {
        levels: [...counts.keys()],
        values: [...counts.values()].map(value),
        missing: value(rows - known),
        unknown: 0,
      };
    }),
  apply: (columns, learned, place) =>
    columns.map((column, i) => {
      const text = textColumn(column, 'frequency-encode', place);
      return [{ kind: 'number', name: text.name, values: valuesOf(text, at(learned, i)) }];
    }),
  onnx: (graph, columns, learned) =>
    columns.map((column, i): GraphColumn[] => [
      { kind: 'number', name: column.name, value: valuesOnnx(graph, graphText(column), at(learned, i)) },
    ]),
});

function at(learned: readonly LevelValues[], index: number): LevelValues {
  return learned[index] ?? { levels: [], values: [], missing: 0, unknown: 0 };
}
