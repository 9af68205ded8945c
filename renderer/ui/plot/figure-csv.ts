import type { Figure } from '../../../preload/contract/figures.ts';

/** The numbers behind a figure, one line a point. */
export function figureCsv(figure: Figure): string {
  const lines: (readonly (string | number)[])[] = [];
  const heat = figure.series.some((series) => series.z);
  const counted = figure.series.some((series) => series.counts);
  lines.push([
    'series',
    figure.x.title,
    figure.y.title,
    ...(heat ? ['value'] : []),
    ...(counted ? ['rows'] : []),
  ]);
  for (const series of figure.series) {
    if (series.z) {
      for (const [r, row] of series.z.entries()) {
        for (const [c, value] of row.entries()) {
          lines.push([series.name, series.x[c] ?? '', series.y[r] ?? '', value]);
        }
      }
    } else {
      for (const [i, x] of series.x.entries()) {
        lines.push([series.name, x, series.y[i] ?? '', ...(counted ? [series.counts?.[i] ?? ''] : [])]);
      }
    }
  }
  return `${lines.map((line) => line.map(cell).join(',')).join('\n')}\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
