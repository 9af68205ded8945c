import { useMemo } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import type { Run } from '../../../preload/contract/training.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { metricWords } from './headline.ts';
import type { RunGroup } from './group-runs.ts';
import { words } from './words.ts';

interface Props {
  readonly group: RunGroup;
  /** Told with the runs picked in the chart; with none when they no longer are. */
  readonly onChoose: (runs: readonly string[]) => void;
}

/** How good the runs of a target are against how long they took; what is picked in it is what the table shows. */
export function RunsChart({ group, onChoose }: Props) {
  const figure = useMemo(() => figureOf(group), [group]);
  return (
    <FigureCard
      figure={figure}
      height={200}
      onPick={(marks) => {
        onChoose(marks.flatMap(({ series, index }) => figure.series[series]?.labels?.[index] ?? []));
      }}
    />
  );
}

function figureOf({ target, metric, points }: RunGroup): Figure {
  const families = [...new Set(points.map(({ run }) => run.family))].toSorted();
  const title = metricWords(metric);
  return {
    id: 'scatter',
    title: words.chart.title(title, target),
    split: null,
    x: { title: words.chart.took, unit: words.chart.seconds },
    y: { title, unit: null },
    series: families.map((family) => {
      const own = points.filter(({ run }) => run.family === family);
      return {
        name: family,
        kind: 'points',
        x: own.map(({ run }) => run.duration ?? 0),
        y: own.map(({ value }) => value),
        labels: own.map(({ run }: { run: Run }) => run.id),
      };
    }),
    reading: words.chart.reading,
  };
}
