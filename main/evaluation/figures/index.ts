import type { Figure } from '../../../preload/contract/figures.ts';
import type { Scored } from '../scored.ts';
import { calibration } from './calibration.ts';
import { confusion } from './confusion.ts';
import { precisionRecall } from './precision-recall.ts';
import { predictedActual } from './predicted-actual.ts';
import { residualHistogram, residuals } from './residuals.ts';
import { roc } from './roc.ts';

export type SplitName = 'train' | 'validation' | 'test';

/** The pictures of one split, as bounded data. None for a split without rows. */
export function figuresOf(scored: Scored, split: SplitName, target: string): Figure[] {
  if (scored.rows === 0) return [];
  return scored.task === 'regression'
    ? [
        predictedActual(scored, split, target),
        residuals(scored, split, target),
        residualHistogram(scored, split, target),
      ]
    : [
        confusion(scored, split),
        ...roc(scored, split),
        ...precisionRecall(scored, split),
        calibration(scored, split),
      ];
}
