import type { OnnxGraph, OnnxValue } from '../../../platform/onnx/index.ts';
import type { Design } from '../../../recipes/index.ts';
import { axisColumns, binOf, type AxisColumn } from '../../axes.ts';
import { binOnnx, gatherOnnx, zerosOnnx } from '../../axes-onnx.ts';
import type { ModelArtifact, OnnxFeature } from '../../family.ts';
import { checkLayout } from '../../trees/layout.ts';
import { twoClasses, twoClassesOnnx } from '../../two-classes.ts';
import type { Characteristic } from './characteristic.ts';
import { readScorecard, scaleOf } from './model.ts';

/** The bin of a row on a characteristic. */
export function binAt(
  { cuts, groups }: Pick<Characteristic, 'cuts' | 'groups'>,
  of: AxisColumn,
  row: number,
): number {
  return of.kind === 'levels' ? groups[of.codes[row]! + 1]! : binOf(cuts, of.values[row]!);
}

/** The score of every row: the points of its bins. */
export function scores(artifact: ModelArtifact, design: Design): Float64Array {
  const { spec, card } = readScorecard(artifact);
  checkLayout(artifact.family, spec.layout, design);
  const columns = axisColumns(design);
  const out = new Float64Array(design.rows).fill(spec.base_points);
  for (const one of card) {
    const of = columns[one.column]!;
    for (let row = 0; row < design.rows; row++) out[row]! += one.points[binAt(one, of, row)]!;
  }
  return out;
}

export function predictScorecard(artifact: ModelArtifact, design: Design): Float64Array {
  const { spec } = readScorecard(artifact);
  const { factor, offset } = scaleOf(spec);
  const odds = scores(artifact, design).map((score) => (score - offset) / factor);
  return twoClasses(odds, spec.modelled, artifact.classes.length);
}

export function scorecardOnnx(
  artifact: ModelArtifact,
  graph: OnnxGraph,
  features: readonly OnnxFeature[],
): readonly OnnxValue[] {
  const { spec, card } = readScorecard(artifact);
  const { factor, offset } = scaleOf(spec);
  const number = (value: number): OnnxValue => graph.constant({ type: 'double', shape: [1], data: [value] });
  let score = number(spec.base_points);
  if (card.length === 0) score = graph.node('Add', [score, zerosOnnx(graph, features)]);
  for (const { column, cuts, groups, points } of card) {
    const feature = features[column];
    if (!feature) throw new TypeError(`the card asks for column ${column}`);
    const byBin = feature.kind === 'dense' ? points : Float64Array.from(groups, (bin) => points[bin]!);
    score = graph.node('Add', [score, gatherOnnx(graph, byBin, 1, binOnnx(graph, feature, cuts))]);
  }
  const odds = graph.node('Div', [graph.node('Sub', [score, number(offset)]), number(factor)]);
  return twoClassesOnnx(graph, odds, spec.modelled, artifact.classes.length);
}
