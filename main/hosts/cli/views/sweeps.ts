import type * as z from 'zod';
import type { SpaceDimension, Sweep, Trial } from '../../../../preload/contract/sweeps.ts';
import { factLines, textTable } from '../text-table.ts';
import { formatInstant, formatNumber, formatSeconds } from '../text.ts';
import { looksWords } from './metrics.ts';
import { blocks, lines, type Views } from './view.ts';

export const sweeps: Views<'sweeps'> = {
  start: viewLeaderboard,
  resume: viewLeaderboard,
  plan: (plan) =>
    blocks(
      factLines({
        data: `${plan.dataset}@${plan.version}`,
        target: `${plan.target} (${plan.task}), ranked by ${plan.metric}, ${plan.direction} is better`,
        search: `${plan.search}, seed ${plan.seed}`,
        budget: budgetWords(plan.budget),
      }),
      textTable(
        ['family', 'parameter', 'from', 'to', 'scale'],
        plan.spaces.flatMap(({ family, dimensions }) =>
          dimensions.length
            ? dimensions.map((one) => [family, one.param, ...rangeCells(one)])
            : [[family, '(nothing varies)', null, null, null]],
        ),
        ['from', 'to'],
      ),
      lines(...plan.notes),
    ),
  pause: ({ sweep }) =>
    sweep.status === 'paused'
      ? `Sweep ${sweep.name} is paused after ${sweep.spent.trials} trials; \`holdfast sweeps resume ${sweep.name}\` goes on.`
      : `Sweep ${sweep.name} is ${sweep.status}.`,
  stop: ({ sweep }) => `Sweep ${sweep.name} is ${sweep.status} after ${sweep.spent.trials} trials.`,
  list: (value) =>
    value.sweeps.length
      ? textTable(
          ['sweep', 'status', 'data', 'target', 'search', 'trials', 'best', 'family', 'took', 'when'],
          value.sweeps.map((sweep) => [
            sweep.name,
            sweep.status,
            `${sweep.dataset}@${sweep.version}`,
            sweep.target,
            sweep.search,
            sweep.spent.trials,
            sweep.best?.score ?? null,
            sweep.best?.family ?? null,
            formatSeconds(sweep.spent.seconds),
            formatInstant(sweep.created),
          ]),
          ['trials', 'best', 'took'],
        )
      : 'No sweep yet; `holdfast sweeps start NAME --target COLUMN` looks for a good model.',
  show: ({ sweep, leaderboard, importance, test, looks }) =>
    blocks(
      viewLeaderboard({ sweep, leaderboard }),
      test !== null &&
        `The best one's ${sweep.metric} on the test rows, by which none was chosen, ${looksWords(looks ?? 0)}: ${formatNumber(test)}.`,
      importance.length > 0 &&
        `How much of the differences one parameter explains alone\n${textTable(
          ['family', 'parameter', 'share', 'trials'],
          importance.map(({ family, param, share, trials }) => [family, param, share, trials]),
          ['share', 'trials'],
        )}`,
    ),
};

function viewLeaderboard({ sweep, leaderboard }: { sweep: Sweep; leaderboard: readonly Trial[] }): string {
  const failed = leaderboard.filter(({ score }) => score === null);
  const shown = leaderboard.filter(({ score }) => score !== null).slice(0, 20);
  return blocks(
    factLines({
      sweep: sweep.name,
      status: sweep.status,
      data: `${sweep.dataset}@${sweep.version}`,
      target: `${sweep.target} (${sweep.task}), ranked by ${sweep.metric} of the validation rows, ${sweep.direction} is better`,
      search: `${sweep.search}, seed ${sweep.seed}`,
      budget: budgetWords(sweep.budget),
      took: formatSeconds(sweep.spent.seconds),
      energy: sweep.spent.joules === null ? null : `${formatNumber(sweep.spent.joules / 3600)} Wh`,
      error: sweep.error,
    }),
    shown.length > 0 &&
      textTable(
        ['', 'score', 'family', 'parameters', 'trial', 'took', 'run'],
        shown.map((trial, i) => [
          i + 1,
          trial.score,
          trial.family,
          paramWords(trial.params),
          trial.trial,
          formatSeconds(trial.seconds),
          trial.run,
        ]),
        ['', 'score', 'trial', 'took'],
      ),
    lines(
      leaderboard.length - failed.length > shown.length &&
        `The best ${shown.length} of ${leaderboard.length - failed.length}; --json has all.`,
      failed.length > 0 && `${failed.length} failed; the first: ${failed[0]?.error ?? ''}`,
      ...sweep.notes,
    ),
    shown[0] && `\`holdfast registry add ${shown[0].run} --name NAME\` keeps the best one under a name.`,
  );
}

function budgetWords({ runs, minutes, wattHours }: Sweep['budget']): string {
  return [
    runs !== null && `${formatNumber(runs)} runs`,
    minutes !== null && `${formatNumber(minutes)} minutes`,
    wattHours !== null && `${formatNumber(wattHours)} Wh`,
  ]
    .filter(Boolean)
    .join(', ');
}

function rangeCells(one: z.infer<typeof SpaceDimension>) {
  return one.kind === 'choice'
    ? [one.values.map((value) => JSON.stringify(value)).join(' '), null, 'choice']
    : [one.from, one.to, one.scale];
}

function paramWords(params: Trial['params']): string {
  return Object.entries(params)
    .map(([param, value]) => `${param}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' ');
}
