import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { kindWords, type CategoryColumn, type EncodedColumn, type WorkColumn } from '../../columns.ts';
import { defineStep, type GraphColumn, type StepPlace } from '../../step.ts';
import { countLevels, rareLevels } from './rare-levels.ts';

const params = z.object({
  unknown: z.enum(['ignore', 'error', 'other']).default('ignore').meta({
    title: 'Unknown levels',
    description:
      'a level never seen in training: all zeros, a refusal, or counted as "other" where rare levels were grouped',
  }),
  min_share: z.number().min(0).max(0.5).default(0.001).meta({
    title: 'Smallest share',
    description: 'levels in fewer than this share of the training rows are grouped as "other"; 0 keeps all',
  }),
  max_levels: z.int().min(0).max(100_000).default(1000).meta({
    title: 'Most features',
    description: 'at most so many features per column, "other" included; 0 for no limit',
  }),
});

const state = z.array(
  z.object({
    /** Sorted; the last is `other` when there is one. */
    levels: z.array(z.string()),
    /** Levels that were seen and are read as `other`. */
    rare: z.array(z.string()),
    unknown: z.enum(['ignore', 'error', 'other']),
  }),
);
type Encoding = z.infer<typeof state>[number];

/** One 0/1 feature per level. A missing value is all zeros. */
export const oneHot = defineStep({
  id: 'one-hot',
  version: 1,
  title: 'One-hot',
  doc: 'Turns each level of a text column into a 0/1 feature, rare levels grouped as "other". A missing value is all zeros.',
  selects: 'categories',
  params,
  state,
  fit: (columns, chosen, place) =>
    columns.map((column): Encoding => {
      const text = category(column, place);
      const counts = countLevels(text);
      const rare = rareLevels(counts, chosen.min_share * text.codes.length, chosen.max_levels);
      const kept = [...counts.keys()].filter((level) => !rare.has(level));
      const levels = rare.size > 0 ? [...kept, otherName(kept)] : kept;
      return { levels, rare: [...rare], unknown: chosen.unknown };
    }),
  apply: (columns, fitted, place) =>
    columns.map((column, i) => [encode(category(column, place), encodingAt(fitted, i), place)]),
  onnx: (graph, columns, fitted) =>
    columns.map((column, i): GraphColumn[] => {
      if (column.kind !== 'category') return [column];
      const encoding = encodingAt(fitted, i);
      const codeOf = codesOf(encoding);
      const keys = [...codeOf.entries()];
      const missing = column.missing === null ? -1 : (codeOf.get(column.missing) ?? unknownCode(encoding));
      const codes = graph.node(
        'LabelEncoder',
        [column.text],
        {
          keys_strings: [...keys.map(([level]) => level), ''],
          values_int64s: { ints: [...keys.map(([, code]) => code), missing] },
          default_int64: BigInt(unknownCode(encoding)),
        },
        'ai.onnx.ml',
      );
      return [{ kind: 'one-hot', name: column.name, levels: encoding.levels, codes }];
    }),
});

function encode(column: CategoryColumn, encoding: Encoding, place: StepPlace): EncodedColumn {
  const codeOf = codesOf(encoding);
  const unseen = encoding.unknown === 'error' ? refused : unknownCode(encoding);
  const recode = Int32Array.from(column.levels, (level) => codeOf.get(level) ?? unseen);
  const codes = new Int32Array(column.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const from = column.codes[row] ?? -1;
    const code = from < 0 ? -1 : (recode[from] ?? -1);
    if (code === refused) {
      throw fail('level-unknown', {
        step: 'one-hot',
        position: place.position,
        column: column.name,
        row: place.row(row),
        value: column.levels[from] ?? '',
      });
    }
    codes[row] = code;
  }
  return { kind: 'one-hot', name: column.name, levels: encoding.levels, codes };
}

const refused = -2;

function codesOf({ levels, rare }: Encoding): Map<string, number> {
  const kept = rare.length > 0 ? levels.slice(0, -1) : levels;
  const codes = new Map(kept.map((level, code) => [level, code]));
  for (const level of rare) codes.set(level, kept.length);
  return codes;
}

function unknownCode({ levels, rare, unknown }: Encoding): number {
  return unknown === 'other' && rare.length > 0 ? levels.length - 1 : -1;
}

function encodingAt(fitted: readonly Encoding[], index: number): Encoding {
  return fitted[index] ?? { levels: [], rare: [], unknown: 'ignore' };
}

function otherName(taken: readonly string[]): string {
  let name = 'other';
  while (taken.includes(name)) name = `(${name})`;
  return name;
}

function category(column: WorkColumn, place: StepPlace): CategoryColumn {
  if (column.kind === 'category') return column;
  throw fail('step-column-kind', {
    step: 'one-hot',
    position: place.position,
    column: column.name,
    found: kindWords(column),
    wanted: 'text',
    hint: 'Leave it out of "columns"; it can go to the model as it is',
  });
}
