import { createOnnxGraph, type OnnxGraph, type OnnxValue } from '../platform/onnx/index.ts';
import { modelOnnx, type ModelArtifact } from '../models/index.ts';
import { onnxInputType, pipelineToOnnx, type FittedPipeline } from '../recipes/index.ts';
import { outputNames } from '../training/index.ts';
import type { BundleGraph, GraphOutput } from './content.ts';

/**
 * The whole model as one graph: raw columns in, the fitted steps, the model, predictions out. Regression gives `prediction`;
 * classification gives `prediction` (the likeliest class, the first of equals) and `probability_CLASS` for each class.
 * Same model, same bytes.
 */
export function composeGraph(pipeline: FittedPipeline, artifact: ModelArtifact): BundleGraph {
  const graph = createOnnxGraph('model');
  const features = pipelineToOnnx(pipeline, graph);
  const values = modelOnnx(artifact, graph, features);
  const inputs = pipeline.inputs.map((input) => ({ name: input.name, type: onnxInputType(input) }));
  const outputs: GraphOutput[] = [];
  const add = (output: GraphOutput, value: OnnxValue | undefined): void => {
    if (value === undefined) throw new Error(`the model makes no value for "${output.name}"`);
    graph.output(output.name, value, output.type);
    outputs.push(output);
  };
  const [prediction, ...probabilities] = outputNames(
    inputs.map(({ name }) => name),
    artifact.classes,
  );
  if (artifact.task === 'regression') {
    add({ name: prediction, type: 'double' }, values[0]);
  } else {
    add({ name: prediction, type: 'string' }, likeliest(graph, values, artifact.classes));
    artifact.classes.forEach((label, index) => {
      add({ name: probabilities[index] ?? '', type: 'double', class: label }, values[index]);
    });
  }
  return { bytes: graph.finish(), inputs, outputs };
}

function likeliest(graph: OnnxGraph, values: readonly OnnxValue[], classes: readonly string[]): OnnxValue {
  const beside = graph.node('Concat', values, { axis: 1n });
  const index = graph.node('ArgMax', [beside], { axis: 1n, keepdims: 1n, select_last_index: 0n });
  return graph.node(
    'LabelEncoder',
    [index],
    { keys_int64s: { ints: classes.map((_, at) => at) }, values_strings: [...classes], default_string: '' },
    'ai.onnx.ml',
  );
}
