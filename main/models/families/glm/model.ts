import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { ModelArtifact } from '../../family.ts';
import { tensorOf } from '../../tensor.ts';
import { distributions, links } from './distribution.ts';

/** `spec` of a generalised linear model. Tensors: intercept [1], coefficients [features], and their errors where defined. */
export const GlmSpec = z.strictObject({
  distribution: z.enum(distributions),
  link: z.enum(links),
  /** Variance power of tweedie; null for the others. */
  power: z.number().nullable(),
  /** Indices of the two classes that had training rows; empty for amounts. */
  modelled: z.array(z.int().min(0)),
  blocks: z.array(z.strictObject({ kind: z.enum(['dense', 'one-hot']), size: z.int().min(0) })),
  alpha: z.number().min(0),
  errors: z.boolean(),
  rows: z.int().min(1),
  degreesOfFreedom: z.number(),
  rank: z.int().min(1),
  /** Of the t distribution: whether the dispersion is estimated. */
  estimated: z.boolean(),
  deviance: z.number(),
  nullDeviance: z.number(),
  pearson: z.number(),
  dispersion: z.number(),
  logLikelihood: z.number().nullable(),
  iterations: z.int().min(0),
  notes: z.array(z.string()),
});
export type GlmSpec = z.infer<typeof GlmSpec>;

export interface GlmModel {
  readonly spec: GlmSpec;
  readonly outputs: 1;
  readonly intercepts: Float64Array;
  readonly coefficients: Float64Array;
  readonly errors: { readonly intercept: number; readonly coefficients: Float64Array } | undefined;
}

const known = new WeakMap<ModelArtifact, GlmModel>();

/** Reads an artifact once; throws `model-damaged` when its parts do not fit together. */
export function readGlm(artifact: ModelArtifact): GlmModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = GlmSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not a generalised linear model's: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  const width = artifact.features.length;
  if (spec.blocks.reduce((total, block) => total + block.size, 0) !== width)
    throw damaged('its blocks do not add up to its features');
  const [first = 0, second = 0] = spec.modelled;
  const fits =
    spec.link === 'logit'
      ? artifact.task === 'classification' &&
        spec.modelled.length === 2 &&
        first < second &&
        second < artifact.classes.length
      : artifact.task === 'regression' && spec.modelled.length === 0;
  if (!fits) throw damaged('its classes do not fit its link');
  const model: GlmModel = {
    spec,
    outputs: 1,
    intercepts: tensorOf(artifact, 'intercept', [1]),
    coefficients: tensorOf(artifact, 'coefficients', [width]),
    errors: spec.errors
      ? {
          intercept: tensorOf(artifact, 'intercept_error', [1])[0]!,
          coefficients: tensorOf(artifact, 'coefficient_errors', [width]),
        }
      : undefined,
  };
  known.set(artifact, model);
  return model;
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
