import type { ThresholdRow } from '../../preload/contract/evaluation.ts';
import { positiveClass, type ScoredClasses } from './scored.ts';

export interface Costs {
  readonly falsePositiveCost: number;
  readonly falseNegativeCost: number;
}

export interface Thresholds {
  readonly positives: number;
  readonly best: { readonly f1: ThresholdRow; readonly youden: ThresholdRow; readonly cost: ThresholdRow };
  readonly usual: ThresholdRow;
  readonly thresholds: readonly ThresholdRow[];
  readonly lift: readonly { readonly share: number; readonly gain: number; readonly lift: number }[];
}

const shown = 200;

/** All thresholds of a model of two classes, from its ranking: one pass. At least one row must be of each class. */
export function thresholdsOf(scored: ScoredClasses, costs: Costs): Thresholds {
  const ranking = scored.ranked[positiveClass]!;
  const { thresholds, truePositives, falsePositives, positives, negatives } = ranking;
  const row = (threshold: number, tp: number, fp: number): ThresholdRow => {
    const fn = positives - tp;
    const recall = tp / positives;
    return {
      threshold,
      truePositives: tp,
      falsePositives: fp,
      trueNegatives: negatives - fp,
      falseNegatives: fn,
      precision: tp + fp === 0 ? null : tp / (tp + fp),
      recall,
      f1: (2 * tp) / (2 * tp + fp + fn),
      youden: recall + (negatives - fp) / negatives - 1,
      cost: (fp * costs.falsePositiveCost + fn * costs.falseNegativeCost) / (positives + negatives),
    };
  };
  const at = (i: number) => row(thresholds[i]!, truePositives[i]!, falsePositives[i]!);
  // Above every probability: nothing is predicted positive.
  const none = row(Number(thresholds[0]) + 1e-9, 0, 0);
  let [f1, youden, cost] = [none, none, none];
  for (let i = 0; i < thresholds.length; i++) {
    const here = at(i);
    if (here.f1 > f1.f1) f1 = here;
    if (here.youden > youden.youden) youden = here;
    if (here.cost < cost.cost) cost = here;
  }
  let last = -1;
  while (last + 1 < thresholds.length && thresholds[last + 1]! >= 0.5) last++;
  const usual = last < 0 ? row(0.5, 0, 0) : { ...at(last), threshold: 0.5 };
  const step = Math.max(1, thresholds.length / shown);
  const chosen = new Set(
    Array.from({ length: Math.min(shown, thresholds.length) }, (_, i) => Math.round(i * step)),
  );
  return {
    positives,
    best: { f1, youden, cost },
    usual,
    thresholds: [...chosen].filter((i) => i < thresholds.length).map(at),
    lift: liftOf(ranking.truePositives, falsePositives, positives, negatives),
  };
}

/** Rows of one probability are taken together; between two probabilities the gain is a straight line. */
function liftOf(
  truePositives: Float64Array,
  falsePositives: Float64Array,
  positives: number,
  negatives: number,
): Thresholds['lift'] {
  const rows = positives + negatives;
  return Array.from({ length: 10 }, (_, i) => {
    const wanted = ((i + 1) / 10) * rows;
    let before = { rows: 0, hits: 0 };
    for (let k = 0; k < truePositives.length; k++) {
      const here = { rows: truePositives[k]! + falsePositives[k]!, hits: truePositives[k]! };
      if (here.rows >= wanted) {
        const part = (wanted - before.rows) / (here.rows - before.rows);
        before = { rows: wanted, hits: before.hits + part * (here.hits - before.hits) };
        break;
      }
      before = here;
    }
    const gain = before.hits / positives;
    return { share: (i + 1) / 10, gain, lift: gain / ((i + 1) / 10) };
  });
}
