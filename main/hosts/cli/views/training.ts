import type { Run } from '../../../../preload/contract/training.ts';
import { factLines, textTable } from '../text-table.ts';
import { formatInstant, formatNumber, formatSeconds, plainText } from '../text.ts';
import { scoreOf, viewMetrics } from './metrics.ts';
import { blocks, type Views } from './view.ts';

export const training: Views<'training'> = {
  run: ({ run }) =>
    blocks(
      viewRun(run),
      run.status === 'done' &&
        `\`holdfast registry add ${run.id} --name NAME\` keeps this model under a name.`,
    ),
  edit: ({ run, edited }) => blocks(viewRun(run), `Edited from ${edited.parent}: ${plainText(edited.why)}`),
  list: ({ runs }) =>
    runs.length
      ? textTable(
          ['run', 'status', 'family', 'data', 'target', 'score', 'took', 'when', 'model'],
          runs.map((run) => [
            run.id,
            run.status,
            run.family,
            `${run.dataset}@${run.version}`,
            run.target,
            scoreOf(run.metrics),
            run.duration === null ? null : formatSeconds(run.duration),
            formatInstant(run.created),
            run.models.join(', '),
          ]),
          ['took'],
        )
      : 'No run yet; `holdfast training run RECIPE.yaml` trains a model.',
  show: ({ run, yaml, history, report, split, edited }) =>
    blocks(
      viewRun(run),
      edited && `Edited from ${edited.parent}: ${plainText(edited.why)}`,
      split &&
        `Rows: ${formatNumber(split.train)} train, ${formatNumber(split.validation)} validation, ${formatNumber(split.test)} test${split.leftOut ? `, ${formatNumber(split.leftOut)} left out` : ''}${split.folds === null ? '' : `; the training rows judge each other in ${split.folds} folds`}`,
      `Recipe, with every default:\n${yaml.trimEnd().replaceAll(/^/gm, '  ')}`,
      history.length > 0 &&
        `History: ${formatNumber(history.length)} epochs; the last one:\n${factLines(history.at(-1) ?? {})}`,
      ...report.map(({ title, columns, rows, notes }) =>
        blocks(`${title}\n${textTable(columns, rows)}`, notes.join('\n')),
      ),
    ),
  cancel: ({ run }) => `Run ${run.id} is ${run.status}.`,
};

function viewRun(run: Run): string {
  return blocks(
    factLines({
      run: run.id,
      status: run.status,
      data: `${run.dataset}@${run.version}${run.dataDeleted ? ` (deleted by ${run.dataDeleted.by}, ${formatInstant(run.dataDeleted.at)})` : ''}`,
      model: `${run.family}, ${run.task} of ${run.target}`,
      seed: run.seed,
      engine: run.engine && `${run.engine.id} ${run.engine.version}`,
      took: run.duration === null ? null : formatSeconds(run.duration),
      when: `${formatInstant(run.created)} by ${run.by}`,
      registered: run.models.join(', ') || null,
      reproduced: run.reproduced,
      'looks before': run.looks ? `${run.looks} at the same test rows` : null,
      error: run.error?.message,
    }),
    run.metrics && viewMetrics(run.metrics),
    run.notes.join('\n'),
  );
}
