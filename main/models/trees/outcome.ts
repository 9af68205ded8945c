import * as z from 'zod';
import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';

/**
 * What the summed leaves mean: `scores / divisor * scale + shift`, then by link
 * - identity: the amount; log: its logarithm;
 * - logit: log odds of the second modelled class; softmax: one score per modelled class;
 * - shares: class shares, one of the second class or one per class; cut to 0..1 and made to add up to 1.
 */
export const TreeOutcome = z.strictObject({
  link: z.enum(['identity', 'log', 'logit', 'softmax', 'shares']),
  /** Indices of the classes that had training rows; the others get probability 0. */
  modelled: z.array(z.int().min(0)),
  divisor: z.number().positive(),
  shift: z.number(),
  scale: z.number().positive(),
});
export type TreeOutcome = z.infer<typeof TreeOutcome>;

/** Scores per row. */
export function outputsOf({ link, modelled }: TreeOutcome): number {
  if (link === 'identity' || link === 'log' || link === 'logit') return 1;
  return modelled.length === 2 && link === 'shares' ? 1 : modelled.length;
}

/** Whether an outcome fits a model with so many classes (0: regression). */
export function fitsClasses({ link, modelled }: TreeOutcome, classes: number): boolean {
  const rising = modelled.every((code, i) => code < classes && (i === 0 || code > (modelled[i - 1] ?? 0)));
  if (link === 'identity' || link === 'log') return classes === 0 && modelled.length === 0;
  if (link === 'logit') return rising && modelled.length === 2;
  return rising && modelled.length >= (link === 'softmax' ? 3 : 2);
}

/** Predictions from scores (rows x outputs): rows amounts, or rows x classes probabilities. */
export function predictionsOf(outcome: TreeOutcome, scores: Float64Array, classes: number): Float64Array {
  const { link, modelled, divisor, shift, scale } = outcome;
  if (link === 'identity' || link === 'log') {
    const plain = shift === 0 && scale === 1;
    return scores.map((score) => {
      const value = plain ? score / divisor : (score / divisor) * scale + shift;
      return link === 'log' ? Math.exp(value) : value;
    });
  }
  const outputs = outputsOf(outcome);
  const rows = scores.length / outputs;
  const out = new Float64Array(rows * classes);
  const shares = new Float64Array(modelled.length);
  for (let row = 0; row < rows; row++) {
    fillShares(shares, outcome, scores, row * outputs);
    modelled.forEach((code, k) => (out[row * classes + code] = shares[k]!));
  }
  return out;
}

function fillShares(
  shares: Float64Array,
  { link, divisor }: TreeOutcome,
  scores: Float64Array,
  at: number,
): void {
  const count = shares.length;
  if (link === 'logit') {
    const score = scores[at]! / divisor;
    const e = Math.exp(-Math.abs(score));
    const near = 1 / (1 + e);
    shares[1] = score >= 0 ? near : e * near;
    shares[0] = score >= 0 ? e * near : near;
    return;
  }
  let total = 0;
  if (link === 'softmax') {
    let top = -Infinity;
    for (let k = 0; k < count; k++) top = Math.max(top, scores[at + k]! / divisor);
    for (let k = 0; k < count; k++) total += shares[k] = Math.exp(scores[at + k]! / divisor - top);
  } else if (count === 2) {
    shares[1] = Math.min(1, Math.max(0, scores[at]! / divisor));
    shares[0] = 1 - shares[1];
    return;
  } else {
    // A share of nothing at all leaves the classes level.
    for (let k = 0; k < count; k++)
      total += shares[k] = Math.min(1, Math.max(1e-12, scores[at + k]! / divisor));
  }
  for (let k = 0; k < count; k++) shares[k] = shares[k]! / total;
}

/** `predictionsOf` as nodes: one [N, 1] double per amount or class, from scores [N, outputs] in double. */
export function outcomeOnnx(
  graph: OnnxGraph,
  outcome: TreeOutcome,
  scores: OnnxValue,
  classes: number,
): readonly OnnxValue[] {
  const { link, modelled, divisor, shift, scale } = outcome;
  const constant = (value: number): OnnxValue =>
    graph.constant({ type: 'double', shape: [1], data: [value] });
  const divided = divisor === 1 ? scores : graph.node('Div', [scores, constant(divisor)]);
  if (link === 'identity' || link === 'log') {
    const plain = shift === 0 && scale === 1;
    const value = plain
      ? divided
      : graph.node('Add', [graph.node('Mul', [divided, constant(scale)]), constant(shift)]);
    return [link === 'log' ? graph.node('Exp', [value]) : value];
  }
  const byClass = new Map<number, OnnxValue>();
  const cut = (least: number): OnnxValue =>
    graph.node('Min', [graph.node('Max', [divided, constant(least)]), constant(1)]);
  if (link === 'logit') {
    byClass.set(modelled[1]!, graph.node('Sigmoid', [divided]));
    byClass.set(modelled[0]!, graph.node('Sigmoid', [graph.node('Neg', [divided])]));
  } else if (link === 'shares' && modelled.length === 2) {
    const second = cut(0);
    byClass.set(modelled[1]!, second);
    byClass.set(modelled[0]!, graph.node('Sub', [constant(1), second]));
  } else {
    const all =
      link === 'softmax' ? graph.node('Softmax', [divided], { axis: 1n }) : normalised(graph, cut(1e-12));
    modelled.forEach((code, k) => {
      const index = graph.constant({ type: 'int64', shape: [1], data: [k] });
      byClass.set(code, graph.node('Gather', [all, index], { axis: 1n }));
    });
  }
  const some = byClass.get(modelled[0]!) ?? scores;
  return Array.from(
    { length: classes },
    (_, code) => byClass.get(code) ?? graph.node('Mul', [some, constant(0)]),
  );
}

function normalised(graph: OnnxGraph, shares: OnnxValue): OnnxValue {
  const axes = graph.constant({ type: 'int64', shape: [1], data: [1] });
  return graph.node('Div', [shares, graph.node('ReduceSum', [shares, axes], { keepdims: 1n })]);
}
