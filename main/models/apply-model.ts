import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { Design } from '../recipes/index.ts';
import { calibrated, calibrationOnnx } from './calibration/index.ts';
import { createEnsemble, ensembleId } from './ensemble/index.ts';
import { familyById } from './families/index.ts';
import type { ModelArtifact, ModelKind, OnnxFeature, ReportTable } from './family.ts';

/** What a stored model says of rows, its calibration with it: `rows` values or rows x classes probabilities, row-major. */
export function modelPredictions(artifact: ModelArtifact, design: Design): Float64Array {
  const said = kindOf(artifact).predict(artifact, design);
  return artifact.calibration ? calibrated(artifact.calibration, said, artifact.classes.length) : said;
}

/** The same as nodes of a graph, from the values of its features: one [N, 1] double value, or one per class. */
export function modelOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const said = kindOf(artifact).onnx(artifact, graph, features);
  return artifact.calibration ? calibrationOnnx(artifact.calibration, graph, said) : said;
}

/** The tables that a person reads a stored model by. */
export function modelReport(artifact: ModelArtifact): readonly ReportTable[] {
  return kindOf(artifact).report(artifact);
}

const ensemble = createEnsemble({ predict: modelPredictions, onnx: modelOnnx, report: modelReport });

/** Throws `family-unknown`. */
function kindOf({ family }: ModelArtifact): ModelKind {
  return family === ensembleId ? ensemble : familyById(family);
}
