import * as z from 'zod';
import { countLevels, rareLevels } from '../../rare-levels.ts';
import { defineStep, type GraphColumn } from '../../step.ts';
import { graphText, textColumn } from '../../step-columns.ts';

const params = z.object({
  min_share: z.number().min(0).max(0.5).default(0.01).meta({
    title: 'Smallest share',
    description: 'levels in fewer than this share of the training rows are grouped; 0 keeps all',
  }),
  max_levels: z.int().min(0).max(100_000).default(0).meta({
    title: 'Most levels',
    description: 'at most so many levels per column, the group included; 0 for no limit',
  }),
  name: z
    .string()
    .min(1)
    .default('other')
    .meta({ title: 'Name', description: 'the level that stands for the group' }),
});

const state = z.object({
  name: z.string(),
  /** Per column the levels that stay. */
  kept: z.array(z.array(z.string())),
});

/** Every level but the frequent ones is read as one, those never seen in training too. A missing value stays missing. */
export const rare = defineStep({
  id: 'rare',
  version: 1,
  title: 'Group rare levels',
  doc: 'Reads rare levels of a text column, and those that training never saw, as one level. A missing value stays missing.',
  selects: 'categories',
  params,
  state,
  fit: (columns, { min_share, max_levels, name }, place) => ({
    name,
    kept: columns.map((column) => {
      const text = textColumn(column, 'rare', place);
      const counts = countLevels(text);
      const grouped = rareLevels(counts, min_share * text.codes.length, max_levels);
      return [...counts.keys()].filter((level) => !grouped.has(level));
    }),
  }),
  apply: (columns, { name, kept }, place) =>
    columns.map((column, i) => {
      const { levels: from, codes, name: called } = textColumn(column, 'rare', place);
      const levels = [...(kept[i] ?? []).filter((level) => level !== name), name];
      const codeOf = new Map(levels.map((level, code) => [level, code]));
      const recode = Int32Array.from(from, (level) => codeOf.get(level) ?? levels.length - 1);
      const made = codes.map((code) => (code < 0 ? -1 : (recode[code] ?? -1)));
      return [{ kind: 'category', name: called, levels, codes: made }];
    }),
  onnx: (graph, columns, { name, kept }) =>
    columns.map((column, i): GraphColumn[] => {
      const { text, missing, ...rest } = graphText(column);
      const levels = kept[i] ?? [];
      const keys = [...levels, ''];
      const grouped = graph.node(
        'LabelEncoder',
        [text],
        { keys_strings: keys, values_strings: keys, default_string: name },
        'ai.onnx.ml',
      );
      const readAs = missing === null || levels.includes(missing) ? missing : name;
      return [{ ...rest, text: grouped, missing: readAs }];
    }),
});
