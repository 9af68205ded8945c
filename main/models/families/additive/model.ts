import * as z from 'zod';
import { AxisColumnSpec, checkAxisModel, damaged, doublesOf } from '../../axis-model.ts';
import type { ModelArtifact, Tensor } from '../../family.ts';
import { TreeLayout } from '../../trees/layout.ts';
import { fitsClasses, outputsOf, TreeOutcome } from '../../trees/outcome.ts';

/**
 * `spec` of an additive model. Tensors: `intercept` [outputs]; of term t `values_t` and `spread_t` [cells, outputs] (the spread over the
 * bags), `rows_t` [cells], and for each axis a that is a number `cuts_t_a`. A grid's cells are row-major.
 */
export const AdditiveSpec = z.strictObject({
  layout: TreeLayout,
  outcome: TreeOutcome,
  columns: z.array(AxisColumnSpec),
  /** One axis (a curve) or two (a grid), as indices into `columns`. */
  terms: z.array(z.array(z.int().min(0)).min(1).max(2)),
  rows: z.int().min(1),
  bags: z.int().min(1),
  training: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  notes: z.array(z.string()),
});
export type AdditiveSpec = z.infer<typeof AdditiveSpec>;

export interface TermAxis {
  readonly column: number;
  readonly cuts: Float64Array;
  readonly bins: number;
}

export interface AdditiveTerm {
  readonly axes: readonly TermAxis[];
  /** cells x outputs. */
  readonly values: Float64Array;
  readonly spread: Float64Array;
  readonly rows: Float64Array;
}

export interface AdditiveModel {
  readonly spec: AdditiveSpec;
  readonly outputs: number;
  readonly intercept: Float64Array;
  readonly terms: readonly AdditiveTerm[];
}

export function additiveTensors(
  intercept: Float64Array,
  terms: readonly AdditiveTerm[],
): Record<string, Tensor> {
  const outputs = intercept.length;
  const tensors: Record<string, Tensor> = { intercept: { shape: [outputs], data: intercept } };
  terms.forEach(({ axes, values, spread, rows }, t) => {
    tensors[`values_${t}`] = { shape: [rows.length, outputs], data: values };
    tensors[`spread_${t}`] = { shape: [rows.length, outputs], data: spread };
    tensors[`rows_${t}`] = { shape: [rows.length], data: rows };
    axes.forEach(({ cuts }, a) => (tensors[`cuts_${t}_${a}`] = { shape: [cuts.length], data: cuts }));
  });
  return tensors;
}

const known = new WeakMap<ModelArtifact, AdditiveModel>();

/** Reads an artifact once; throws `model-damaged` when its parts do not fit together. */
export function readAdditive(artifact: ModelArtifact): AdditiveModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = AdditiveSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not an additive model's: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  checkAxisModel(artifact, spec);
  if (spec.outcome.link === 'shares' || !fitsClasses(spec.outcome, artifact.classes.length))
    throw damaged('its classes do not fit its kind');
  const outputs = outputsOf(spec.outcome);
  const terms = spec.terms.map((axes, t): AdditiveTerm => {
    const read = axes.map((column, a): TermAxis => {
      const of = spec.columns[column];
      if (!of) throw damaged(`term ${t} asks for column ${column}`);
      const cuts = doublesOf(artifact, `cuts_${t}_${a}`);
      const rising = cuts.every((cut, i) => i === 0 || cut > cuts[i - 1]!);
      if (!rising || (of.kind === 'levels' && cuts.length > 0))
        throw damaged(`the cuts of term ${t} overlap`);
      return { column, cuts, bins: of.kind === 'levels' ? of.levels.length + 1 : cuts.length + 2 };
    });
    const cells = read.reduce((product, { bins }) => product * bins, 1);
    return {
      axes: read,
      values: doublesOf(artifact, `values_${t}`, cells * outputs),
      spread: doublesOf(artifact, `spread_${t}`, cells * outputs),
      rows: doublesOf(artifact, `rows_${t}`, cells),
    };
  });
  const model = { spec, outputs, intercept: doublesOf(artifact, 'intercept', outputs), terms };
  known.set(artifact, model);
  return model;
}
