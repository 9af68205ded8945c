import { classWeightsOf, refuseClassWeights } from '../../class-weights.ts';
import { countClasses } from '../../classes.ts';
import type { Target } from '../../../recipes/index.ts';
import type { NetworkSpec } from './model.ts';
import type { NetworkParams } from './params.ts';

/** What the network is asked to learn, as its loss wants it. */
export interface Outcome {
  readonly link: NetworkSpec['link'];
  readonly loss: 'squared' | 'sigmoid' | 'softmax';
  readonly outputs: number;
  readonly modelled: readonly number[];
  readonly scaling: { readonly mean: number; readonly scale: number };
  /** By class code; undefined when classes count the same. */
  readonly classWeights: Float64Array | undefined;
  readonly notes: readonly string[];
  /** The target of some rows, encoded; and which of them can be: a class without training rows has no output. */
  encode(target: Target): { readonly values: Float32Array | Int32Array; readonly usable: Int32Array };
}

/**
 * Learns the encoding from the training rows; throws `family-one-class` where there is nothing to tell apart, `family-param` for weights
 * of classes that are not there. `weights`: how much each row counts, all the same where left out.
 */
export function readOutcome(
  target: Target,
  { class_weight }: Pick<NetworkParams, 'class_weight'>,
  weights?: Float64Array,
): Outcome {
  if (target.task === 'regression') {
    refuseClassWeights('network', class_weight);
    const scaling = standardise(target.values, weights);
    return {
      link: 'identity',
      loss: 'squared',
      outputs: 1,
      modelled: [],
      scaling,
      classWeights: undefined,
      notes: [],
      encode: (other) => {
        const values = other.task === 'regression' ? other.values : new Float64Array();
        return {
          values: Float32Array.from(values, (value) => value / scaling.scale - scaling.mean / scaling.scale),
          usable: Int32Array.from(values.keys()),
        };
      },
    };
  }
  const counted = countClasses('network', target);
  const { present } = counted;
  const positions = new Int32Array(target.classes.length).fill(-1);
  present.forEach((code, i) => (positions[code] = i));
  const sigmoid = present.length === 2;
  return {
    link: sigmoid ? 'logit' : 'softmax',
    loss: sigmoid ? 'sigmoid' : 'softmax',
    outputs: sigmoid ? 1 : present.length,
    modelled: [...present],
    scaling: { mean: 0, scale: 1 },
    classWeights: classWeightsOf('network', target, counted, class_weight),
    notes: target.classes
      .filter((_, code) => !present.includes(code))
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
    encode: (other) => {
      const codes = other.task === 'classification' ? other.codes : new Int32Array();
      const values = codes.map((code) => positions[code] ?? -1);
      const usable = Int32Array.from(values.keys()).filter((row) => (values[row] ?? -1) >= 0);
      return { values: sigmoid ? Float32Array.from(values) : values, usable };
    },
  };
}

/** Mean and standard deviation, without overflow near the ends of the number range; a constant keeps scale 1. */
function standardise(values: Float64Array, weights?: Float64Array): { mean: number; scale: number } {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return { mean: 0, scale: 1 };
  const unit = 2 ** Math.max(-1021, Math.min(1023, Math.floor(Math.log2(largest))));
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : values.length;
  let mean = 0;
  values.forEach((value, i) => (mean += ((value / unit) * (weights?.[i] ?? 1)) / total));
  let variance = 0;
  values.forEach((value, i) => (variance += ((value / unit - mean) ** 2 * (weights?.[i] ?? 1)) / total));
  const scale = Math.sqrt(variance) * unit;
  return { mean: mean * unit, scale: scale > 0 && Number.isFinite(1 / scale) ? scale : 1 };
}
