import type { Run, RunMember } from '../../../../preload/contract/training.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatNumber, formatSeconds, plainText } from '../text.ts';
import { looksWords, scoreOf, viewMetrics } from './metrics.ts';
import { blocks, type Views } from './view.ts';

export const training: Views<'training'> = {
  run: ({ run }) =>
    blocks(
      viewRun(run),
      run.status === 'done' &&
        `\`holdfast registry add ${run.id} --name NAME\` keeps this model under a name.`,
    ),
  edit: ({ run, edited }) => blocks(viewRun(run), `Edited from ${edited.parent}: ${plainText(edited.why)}`),
  combine: ({ run, members }) => blocks(viewRun(run), viewMembers(members)),
  list: ({ runs }) =>
    runs.length
      ? textTable(
          ['run', 'status', 'family', 'data', 'target', 'score', 'looks before', 'took', 'when', 'model'],
          runs.map((run) => [
            run.id,
            run.status,
            run.family,
            `${run.dataset}@${run.version}`,
            run.target,
            scoreOf(run.metrics),
            run.metrics && run.looks,
            run.duration === null ? null : formatSeconds(run.duration),
            formatInstant(run.created),
            run.models.join(', '),
          ]),
          ['took'],
        )
      : 'No run yet; `holdfast training run RECIPE.yaml` trains a model.',
  show: ({ run, yaml, history, report, split, edited, members, environment }) =>
    blocks(
      viewRun(run),
      edited && `Edited from ${edited.parent}: ${plainText(edited.why)}`,
      viewMembers(members),
      split &&
        `Rows: ${formatNumber(split.train)} train, ${formatNumber(split.validation)} validation, ${formatNumber(split.test)} test${split.leftOut ? `, ${formatNumber(split.leftOut)} left out` : ''}${split.folds === null ? '' : `; the training rows judge each other in ${split.folds} folds`}`,
      environment &&
        `Made on\n${factLines({
          processor: `${environment.processor}, ${environment.architecture}`,
          threads: `${environment.threads} of ${environment.cores} cores`,
          instructions: environment.flags.join(' ') || null,
          memory: `${Math.round(environment.memory / 1e9)} GB`,
          system: environment.os,
          runtime: environment.runtime,
          engine: run.engine && `${run.engine.id} ${run.engine.version}, ${run.engine.detail}`,
          code: run.code,
        })}`,
      `Recipe, with every default:\n${yaml.trimEnd().replaceAll(/^/gm, '  ')}`,
      history.length > 0 &&
        `History: ${formatNumber(history.length)} epochs; the last one:\n${factLines(history.at(-1) ?? {})}`,
      ...report.map(({ title, columns, rows, notes }) =>
        blocks(`${title}\n${textTable(columns, rows)}`, notes.join('\n')),
      ),
    ),
  cancel: ({ run }) => `Run ${run.id} is ${run.status}.`,
};

function viewMembers(members: readonly RunMember[]): string {
  if (!members.length) return '';
  const weighed = members.some(({ weight }) => weight !== null);
  return `Made of\n${textTable(
    ['model', 'run', 'family', ...(weighed ? ['weight'] : [])],
    members.map(({ run, family, weight }, i) => [i + 1, run, family, ...(weighed ? [weight] : [])]),
  )}`;
}

function viewRun(run: Run): string {
  return blocks(
    factLines({
      run: run.id,
      status: run.status,
      data: `${run.dataset}@${run.version}${run.dataDeleted ? ` (deleted by ${run.dataDeleted.by}, ${formatInstant(run.dataDeleted.at)})` : ''}`,
      'learned from': run.trainedOnErased && erasedWords(run.trainedOnErased),
      model: `${run.family}, ${run.task} of ${run.target}`,
      seed: run.seed,
      engine: run.engine && `${run.engine.id} ${run.engine.version}`,
      took: run.duration === null ? null : formatSeconds(run.duration),
      when: `${formatInstant(run.created)} by ${run.by}`,
      registered: run.models.join(', ') || null,
      reproduced: run.reproduced,
      'test rows':
        run.metrics && (run.sealed ? `sealed; ${counted(run.looks, 'look')} so far` : looksWords(run.looks)),
      error: run.error?.message,
    }),
    run.metrics && viewMetrics(run.metrics),
    run.notes.join('\n'),
  );
}

/** The mark of a model that was kept although somebody it learned from was erased. */
export function erasedWords({ at, by, persons }: NonNullable<Run['trainedOnErased']>): string {
  return `rows of ${counted(persons, 'person')} erased since (by ${by}, ${formatInstant(at)}); the model was kept`;
}
