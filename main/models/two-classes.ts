import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';

/** rows x classes probabilities from log odds of the second of two `modelled` classes; the other classes get 0. */
export function twoClasses(scores: Float64Array, modelled: readonly number[], classes: number): Float64Array {
  const out = new Float64Array(scores.length * classes);
  const [negative = 0, positive = 1] = modelled;
  scores.forEach((score, row) => {
    const e = Math.exp(-Math.abs(score));
    const near = 1 / (1 + e);
    const far = e * near;
    out[row * classes + positive] = score >= 0 ? near : far;
    out[row * classes + negative] = score >= 0 ? far : near;
  });
  return out;
}

/** `twoClasses` as nodes: one [N, 1] double per class. */
export function twoClassesOnnx(
  graph: OnnxGraph,
  scores: OnnxValue,
  modelled: readonly number[],
  classes: number,
): readonly OnnxValue[] {
  const positive = graph.node('Sigmoid', [scores]);
  const negative = graph.node('Sigmoid', [graph.node('Neg', [scores])]);
  const zero = graph.constant({ type: 'double', shape: [1], data: [0] });
  return Array.from({ length: classes }, (_, code) => {
    if (code === modelled[1]) return positive;
    return code === modelled[0] ? negative : graph.node('Mul', [positive, zero]);
  });
}
