import { fail, Failure } from '../../preload/contract/errors.ts';
import { createOnnxGraph, type OnnxColumn, type OnnxGraph, type OnnxValue } from '../platform/onnx/index.ts';
import type { RawColumn } from './columns.ts';
import { memberPrefix } from './join-designs.ts';
import { replaceColumns, stepOf, type FittedPipeline } from './pipeline.ts';
import type { NamedInput } from './pipeline-input.ts';
import type { GraphColumn } from './step.ts';

/**
 * A model input as a value of a graph: a double [N, 1] (missing = NaN), or int64 [N, 1] codes of a one-hot block (-1 = all zeros) or of
 * a category that is one feature (-1 = missing).
 */
export type GraphFeature =
  | { readonly kind: 'dense'; readonly name: string; readonly value: OnnxValue }
  | {
      readonly kind: 'one-hot' | 'codes';
      readonly name: string;
      readonly levels: readonly string[];
      readonly codes: OnnxValue;
    };

/** How an input is fed: numbers as double with NaN for missing, text as string with '' for missing. */
export function onnxInputType(input: NamedInput): 'double' | 'string' {
  return input.type === 'text' ? 'string' : 'double';
}

/**
 * Adds the pipeline to a graph: one input per raw column, by its name. What comes back is in the order of the
 * pipeline's features, ready for a family's `onnx`. A graph cannot refuse: `unknown: error` acts as `ignore` there, and
 * a gap no step fills comes out as NaN.
 */
export function pipelineToOnnx(pipeline: FittedPipeline, graph: OnnxGraph): readonly GraphFeature[] {
  const inputs = pipeline.inputs.map((input): GraphColumn => {
    const type = onnxInputType(input);
    const value = graph.input(input.name, type);
    return type === 'double'
      ? { kind: 'number', name: input.name, value }
      : { kind: 'category', name: input.name, text: value, missing: null };
  });
  if (!pipeline.members) return stepsToOnnx(pipeline, graph, inputs);
  return pipeline.members.flatMap((member, i) => {
    const own = member.inputs.map(({ name }) => inputs.find((input) => input.name === name)!);
    return stepsToOnnx(member, graph, own).map((feature) => ({
      ...feature,
      name: `${memberPrefix(i)}${feature.name}`,
    }));
  });
}

function stepsToOnnx(
  pipeline: Pick<FittedPipeline, 'steps'>,
  graph: OnnxGraph,
  inputs: readonly GraphColumn[],
): GraphFeature[] {
  let work = inputs;
  for (const fitted of pipeline.steps) {
    const picked = new Set(fitted.columns);
    const chosen = work.filter((column) => picked.has(column.name));
    work = replaceColumns(work, picked, stepOf(fitted).onnx(graph, chosen, fitted.state));
  }
  return work.map((column): GraphFeature => {
    if (column.kind === 'number') return { kind: 'dense', name: column.name, value: column.value };
    if (column.kind === 'one-hot' || column.kind === 'codes') return column;
    throw fail('column-not-encoded', { column: column.name, example: '' });
  });
}

/** That a pipeline has a step that graphs can't do, said before anything is trained. */
export function exportNotes(pipeline: FittedPipeline): string[] {
  try {
    pipelineToOnnx(pipeline, createOnnxGraph('trial'));
    return [];
  } catch (error) {
    if (error instanceof Failure && error.code === 'step-not-exportable') return [error.message];
    throw error;
  }
}

/** Raw columns as what `runOnnx` is fed. */
export function onnxFeeds(
  pipeline: FittedPipeline,
  columns: readonly RawColumn[],
): Record<string, OnnxColumn> {
  const feeds: Record<string, OnnxColumn> = {};
  for (const input of pipeline.inputs) {
    const column = columns.find((candidate) => candidate.name === input.name);
    if (!column)
      throw fail('input-column-missing', { column: input.name, known: columns.map((c) => c.name) });
    feeds[input.name] =
      column.kind === 'number'
        ? column.values
        : Array.from(column.codes, (code) => (code < 0 ? '' : (column.levels[code] ?? '')));
  }
  return feeds;
}
