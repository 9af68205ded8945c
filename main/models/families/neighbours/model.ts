import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { ModelArtifact } from '../../family.ts';
import { tensorOf } from '../../tensor.ts';

/** `spec` of a neighbours model. Tensors: points [rows, numbers], codes [rows, categories], and amounts [rows] or classes [rows]. */
export const NeighboursSpec = z.strictObject({
  blocks: z.array(z.strictObject({ kind: z.enum(['dense', 'one-hot']), size: z.int().min(0) })),
  /** Rows kept, and rows they were drawn from. */
  kept: z.int().min(1),
  rows: z.int().min(1),
  neighbours: z.int().min(1),
  weights: z.enum(['uniform', 'distance']),
  metric: z.enum(['euclidean', 'manhattan']),
  notes: z.array(z.string()),
});
export type NeighboursSpec = z.infer<typeof NeighboursSpec>;

export interface NeighboursModel {
  readonly spec: NeighboursSpec;
  /** Numbers per row. */
  readonly numbers: number;
  /** Levels of each category. */
  readonly levels: readonly number[];
  /** kept x numbers, row-major. */
  readonly points: Float64Array;
  /** kept x categories, row-major. */
  readonly codes: Int32Array;
  /** Amounts, or class indices. */
  readonly answers: Float64Array | Int32Array;
}

const known = new WeakMap<ModelArtifact, NeighboursModel>();

/** Reads a neighbours artifact once; throws `model-damaged` when its parts do not fit together. */
export function readNeighbours(artifact: ModelArtifact): NeighboursModel {
  const before = known.get(artifact);
  if (before) return before;
  const parsed = NeighboursSpec.safeParse(artifact.spec);
  if (!parsed.success)
    throw damaged(`its description is not that of neighbours: ${parsed.error.issues[0]?.message}`);
  const spec = parsed.data;
  if (spec.blocks.reduce((sum, { size }) => sum + size, 0) !== artifact.features.length)
    throw damaged('its blocks do not add up to its features');
  if (spec.neighbours > spec.kept) throw damaged('it asks for more neighbours than it has rows');
  if ((artifact.task === 'regression') !== (artifact.classes.length === 0))
    throw damaged('its classes do not fit its task');
  const numbers = spec.blocks.reduce((sum, { kind, size }) => sum + (kind === 'dense' ? size : 0), 0);
  const levels = spec.blocks.flatMap(({ kind, size }) => (kind === 'one-hot' ? [size] : []));
  const codes = whole(artifact, 'codes', spec.kept * levels.length);
  if (!codes.every((code, i) => code >= -1 && code < levels[i % levels.length]!))
    throw damaged('a row has a level there is not');
  const answers =
    artifact.task === 'regression'
      ? tensorOf(artifact, 'amounts', [spec.kept])
      : whole(artifact, 'classes', spec.kept);
  if (
    artifact.task === 'classification' &&
    !answers.every((code) => code >= 0 && code < artifact.classes.length)
  )
    throw damaged('a row has a class there is not');
  const points = tensorOf(artifact, 'points', [spec.kept, numbers]);
  const model = { spec, numbers, levels, points, codes, answers };
  known.set(artifact, model);
  return model;
}

function whole(artifact: ModelArtifact, name: string, length: number): Int32Array {
  const tensor = artifact.tensors[name];
  if (!(tensor?.data instanceof Int32Array) || tensor.data.length !== length)
    throw damaged(`its tensor "${name}" is not ${length} whole numbers`);
  return tensor.data;
}

function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
