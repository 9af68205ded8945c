import type { RunCell, RunMarks } from '../../../../preload/contract/runs.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatNumber, formatSeconds, plainText } from '../text.ts';
import { blocks, type Views } from './view.ts';

export const runs: Views<'runs'> = {
  list: ({ total, shown, columns, rows, groups }) =>
    total === 0
      ? 'No run yet; `holdfast training run RECIPE.yaml` trains a model, `holdfast runs import PATH` reads those of MLflow.'
      : blocks(
          groups.length > 0 &&
            textTable(
              ['group', 'runs', 'best', 'run'],
              groups.map(({ value, count, best }) => [
                cellText('', value),
                formatNumber(count),
                best && `${best.column} ${formatNumber(best.value)}`,
                best?.run ?? null,
              ]),
            ),
          textTable(
            ['run', ...columns],
            rows.map(({ id, cells }) => [id, ...cells.map((cell, i) => cellText(columns[i] ?? '', cell))]),
          ),
          rows.length < total &&
            `${counted(rows.length, 'run')} of ${formatNumber(shown)}${shown < total ? ` that the filter lets through, of ${formatNumber(total)}` : ''}; --offset and --limit show others.`,
        ),
  columns: ({ columns, shown }) =>
    blocks(
      textTable(
        ['column', 'kind', 'runs', 'values', 'better'],
        columns
          .filter(({ filled }) => filled > 0)
          .map(({ id, kind, filled, distinct, direction }) => [
            id,
            kind,
            formatNumber(filled),
            formatNumber(distinct),
            direction,
          ]),
      ),
      `Of ${counted(shown, 'run')}.`,
    ),
  values: ({ runs: ids, columns }) =>
    textTable(
      ['run', ...columns.map(({ id }) => id)],
      ids.map((run, row) => [run, ...columns.map(({ id, values }) => cellText(id, values[row] ?? null))]),
    ),
  import: ({ added, changed, unchanged, deleted, notFinite, experiments }) =>
    blocks(
      `MLflow: ${counted(added, 'run')} added, ${formatNumber(changed)} changed since, ${formatNumber(unchanged)} here already.`,
      textTable(
        ['experiment', 'runs'],
        experiments.map(({ name, runs: count }) => [plainText(name), formatNumber(count)]),
      ),
      deleted > 0 && `${counted(deleted, 'run')} deleted there, and left out.`,
      notFinite > 0 && `${counted(notFinite, 'last value')} of metrics NaN or infinite: missing in tables.`,
    ),
  imported: ({ metrics, params, tags, read, ...run }) =>
    blocks(
      factLines({
        run: run.id,
        from: `MLflow, experiment ${plainText(run.experiment)}`,
        name: plainText(run.name),
        status: run.status,
        took: run.duration === null ? null : formatSeconds(run.duration),
        when: `${formatInstant(run.created)} by ${plainText(run.user)}`,
        note: run.note && plainText(run.note),
        read: `${formatInstant(read.at)} by ${read.by}; it has no model here`,
      }),
      textTable(
        ['metric', 'last', 'values'],
        metrics.map(({ name, last, points }) => [
          plainText(name),
          last === null ? null : formatNumber(last),
          formatNumber(Math.max(1, points.length)),
        ]),
      ),
      textTable(
        ['parameter', 'value'],
        Object.entries(params).map(([name, value]) => [plainText(name), plainText(value)]),
      ),
      textTable(
        ['tag', 'value'],
        Object.entries(tags).map(([name, value]) => [plainText(name), plainText(value)]),
      ),
    ),
  mark: ({ marks }) => viewMarks(marks),
  marks: ({ marks }) => viewMarks(marks),
};

function viewMarks({ run, tags, note, at, by }: RunMarks): string {
  return factLines({
    run,
    tags: tags.map(plainText).join(', ') || null,
    note: note && plainText(note),
    written: at && `${formatInstant(at)} by ${by ?? '?'}`,
  });
}

function cellText(column: string, cell: RunCell): string | null {
  if (cell === null) return null;
  if (column === 'created') return formatInstant(String(cell));
  if (column === 'took') return formatSeconds(Number(cell));
  return typeof cell === 'number' ? formatNumber(cell) : plainText(cell);
}
