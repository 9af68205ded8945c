import { fail } from '../../preload/contract/errors.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import { decodeArtifact, type ModelArtifact } from '../models/index.ts';
import { readPipeline, type FittedPipeline } from '../recipes/index.ts';
import type { RunRow } from './store.ts';

/** Digests of a model and its fitted steps. */
export interface ModelObjects {
  readonly pipeline: string;
  readonly model: string;
}

export interface LoadedModel {
  readonly pipeline: FittedPipeline;
  readonly artifact: ModelArtifact;
}

/** Reads a model and its steps. Throws `object-missing`, `object-damaged`, `pipeline-damaged`, `model-damaged`. */
export async function loadModel(
  reader: ObjectReader,
  { pipeline, model }: ModelObjects,
): Promise<LoadedModel> {
  return {
    pipeline: readPipeline(await reader.get(pipeline)),
    artifact: decodeArtifact(await reader.get(model)),
  };
}

/** The objects of a finished run. */
export function modelObjects({ id, pipeline, model }: RunRow): ModelObjects {
  if (pipeline !== null && model !== null) return { pipeline, model };
  throw fail('internal', { what: `run ${id}`, reason: 'its record names no model' });
}
