import type { Figure } from '../../../preload/contract/figures.ts';
import { areaUnderRoc } from '../metrics/rankings.ts';
import { positiveClass, type Ranking, type ScoredClasses } from '../scored.ts';
import { mostCurvePoints } from './thin.ts';
import { thinCurve, type Curve } from './thin-curve.ts';
import type { SplitName } from './index.ts';

/** The classes a curve is drawn for: the positive one of two, else each (at most seven). */
export function drawnClasses({ classes, ranked }: ScoredClasses): { name: string; ranking: Ranking }[] {
  return ranked
    .map((ranking, k) => ({ name: classes[k] ?? '', ranking, k }))
    .filter(
      ({ ranking, k }) =>
        ranking.positives > 0 && ranking.negatives > 0 && (classes.length !== 2 || k === positiveClass),
    )
    .slice(0, 7)
    .map(({ name, ranking }) => ({ name, ranking }));
}

/** True positive rate over false positive rate, by threshold. */
export function roc(scored: ScoredClasses, split: SplitName): Figure[] {
  const drawn = drawnClasses(scored);
  if (drawn.length === 0) return [];
  const most = Math.floor(mostCurvePoints / Math.sqrt(drawn.length));
  const series = drawn.map(({ name, ranking }) => ({
    name: `${name} (area ${areaUnderRoc(ranking).toFixed(3)})`,
    kind: 'line' as const,
    ...thinCurve(rocCurve(ranking), most),
  }));
  return [
    {
      id: 'roc',
      title: 'What is found, and what it costs in false alarms',
      split,
      x: { title: 'false positive rate', unit: null },
      y: { title: 'true positive rate', unit: null },
      series: [{ name: 'by chance', kind: 'line', x: [0, 1], y: [0, 1] }, ...series],
      reading:
        'The nearer a line comes to the upper left corner, the better the model tells the class from the rest.',
    },
  ];
}

function rocCurve({ truePositives, falsePositives, positives, negatives }: Ranking): Curve {
  const x = new Float64Array(truePositives.length + 1);
  const y = new Float64Array(truePositives.length + 1);
  for (let i = 0; i < truePositives.length; i++) {
    x[i + 1] = falsePositives[i]! / negatives;
    y[i + 1] = truePositives[i]! / positives;
  }
  return { x, y };
}
