import type { RunCell, RunChange, RunMarks, WhyBetter } from '../../../../preload/contract/runs.ts';
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
  why: ({ why }) => viewWhy(why),
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

function viewWhy({ metric, a, b, outcome, steps, also, elsewhere, noise, sameRows }: WhyBetter): string {
  const name = metric.slice(metric.indexOf('.') + 1).replaceAll('_', ' ');
  const moved = { better: 'improved', worse: 'got worse', same: 'stayed the same' };
  return blocks(
    outcome === 'same'
      ? `Neither run is better: ${name} on test rows is ${formatNumber(a.value)} in both.`
      : `${outcome === 'better' ? b.run : a.run} is better: ${name} on test rows is ${formatNumber(a.value)} in the first and ${formatNumber(b.value)} in the second.`,
    !sameRows && 'They were judged by different rows, which alone can make a difference.',
    steps
      .map(
        (step, i) =>
          `${i + 1}. ${step.changes.map(changeWords).join('; ') || 'Nothing changed'}: ${name} ${moved[step.outcome]}${
            step.outcome === 'same' ? '' : ` from ${formatNumber(step.before)} to ${formatNumber(step.after)}`
          }${step.withinNoise && step.outcome !== 'same' ? ', no more than the seed alone may bring' : ''}. (${step.to})`,
      )
      .join('\n'),
    steps.some(({ changes }) => changes.length > 1) &&
      'Where several things changed at once, no run tells their shares apart: train one with each change alone.',
    elsewhere
      .map(
        ({ change, better, worse, same }) =>
          `${changeWords(change)}, all else equal, elsewhere: better in ${better}, worse in ${worse}${same ? `, the same in ${same}` : ''}.`,
      )
      .join('\n'),
    noise &&
      `The seed alone puts ${name} up to ${formatNumber(noise.limit)} apart (2.8 standard deviations, ${counted(noise.runs, 'run')}).`,
    also.length > 0 && `Not the same either: ${also.map(changeWords).join('; ')}.`,
  );
}

function changeWords({ what, before, after }: RunChange): string {
  const [was, is] = [before && plainText(before), after && plainText(after)];
  if (was === null) return `${plainText(what)}: ${is ?? ''} added`;
  return is === null ? `${plainText(what)}: ${was} removed` : `${plainText(what)} from ${was} to ${is}`;
}
