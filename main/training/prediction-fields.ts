import type * as z from 'zod';
import type { PredictionField } from '../../preload/contract/registry.ts';
import type { FittedPipeline, PipelineInput } from '../recipes/index.ts';

type Field = z.infer<typeof PredictionField>;

/** What a form for one row asks for. */
export function predictionFields(pipeline: FittedPipeline): Field[] {
  return pipeline.inputs.map(({ name, type, example, levels }) => ({
    name,
    kind: type === 'text' ? 'category' : type,
    levels: type === 'bool' ? ['true', 'false'] : levels,
    example: typeof example === 'number' ? asWritten(type, example) : example,
  }));
}

/** The number of a pipeline's column as a person writes the value it stands for. */
function asWritten(type: PipelineInput['type'], value: number): string | number {
  if (type === 'bool') return value === 0 ? 'false' : 'true';
  if (type !== 'date' && type !== 'timestamp') return value;
  const written = new Date(Math.round(value * 86_400_000)).toISOString();
  return type === 'date' ? written.slice(0, 10) : written.slice(0, 19).replace('T', ' ');
}
