import type { Figure, Series } from '../../../preload/contract/figures.ts';

type Cell = string | number;

/** The numbers behind a figure, one line a point. */
export function figureCsv(figure: Figure): string {
  const parallel = figure.series.find(({ kind }) => kind === 'parallel');
  const lines = parallel ? parallelLines(figure.series) : pointLines(figure);
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function pointLines(figure: Figure): readonly (readonly Cell[])[] {
  const has = (key: keyof Series) => figure.series.some((series) => series[key] !== undefined);
  const extras = [
    ...(has('labels') ? [['label', (series: Series, i: number) => series.labels?.[i] ?? ''] as const] : []),
    ...(has('edges')
      ? [
          ['from', (series: Series, i: number) => series.edges?.[i] ?? ''] as const,
          ['to', (series: Series, i: number) => series.edges?.[i + 1] ?? ''] as const,
        ]
      : []),
    ...(['lower', 'q1', 'q3', 'upper', 'weights'] as const)
      .filter(has)
      .map((key) => [key, (series: Series, i: number) => series[key]?.[i] ?? ''] as const),
    ...(has('counts') ? [['rows', (series: Series, i: number) => series.counts?.[i] ?? ''] as const] : []),
  ];
  const heat = has('z');
  const head = [
    'series',
    figure.x.title,
    figure.y.title,
    ...(heat ? ['value'] : []),
    ...extras.map(([name]) => name),
  ];
  const body = figure.series.flatMap((series): (readonly Cell[])[] => {
    if (series.z) {
      return series.z.flatMap((row, r) =>
        row.map((value, c) => [series.name, series.x[c] ?? '', series.y[r] ?? '', value]),
      );
    }
    return series.x.map((x, i) => [
      series.name,
      x,
      series.y[i] ?? '',
      ...extras.map(([, of]) => of(series, i)),
    ]);
  });
  const start = figure.series.find((series) => series.start !== undefined);
  return [head, ...(start ? [[start.name, '', start.start ?? 0]] : []), ...body];
}

function parallelLines(all: readonly Series[]): readonly (readonly Cell[])[] {
  const axes = all.find((series) => series.axes)?.axes ?? [];
  const body = all.flatMap((series) =>
    (series.rows ?? []).map((row) => [
      series.name,
      ...axes.map((axis, i) => axis.levels?.[row[i] ?? 0] ?? row[i] ?? ''),
    ]),
  );
  return [['series', ...axes.map(({ title }) => title)], ...body];
}

function quoted(value: Cell): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
