import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { Design } from '../../../recipes/index.ts';
import { checkBlocks } from '../../blocks.ts';
import type { ModelArtifact } from '../../family.ts';

const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['dense', 'one-hot']), size: z.int().min(0) }),
  /** A category of `size` levels, which layer 1 sees as a vector. */
  z.strictObject({ kind: z.literal('codes'), size: z.int().min(0), vector: z.int().min(1) }),
]);
export type Block = z.infer<typeof Block>;

/**
 * `spec` of a network. Tensors, float32: `layerN.weights` [inputs, outputs] and `layerN.bias` [outputs], N = 1, 2, ...; the inputs of
 * layer 1 are numbers, one-hot levels and vectors in the order of the design, the last layer is linear. `embeddingN` [levels + 1, vector]
 * has the vectors of the N-th category of codes; its last row is for levels that training never saw, and missing ones. `wide.weights`
 * leads from numbers, one-hot levels and levels of codes (one row more each, too) straight to the last layer's outputs. What dropout and
 * normalisation did in training is over: the weights are those that predict.
 */
export const NetworkSpec = z.strictObject({
  /** What makes predictions of the last layer: standardised target, log odds of the second of `modelled`, or scores of all. */
  link: z.enum(['identity', 'logit', 'softmax']),
  /** Indices of the classes that had training rows; the others get probability 0. */
  modelled: z.array(z.int().min(0)),
  blocks: z.array(Block),
  hidden: z.array(z.int().min(1)).min(1),
  activation: z.enum(['relu', 'tanh']),
  wide: z.literal(true).optional(),
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
  /** Of each category of codes, (levels + 1) x vector, row-major. */
  readonly embeddings: readonly Float32Array[];
  /** Of a wide network, inputs x outputs, row-major. */
  readonly wide: Float32Array | null;
}

/** Inputs of layer 1 that a block gives. */
export function blockInputs(block: Block): number {
  return block.kind === 'codes' ? block.vector : block.size;
}

/** Rows of the wide weights that a block has. */
export function wideInputs(block: Block): number {
  return block.kind === 'codes' ? block.size + 1 : block.size;
}

export function totalOf(blocks: readonly Block[], count: (block: Block) => number): number {
  return blocks.reduce((total, block) => total + count(block), 0);
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
  const features = totalOf(spec.blocks, (block) => (block.kind === 'codes' ? 1 : block.size));
  if (features !== artifact.features.length) throw damaged('its blocks do not add up to its features');
  checkClasses(artifact, spec);
  const outputs = spec.link === 'softmax' ? spec.modelled.length : 1;
  const sizes = [totalOf(spec.blocks, blockInputs), ...spec.hidden, outputs];
  const layers = sizes.slice(1).map((size, i): Layer => {
    const inputs = sizes[i] ?? 0;
    return {
      inputs,
      outputs: size,
      weights: floats(artifact, `layer${i + 1}.weights`, [inputs, size]),
      bias: floats(artifact, `layer${i + 1}.bias`, [size]),
    };
  });
  const embeddings = spec.blocks
    .flatMap((block) => (block.kind === 'codes' ? [block] : []))
    .map((block, k) => floats(artifact, `embedding${k + 1}`, [block.size + 1, block.vector]));
  const wide = spec.wide
    ? floats(artifact, 'wide.weights', [totalOf(spec.blocks, wideInputs), outputs])
    : null;
  const model = { spec, layers, embeddings, wide };
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
