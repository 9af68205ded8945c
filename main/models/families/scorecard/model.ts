import * as z from 'zod';
import { AxisColumnSpec, checkAxisModel, damaged, doublesOf } from '../../axis-model.ts';
import type { ModelArtifact, Tensor } from '../../family.ts';
import { TreeLayout } from '../../trees/layout.ts';
import type { Characteristic } from './characteristic.ts';

/**
 * `spec` of a scorecard. Tensors of characteristic c, one value per bin (bin 0 is missing): `points_c`, `woe_c`, `iv_c`, `rows_c`, `good_c` and
 * `bad_c` (weights of the training rows), and `cuts_c` of a number or `groups_c` (the bin of missing and of each level) of a category.
 */
export const ScorecardSpec = z.strictObject({
  layout: TreeLayout,
  columns: z.array(AxisColumnSpec),
  /** Codes of the other and of the good class. */
  modelled: z.tuple([z.int().min(0), z.int().min(0)]),
  base_score: z.number(),
  base_odds: z.number().positive(),
  pdo: z.number().positive(),
  round: z.boolean(),
  /** Points of every row beside those of its bins. */
  base_points: z.number(),
  /** The characteristics on the card, as indices into `columns`; of each the coefficient of its weight of evidence, null where each bin has its own. */
  card: z.array(z.strictObject({ column: z.int().min(0), coefficient: z.number().nullable() })),
  left_out: z.array(z.strictObject({ column: z.string(), iv: z.number(), why: z.string() })),
  rows: z.int().min(1),
  training: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  notes: z.array(z.string()),
});
export type ScorecardSpec = z.infer<typeof ScorecardSpec>;

export interface ScoredCharacteristic extends Characteristic {
  readonly points: Float64Array;
}

export interface ScorecardModel {
  readonly spec: ScorecardSpec;
  readonly card: readonly ScoredCharacteristic[];
}

/** Points per natural logarithm of the odds, and the score at odds of 1 to 1. */
export function scaleOf({
  base_score,
  base_odds,
  pdo,
}: Pick<ScorecardSpec, 'base_score' | 'base_odds' | 'pdo'>): {
  readonly factor: number;
  readonly offset: number;
} {
  const factor = pdo / Math.LN2;
  return { factor, offset: base_score - factor * Math.log(base_odds) };
}

const perBin = ['points', 'woe', 'iv', 'rows', 'good', 'bad'] as const;

export function scorecardTensors(card: readonly ScoredCharacteristic[]): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  card.forEach((one, c) => {
    for (const name of perBin) tensors[`${name}_${c}`] = { shape: [one[name].length], data: one[name] };
    tensors[`cuts_${c}`] = { shape: [one.cuts.length], data: one.cuts };
    tensors[`groups_${c}`] = { shape: [one.groups.length], data: one.groups };
  });
  return tensors;
}

const known = new WeakMap<ModelArtifact, ScorecardModel>();

/** Reads an artifact once; throws `model-damaged` when its parts do not fit together. */
export function readScorecard(artifact: ModelArtifact): ScorecardModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = ScorecardSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not a scorecard's: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  checkAxisModel(artifact, spec);
  const [bad, good] = spec.modelled;
  if (artifact.task !== 'classification' || bad === good || Math.max(bad, good) >= artifact.classes.length)
    throw damaged('its classes do not fit its task');
  const card = spec.card.map(({ column }, c): ScoredCharacteristic => {
    const of = spec.columns[column];
    if (!of) throw damaged(`characteristic ${c} asks for column ${column}`);
    const cuts = doublesOf(artifact, `cuts_${c}`);
    const groups = artifact.tensors[`groups_${c}`]?.data;
    const points = doublesOf(artifact, `points_${c}`);
    const bins = points.length;
    const whole =
      groups instanceof Int32Array &&
      groups.length === (of.kind === 'levels' ? of.levels.length + 1 : 0) &&
      groups.every((bin) => bin >= 0 && bin < bins);
    if (!whole) throw damaged(`the groups of characteristic ${c} are not those of its levels`);
    const rising = cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]!);
    if (!rising || (of.kind === 'levels' ? cuts.length > 0 || bins < 1 : bins !== cuts.length + 2))
      throw damaged(`the cuts of characteristic ${c} do not fit its points`);
    const rest = (name: (typeof perBin)[number]): Float64Array => doublesOf(artifact, `${name}_${c}`, bins);
    return {
      column,
      cuts,
      groups,
      points,
      woe: rest('woe'),
      iv: rest('iv'),
      rows: rest('rows'),
      good: rest('good'),
      bad: rest('bad'),
    };
  });
  const model = { spec, card };
  known.set(artifact, model);
  return model;
}
