import type * as z from 'zod';
import type { PredictionField } from '../../preload/contract/registry.ts';
import type { FittedPipeline } from '../recipes/index.ts';

/** What a form for one row asks for. */
export function predictionFields(pipeline: FittedPipeline): z.infer<typeof PredictionField>[] {
  return pipeline.inputs.map(({ name, type, example, levels }) => ({
    name,
    kind: type === 'text' ? 'category' : 'number',
    levels,
    example,
  }));
}
