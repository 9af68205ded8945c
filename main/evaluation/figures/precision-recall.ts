import type { Figure } from '../../../preload/contract/figures.ts';
import { averagePrecision } from '../metrics/rankings.ts';
import type { Ranking, ScoredClasses } from '../scored.ts';
import { drawnClasses } from './roc.ts';
import { mostCurvePoints } from './thin.ts';
import { thinCurve, type Curve } from './thin-curve.ts';
import type { SplitName } from './index.ts';

/** Precision over recall, by threshold. */
export function precisionRecall(scored: ScoredClasses, split: SplitName): Figure[] {
  const drawn = drawnClasses(scored);
  if (drawn.length === 0) return [];
  const most = Math.floor(mostCurvePoints / Math.sqrt(drawn.length));
  const series = drawn.map(({ name, ranking }) => ({
    name: `${name} (average precision ${averagePrecision(ranking).toFixed(3)})`,
    kind: 'line' as const,
    ...thinCurve(precisionRecallCurve(ranking), most),
  }));
  const [first] = drawn;
  const share = first ? first.ranking.positives / (first.ranking.positives + first.ranking.negatives) : 0;
  return [
    {
      id: 'precision-recall',
      title: 'How many of those named are right, by how many are found',
      split,
      x: { title: 'recall', unit: null },
      y: { title: 'precision', unit: null },
      series,
      reading: `Naming rows at random would have a precision of ${share.toFixed(3)}${drawn.length > 1 ? ` for "${first?.name ?? ''}"` : ''} at every recall.`,
    },
  ];
}

/** From recall 0, precision 1, as scikit-learn's precision_recall_curve. */
function precisionRecallCurve({ truePositives, falsePositives, positives }: Ranking): Curve {
  const x = new Float64Array(truePositives.length + 1);
  const y = new Float64Array(truePositives.length + 1).fill(1);
  for (let i = 0; i < truePositives.length; i++) {
    x[i + 1] = truePositives[i]! / positives;
    y[i + 1] = truePositives[i]! / (truePositives[i]! + falsePositives[i]!);
  }
  return { x, y };
}
