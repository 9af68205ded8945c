import type { Figure, Series } from '../../preload/contract/figures.ts';

/** A run whose curves are drawn beside those of others. */
export interface DrawnRun {
  /** How its lines are named: `A: tree`. */
  readonly name: string;
  /** What it is of: losses are each family's own. */
  readonly family: string;
  readonly figures: readonly Figure[];
}

/** The figures that can be drawn over each other, in the order of the runs' own. */
const overlaid = ['learning-curve', 'roc', 'precision-recall', 'calibration'] as const;

/**
 * The curves of several runs in one picture each: of every kind that two runs or more have of the same rows (train, validation or test),
 * and of every class. Of learning curves the validation loss is drawn, or the training loss where there is none, which its name says.
 */
export function overlayCurves(runs: readonly DrawnRun[]): Figure[] {
  return overlaid.flatMap((id) => {
    const found = runs.flatMap((run) => {
      const figure = run.figures.find((one) => one.id === id);
      return figure ? [{ run, figure }] : [];
    });
    const bySplit = Map.groupBy(found, ({ figure }) => figure.split);
    return [...bySplit.values()].flatMap((same) => (same.length < 2 ? [] : together(same)));
  });
}

interface Drawn {
  readonly run: DrawnRun;
  readonly figure: Figure;
}

interface NamedCurve {
  /** The class, where there are several; empty otherwise. */
  readonly of: string;
  readonly run: DrawnRun;
  readonly series: Series;
}

function together(drawn: readonly Drawn[]): Figure[] {
  const { figure } = drawn[0]!;
  const curves = drawn.flatMap(curvesOf);
  const rules = figure.series.filter(isRule);
  const groups = Map.groupBy(curves, ({ of }) => of);
  return [...groups].flatMap(([of, lines]) => {
    if (lines.length < 2) return [];
    return [
      {
        ...figure,
        title: groups.size > 1 ? `${figure.title}: ${of}` : figure.title,
        series: [...rules, ...lines.map(({ series }) => series)],
        reading: readingOf(figure, lines, groups.size > 1),
      },
    ];
  });
}

/** A line that all runs have alike, to compare with. */
function isRule({ name }: Series): boolean {
  return name === 'by chance' || name === 'agreement';
}

const summary = / \((?:area|average precision) [\d.]+\)$/;

function curvesOf({ run, figure }: Drawn): NamedCurve[] {
  const own = figure.series.filter((series) => !isRule(series));
  if (figure.id === 'learning-curve') {
    const series = own.find(({ name }) => name === 'validation') ?? own[0];
    if (!series) return [];
    const name = series.name === 'validation' ? run.name : `${run.name}, on the rows it learned from`;
    return [{ of: '', run, series: { ...series, name } }];
  }
  if (figure.id === 'calibration') {
    return own.map((series) => ({ of: '', run, series: { ...series, name: run.name } }));
  }
  return own.map((series) => {
    const [told = ''] = summary.exec(series.name) ?? [];
    const of = series.name.slice(0, series.name.length - told.length);
    return { of, run, series: { ...series, name: `${run.name}${told}` } };
  });
}

function readingOf({ id, reading }: Figure, lines: readonly NamedCurve[], severalClasses: boolean): string {
  if (id === 'calibration') return calibrationReading;
  if (id === 'precision-recall' && severalClasses) return precisionReading;
  if (id !== 'learning-curve') return reading;
  const lowest = lines.map(({ run, series }) => `${run.name} ${short(Math.min(...series.y.map(Number)))}`);
  const families = new Set(lines.map(({ run }) => run.family));
  const own =
    families.size > 1
      ? ' Each family has a loss and steps of its own, so compare the shapes of its lines with others, not their heights.'
      : '';
  return `Lowest loss: ${lowest.join(', ')}.${own}`;
}

const precisionReading =
  'The longer a line stays near the top, the more of the rows named are right when more of the class are to be found.';

const calibrationReading =
  'On the line, what is said with 70 % happens in 70 % of cases; the nearer the points of a run, the more its probabilities can be taken at their word.';

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
