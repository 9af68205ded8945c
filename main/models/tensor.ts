import { fail } from '../../preload/contract/errors.ts';
import type { ModelArtifact } from './family.ts';

/** The doubles of a tensor that must be there in that shape; throws `model-damaged` when it is not. */
export function tensorOf(artifact: ModelArtifact, name: string, shape: readonly number[]): Float64Array {
  const tensor = artifact.tensors[name];
  const found = tensor?.shape.join(' x ') ?? 'nothing';
  if (tensor === undefined || found !== shape.join(' x ') || !(tensor.data instanceof Float64Array)) {
    throw fail('model-damaged', {
      reason: `the ${artifact.family} model needs a tensor "${name}" of ${shape.join(' x ')} doubles, found ${found}`,
    });
  }
  return tensor.data;
}
