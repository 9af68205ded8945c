import * as z from 'zod';
import type { Axis } from '../../axes.ts';
import { AxisColumnSpec, checkAxisModel, damaged, doublesOf } from '../../axis-model.ts';
import type { ModelArtifact } from '../../family.ts';
import { TreeLayout } from '../../trees/layout.ts';
import { fitsClasses, outputsOf, TreeOutcome } from '../../trees/outcome.ts';
import type { Conditions } from './find-rule.ts';

/** What a rule asks of a column. A missing number is in no range, a missing or new level in no set. */
const Condition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('range'),
    column: z.int().min(0),
    /** Above this, up to and with that; null is without end. Neither: it is known. */
    above: z.number().nullable(),
    to: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal('levels'),
    column: z.int().min(0),
    /** Codes, ascending. */
    levels: z.array(z.int().min(0)),
  }),
  /** Of a category: also a level that training never saw. */
  z.strictObject({ kind: z.literal('missing'), column: z.int().min(0) }),
]);
export type Condition = z.infer<typeof Condition>;

const Rule = z.strictObject({
  /** All of them; none: the rule holds for every row. */
  conditions: z.array(Condition),
  /** Training rows that it decides, and how far they are from what it says. */
  rows: z.int().min(0),
  deviation: z.number().min(0),
  /** Training rows that fulfil it, also those that an earlier rule decides. */
  alone: z.int().min(0),
});

/**
 * `spec` of a rule list: the first rule that a row fulfils decides; the last has no conditions. Tensors `values` and `alone_values`
 * [rules, outputs]: what each says, and the mean of all rows that fulfil it.
 */
export const RulesSpec = z.strictObject({
  layout: TreeLayout,
  outcome: TreeOutcome,
  columns: z.array(AxisColumnSpec),
  rules: z.array(Rule).min(1),
  rows: z.int().min(1),
  training: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  notes: z.array(z.string()),
});
export type RulesSpec = z.infer<typeof RulesSpec>;

export interface RulesModel {
  readonly spec: RulesSpec;
  readonly outputs: number;
  /** rules x outputs. */
  readonly values: Float64Array;
  readonly aloneValues: Float64Array;
}

/** Conditions by bins as conditions by values. */
export function conditionsOf(conditions: Conditions, axes: readonly Axis[]): Condition[] {
  return [...conditions.keys()]
    .sort((a, b) => a - b)
    .map((column): Condition => {
      const { kind, cuts, bins } = axes[column]!;
      const mask = conditions.get(column)!;
      if (mask[0] === 1) return { kind: 'missing', column };
      const allowed = [...mask.keys()].filter((bin) => mask[bin] === 1);
      if (kind === 'levels') return { kind: 'levels', column, levels: allowed.map((bin) => bin - 1) };
      const [first = 1, last = 1] = [allowed[0], allowed.at(-1)];
      return {
        kind: 'range',
        column,
        above: first === 1 ? null : cuts[first - 2]!,
        to: last === bins - 1 ? null : cuts[last - 1]!,
      };
    });
}

const known = new WeakMap<ModelArtifact, RulesModel>();

/** Reads an artifact once; throws `model-damaged` when its parts do not fit together. */
export function readRules(artifact: ModelArtifact): RulesModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = RulesSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not that of a rule list: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  checkAxisModel(artifact, spec);
  const right = spec.outcome.link === 'identity' || spec.outcome.link === 'shares';
  if (!right || !fitsClasses(spec.outcome, artifact.classes.length))
    throw damaged('its classes do not fit its kind');
  spec.rules.forEach(({ conditions }, r) => {
    const last = r === spec.rules.length - 1;
    if (last !== (conditions.length === 0)) throw damaged(`rule ${r + 1} is not where it stands`);
    for (const condition of conditions) {
      const of = spec.columns[condition.column];
      const fits =
        condition.kind === 'missing' ||
        (condition.kind === 'range'
          ? of?.kind === 'number'
          : of?.kind === 'levels' && condition.levels.every((level) => level < of.levels.length));
      if (!of || !fits) throw damaged(`rule ${r + 1} does not fit column ${condition.column}`);
    }
  });
  const outputs = outputsOf(spec.outcome);
  const model = {
    spec,
    outputs,
    values: doublesOf(artifact, 'values', spec.rules.length * outputs),
    aloneValues: doublesOf(artifact, 'alone_values', spec.rules.length * outputs),
  };
  known.set(artifact, model);
  return model;
}
