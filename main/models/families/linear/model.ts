import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { Design } from '../../../recipes/index.ts';
import { checkBlocks } from '../../blocks.ts';
import type { ModelArtifact } from '../../family.ts';
import { tensorOf } from '../../tensor.ts';

/** `spec` of a linear model. Tensors: coefficients [outputs, features], intercepts [outputs], and their errors where defined. */
export const LinearSpec = z.strictObject({
  /** Of the linear predictor; softmax has one predictor per class in `modelled`, logit one for the second of them. */
  link: z.enum(['identity', 'logit', 'softmax']),
  /** Indices of the classes that had training rows; the others get probability 0. */
  modelled: z.array(z.int().min(0)),
  /** The blocks of the design, in order. */
  blocks: z.array(z.strictObject({ kind: z.enum(['dense', 'one-hot']), size: z.int().min(0) })),
  rows: z.int().min(1),
  penalty: z.strictObject({
    kind: z.enum(['none', 'l2', 'l1', 'elasticnet']),
    strength: z.number().min(0),
    /** Share of l1 in elasticnet. */
    ratio: z.number().optional(),
  }),
  inference: z.enum(['classical', 'bayesian', 'none']),
  degreesOfFreedom: z.number().nullable(),
  residualDeviation: z.number().nullable(),
  overall: z.strictObject({ statistic: z.number(), between: z.number(), within: z.number() }).nullable(),
  notes: z.array(z.string()),
});
export type LinearSpec = z.infer<typeof LinearSpec>;

/** A linear model read and checked, with tables ready for prediction. */
export interface LinearModel {
  readonly spec: LinearSpec;
  readonly outputs: number;
  readonly intercepts: Float64Array;
  /** outputs x features, row-major. */
  readonly coefficients: Float64Array;
  readonly errors: { readonly intercepts: Float64Array; readonly coefficients: Float64Array } | undefined;
}

const known = new WeakMap<ModelArtifact, LinearModel>();

/** Reads a linear artifact once; throws `model-damaged` when its parts do not fit together. */
export function readLinear(artifact: ModelArtifact): LinearModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = LinearSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not a linear model's: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  const width = artifact.features.length;
  if (spec.blocks.reduce((total, block) => total + block.size, 0) !== width) {
    throw damaged('its blocks do not add up to its features');
  }
  checkClasses(artifact, spec);
  const outputs = spec.link === 'softmax' ? spec.modelled.length : 1;
  const model: LinearModel = {
    spec,
    outputs,
    intercepts: tensorOf(artifact, 'intercepts', [outputs]),
    coefficients: tensorOf(artifact, 'coefficients', [outputs, width]),
    errors:
      spec.inference === 'none'
        ? undefined
        : {
            intercepts: tensorOf(artifact, 'intercept_errors', [outputs]),
            coefficients: tensorOf(artifact, 'coefficient_errors', [outputs, width]),
          },
  };
  known.set(artifact, model);
  return model;
}

function checkClasses(artifact: ModelArtifact, { link, modelled }: LinearSpec): void {
  const fits =
    link === 'identity'
      ? artifact.task === 'regression' && modelled.length === 0
      : artifact.task === 'classification' &&
        (link === 'logit' ? modelled.length === 2 : modelled.length > 2) &&
        modelled.every((code, i) => code < artifact.classes.length && (i === 0 || code > modelled[i - 1]!));
  if (!fits) throw damaged('its classes do not fit its kind');
}

/** Throws `model-input-mismatch` unless the design has the blocks the model was trained on. */
export function checkDesign(model: LinearModel, design: Design): void {
  checkBlocks('linear', model.spec.blocks, design);
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
