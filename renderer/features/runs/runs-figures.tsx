import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Figure } from '../../../preload/contract/figures.ts';
import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { headOf, type KnownColumn } from './run-columns.tsx';
import { labelOf } from './runs-bar.tsx';
import { useRunsView } from './store.ts';
import { words as many } from './many-words.ts';

type Values = OutputOf<'runs.values'>;

interface Props {
  readonly known: readonly KnownColumn[];
  readonly filter: string;
}

function isMeasured({ numeric, filled, distinct }: KnownColumn): boolean {
  return numeric && filled > 1 && distinct > 1;
}

/** The first metric that says how good runs are. */
function mainMetric(known: readonly KnownColumn[]): string | undefined {
  const metrics = known.filter((column) => column.kind === 'metric' && isMeasured(column));
  const liked = ['test.mean_absolute_error', 'test.roc_auc', 'test.accuracy'];
  return (liked.find((id) => metrics.some((column) => column.id === id)) ?? metrics[0]?.id) || undefined;
}

/** Any two of what is known of runs against each other, how good they are against how long they took at first. */
export function RunsScatter({ known, filter }: Props) {
  const { shape, setShape, choose } = useRunsView();
  const offered = known.filter(isMeasured);
  const has = (id: string | null): id is string => offered.some((column) => column.id === id);
  const chosenX = shape.chart === 'scatter' ? shape.x : 'took';
  const chosenY = shape.chart === 'scatter' ? shape.y : null;
  const x = has(chosenX) ? chosenX : has('took') ? 'took' : offered[0]?.id;
  const y = has(chosenY) ? chosenY : (mainMetric(known) ?? offered[1]?.id);
  const values = useFacts(
    'runs.values',
    { columns: [x ?? 'took', y ?? 'took'], filter },
    { keep: true, retry: false, when: x !== undefined && y !== undefined },
  );
  if (x === undefined || y === undefined) return <p className="dim">{many.tooFew}</p>;
  const data = offered.map(({ id }) => ({ value: id, label: labelOf(id) }));
  return (
    <div className="stack" style={{ gap: 4 }}>
      {shape.chart === 'scatter' ? (
        <div className="row">
          <Select
            label={many.across}
            searchable
            allowDeselect={false}
            value={x}
            data={data}
            onChange={(next) => next && setShape({ x: next })}
          />
          <Select
            label={many.up}
            searchable
            allowDeselect={false}
            value={y}
            data={data}
            onChange={(next) => next && setShape({ y: next })}
          />
        </div>
      ) : null}
      <Answer of={values} what={many.readingValues}>
        {(found) => <Scatter values={found} x={x} y={y} onChoose={choose} />}
      </Answer>
    </div>
  );
}

function Scatter({
  values,
  x,
  y,
  onChoose,
}: {
  values: Values;
  x: string;
  y: string;
  onChoose: (runs: readonly string[]) => void;
}) {
  const figure = useMemo((): Figure => {
    const [across, up] = values.columns;
    const [xTitle, yTitle] = [headOf(x).about, headOf(y).about];
    const points = values.runs.flatMap((run, i) => {
      const [a, b] = [across?.values[i], up?.values[i]];
      return typeof a === 'number' && typeof b === 'number'
        ? [{ run, family: values.families[i] ?? '', a, b }]
        : [];
    });
    return {
      id: 'scatter',
      title: many.scatterTitle(yTitle, xTitle),
      split: null,
      x: { title: headOf(x).title, unit: x === 'took' ? many.seconds : null },
      y: { title: headOf(y).title, unit: y === 'took' ? many.seconds : null },
      series: familiesOf(points.map(({ family }) => family)).map((family) => {
        const own = points.filter((point) => point.family === family);
        return {
          name: family,
          kind: 'points',
          x: own.map(({ a }) => a),
          y: own.map(({ b }) => b),
          labels: own.map(({ run }) => run),
        };
      }),
      reading: many.reading,
    };
  }, [values, x, y]);
  return (
    <FigureCard
      figure={figure}
      height={210}
      onPick={(marks) =>
        onChoose(marks.flatMap(({ series, index }) => figure.series[series]?.labels?.[index] ?? []))
      }
    />
  );
}

/** Most axes that can be told from each other. */
const mostAxes = 8;

/** Every run as a line across what differs among them, ending at how good it is. */
export function RunsParallel({ known, filter }: Props) {
  const metric = mainMetric(known);
  const axes = useMemo(() => axesOf(known, metric), [known, metric]);
  const values = useFacts(
    'runs.values',
    { columns: axes.length ? [...axes] : ['took'], filter },
    { keep: true, retry: false, when: axes.length > 1 },
  );
  if (axes.length < 2) return <p className="dim">{many.tooFew}</p>;
  return (
    <Answer of={values} what={many.readingValues}>
      {(found) => <Parallel values={found} />}
    </Answer>
  );
}

/** Parameters that differ in most runs first; a text with many or long values is no axis. */
function axesOf(known: readonly KnownColumn[], metric: string | undefined): readonly string[] {
  const parameters = known
    .filter(({ id, kind, numeric, distinct, filled }) => {
      const told = kind === 'recipe' || id === 'seed' || id === 'family';
      return told && id !== 'features' && filled > 1 && distinct > 1 && (numeric || distinct <= 12);
    })
    .toSorted((a, b) => b.filled - a.filled || b.distinct - a.distinct)
    .map(({ id }) => id);
  // Those that turn out to be the same in all runs with a line are left out later.
  return [...parameters.slice(0, 14), 'took', ...(metric ? [metric] : [])];
}

function Parallel({ values }: { values: Values }) {
  const { columns, families } = values;
  const figure = useMemo((): Figure => {
    const differing = columns.filter(
      ({ values: cells }) => new Set(cells.filter((cell) => cell !== null)).size > 1,
    );
    const axes = [...differing.slice(0, -2).slice(0, mostAxes - 2), ...differing.slice(-2)];
    const levels = axes.map(({ numeric, values: cells }) =>
      numeric ? undefined : [...new Set(cells.map((cell) => String(cell ?? many.none)))].toSorted(),
    );
    const lines = families.map((family, row) => ({
      family,
      // A line goes through every axis; a run without a number on one of them has none.
      at: axes.map(({ values: cells }, i) => {
        const cell = cells[row] ?? null;
        const own = levels[i];
        if (own) return own.indexOf(String(cell ?? many.none));
        return typeof cell === 'number' ? cell : Number.NaN;
      }),
    }));
    const whole = lines.filter(({ at }) => at.every(Number.isFinite));
    return {
      id: 'parallel',
      title: many.parallelTitle,
      split: null,
      x: { title: '', unit: null },
      y: { title: '', unit: null },
      series: familiesOf(whole.map(({ family }) => family)).map((family) => ({
        name: family,
        kind: 'parallel',
        x: [],
        y: [],
        axes: axes.map(({ id }, i) => ({
          title: headOf(id).title,
          unit: id === 'took' ? many.seconds : null,
          ...(levels[i] ? { levels: levels[i] } : {}),
        })),
        rows: whole.filter((line) => line.family === family).map(({ at }) => at),
      })),
      reading: many.parallelReading(whole.length, lines.length),
    };
  }, [columns, families]);
  return figure.series.length ? (
    <FigureCard figure={figure} height={240} />
  ) : (
    <p className="dim">{many.tooFew}</p>
  );
}

/** The families there are, those with most runs first, so that colours are told apart where it matters. */
function familiesOf(families: readonly string[]): readonly string[] {
  const counts = Map.groupBy(families, (family) => family);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([family]) => family);
}
