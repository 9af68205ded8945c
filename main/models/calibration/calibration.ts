import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import type { CalibrationMethod } from '../../recipes/index.ts';
import { alongCurve, isotonic, thinned } from './isotonic.ts';
import { platt } from './platt.ts';

/**
 * What makes a classifier's probabilities honest, as part of its artifact: one map for the positive of two classes, else one a
 * class, whose values are divided by their sum.
 */
export const Calibration = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('platt'),
    maps: z.array(z.strictObject({ a: z.number(), b: z.number() })).min(1),
  }),
  z.strictObject({
    method: z.literal('isotonic'),
    maps: z
      .array(
        z
          .strictObject({ x: z.array(z.number()).min(1), y: z.array(z.number()).min(1) })
          .refine(({ x, y }) => x.length === y.length, 'a curve has as many values as points'),
      )
      .min(1),
  }),
]);
export type Calibration = z.infer<typeof Calibration>;

/** Points of an isotonic curve are so far apart at least: at most 200 of them, and no steeper than 200. */
const gap = 0.005;

/** Probabilities are kept this far from 0 and 1 before their log-odds are taken. */
const least = 1e-6;

const logOdds = (p: number): number => {
  const inside = Math.min(1 - least, Math.max(least, p));
  return Math.log(inside / (1 - inside));
};

/** What the rows of a calibration hold: probabilities (rows x classes, row-major), the true class of each, how much it counts. */
export interface CalibrationRows {
  readonly classes: readonly string[];
  readonly probabilities: Float64Array;
  readonly codes: Int32Array;
  readonly weights?: Float64Array;
}

/** Learns the maps. Throws `calibration-class-missing` where a class has no row, or every row. */
export function fitCalibration(method: CalibrationMethod, rows: CalibrationRows): Calibration {
  const { classes, probabilities, codes, weights } = rows;
  const width = classes.length;
  const wanted = width === 2 ? [1] : classes.map((_, k) => k);
  const each = wanted.map((k) => {
    const p = Float64Array.from(codes, (_, row) => probabilities[row * width + k]!);
    const truth = Uint8Array.from(codes, (code) => Number(code === k));
    const hits = truth.reduce((sum, yes) => sum + yes, 0);
    if (hits === 0 || hits === truth.length) {
      throw fail('calibration-class-missing', {
        method,
        class: classes[hits === 0 ? k : width === 2 ? 0 : k]!,
        rows: codes.length,
        has: hits === 0 || width === 2 ? 'none of them' : 'all of them',
      });
    }
    return { p, truth };
  });
  return method === 'platt'
    ? { method, maps: each.map(({ p, truth }) => platt(p.map(logOdds), truth, weights)) }
    : {
        method,
        maps: each.map(({ p, truth }) => thinned(isotonic(p, Float64Array.from(truth), weights), gap)),
      };
}

/** Calibrated probabilities, rows x classes, row-major. */
export function calibrated(
  calibration: Calibration,
  probabilities: Float64Array,
  width: number,
): Float64Array {
  const maps = mapsOf(calibration);
  const out = new Float64Array(probabilities.length);
  for (let at = 0; at < probabilities.length; at += width) {
    if (width === 2) {
      const p = maps[0]!(probabilities[at + 1]!);
      out[at] = 1 - p;
      out[at + 1] = p;
      continue;
    }
    let sum = 0;
    for (let k = 0; k < width; k++) sum += out[at + k] = maps[k]!(probabilities[at + k]!);
    for (let k = 0; k < width; k++) out[at + k] = sum > 0 ? out[at + k]! / sum : 1 / width;
  }
  return out;
}

function mapsOf(calibration: Calibration): ((p: number) => number)[] {
  return calibration.method === 'platt'
    ? calibration.maps.map(
        ({ a, b }) =>
          (p: number) =>
            1 / (1 + Math.exp(a * logOdds(p) + b)),
      )
    : calibration.maps.map((curve) => (p: number) => alongCurve(curve, p));
}

/** Adds the maps behind a model's probabilities: one [N, 1] double value per class, in and out. */
export function calibrationOnnx(
  calibration: Calibration,
  graph: OnnxGraph,
  values: readonly OnnxValue[],
): OnnxValue[] {
  const row = (data: readonly number[]) =>
    graph.constant({ type: 'double', shape: [1, data.length], data: [...data] });
  const one = row([1]);
  const mapped = (map: Calibration['maps'][number], value: OnnxValue): OnnxValue => {
    if ('a' in map) {
      const inside = graph.node('Min', [graph.node('Max', [value, row([least])]), row([1 - least])]);
      const odds = graph.node('Log', [graph.node('Div', [inside, graph.node('Sub', [one, inside])])]);
      const score = graph.node('Add', [graph.node('Mul', [odds, row([-map.a])]), row([-map.b])]);
      return graph.node('Sigmoid', [score]);
    }
    const { x, y } = map;
    if (x.length === 1) {
      const nothing = graph.node('Mul', [value, row([0])]);
      return graph.node('Add', [nothing, row([y[0]!])]);
    }
    // How far the value goes along each piece, times how steep the piece is.
    const starts = x.slice(0, -1);
    const lengths = starts.map((from, i) => x[i + 1]! - from);
    const slopes = lengths.map((length, i) => (y[i + 1]! - y[i]!) / length);
    const along = graph.node('Min', [
      graph.node('Max', [graph.node('Sub', [value, row(starts)]), row([0])]),
      row(lengths),
    ]);
    const steep = graph.constant({ type: 'double', shape: [slopes.length, 1], data: slopes });
    return graph.node('Add', [graph.node('MatMul', [along, steep]), row([y[0]!])]);
  };
  if (values.length === 2) {
    const positive = mapped(calibration.maps[0]!, values[1]!);
    return [graph.node('Sub', [one, positive]), positive];
  }
  const raw = values.map((value, k) => mapped(calibration.maps[k]!, value));
  const beside = graph.node('Concat', raw, { axis: 1n });
  const axes = graph.constant({ type: 'int64', shape: [1], data: [1] });
  const sum = graph.node('ReduceSum', [beside, axes], { keepdims: 1n });
  const none = graph.node('LessOrEqual', [sum, row([0])]);
  const safe = graph.node('Where', [none, one, sum]);
  return raw.map((value) =>
    graph.node('Where', [none, row([1 / raw.length]), graph.node('Div', [value, safe])]),
  );
}
