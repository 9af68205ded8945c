import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { Design } from '../../../recipes/index.ts';
import { checkBlocks } from '../../blocks.ts';
import type { ModelArtifact } from '../../family.ts';

const Block = z.strictObject({ kind: z.enum(['dense', 'one-hot']), size: z.int().min(0) });

/**
 * `spec` of a network. Tensors, float32: `layerN.weights` [inputs, outputs] and `layerN.bias` [outputs], N = 1, 2, ...; the inputs of
 * layer 1 are the features in the order of the design, the last layer is linear.
 */
export const NetworkSpec = z.strictObject({
  /** What makes predictions of the last layer: standardised target, log odds of the second of `modelled`, or scores of all. */
  link: z.enum(['identity', 'logit', 'softmax']),
  /** Indices of the classes that had training rows; the others get probability 0. */
  modelled: z.array(z.int().min(0)),
  blocks: z.array(Block),
  hidden: z.array(z.int().min(1)).min(1),
  activation: z.enum(['relu', 'tanh']),
  /** Regression: a prediction is `mean` plus `scale` times the output. */
  target: z.strictObject({ mean: z.number(), scale: z.number().positive() }),
  rows: z.int().min(1),
  /** Epochs run, the one whose weights these are (0: the start), and its validation loss where there were validation rows. */
  training: z.strictObject({
    epochs: z.int().min(0),
    best: z.int().min(0),
    validationLoss: z.number().nullable(),
  }),
  notes: z.array(z.string()),
});
export type NetworkSpec = z.infer<typeof NetworkSpec>;

export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** inputs x outputs, row-major. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface NetworkModel {
  readonly spec: NetworkSpec;
  readonly layers: readonly Layer[];
}

const known = new WeakMap<ModelArtifact, NetworkModel>();

/** Reads a network artifact once; throws `model-damaged` when its parts do not fit together. */
export function readNetwork(artifact: ModelArtifact): NetworkModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = NetworkSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not a network's: ${parsed.error.issues[0]?.message ?? ''}`);
  const spec = parsed.data;
  const width = artifact.features.length;
  if (spec.blocks.reduce((total, block) => total + block.size, 0) !== width)
    throw damaged('its blocks do not add up to its features');
  checkClasses(artifact, spec);
  const sizes = [width, ...spec.hidden, spec.link === 'softmax' ? spec.modelled.length : 1];
  const layers = sizes.slice(1).map((outputs, i): Layer => {
    const inputs = sizes[i] ?? 0;
    return {
      inputs,
      outputs,
      weights: floats(artifact, `layer${i + 1}.weights`, [inputs, outputs]),
      bias: floats(artifact, `layer${i + 1}.bias`, [outputs]),
    };
  });
  const model = { spec, layers };
  known.set(artifact, model);
  return model;
}

function checkClasses(artifact: ModelArtifact, { link, modelled }: NetworkSpec): void {
  const fits =
    link === 'identity'
      ? artifact.task === 'regression' && modelled.length === 0
      : artifact.task === 'classification' &&
        (link === 'logit' ? modelled.length === 2 : modelled.length > 2) &&
        modelled.every((code, i) => code < artifact.classes.length && code > (modelled[i - 1] ?? -1));
  if (!fits) throw damaged('its classes do not fit its kind');
}

function floats(artifact: ModelArtifact, name: string, shape: readonly number[]): Float32Array {
  const tensor = artifact.tensors[name];
  const found = tensor?.shape.join(' x ') ?? 'nothing';
  if (found !== shape.join(' x ') || !(tensor?.data instanceof Float32Array))
    throw damaged(`it needs a tensor "${name}" of ${shape.join(' x ')} floats, found ${found}`);
  return tensor.data;
}

/** Throws `model-input-mismatch` unless the design has the blocks the network was trained on. */
export function checkDesign({ spec }: NetworkModel, design: Design): void {
  checkBlocks('network', spec.blocks, design);
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
