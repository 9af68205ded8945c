import type { Figure } from '../../../preload/contract/figures.ts';
import type { Sweep, Trial } from '../../../preload/contract/sweeps.ts';
import type { OutputOf } from '../../api/methods.ts';
import { metricShort } from '../runs/headline.ts';
import { words } from './words.ts';

type Space = OutputOf<'sweeps.show'>['space'][number];

/** Trials below which lines say nothing. */
const fewest = 4;

/** The trials of the family that won, a line each across what was varied, the score last; null where there is too little to see. */
export function parallelFigure(
  sweep: Sweep,
  spaces: readonly Space[],
  leaderboard: readonly Trial[],
): Figure | null {
  const family = sweep.best?.family;
  const space = spaces.find((one) => one.family === family);
  const own = leaderboard.filter((trial) => trial.family === family && trial.score !== null);
  if (!space || space.dimensions.length === 0 || own.length < fewest) return null;
  const axes = space.dimensions.map((dimension) => ({
    title: dimension.param,
    unit: null,
    ...(dimension.kind === 'choice' ? { levels: levelsOf(dimension.param, own) } : {}),
  }));
  const rows = own.map((trial) => [
    ...axes.map(({ title, levels }) =>
      levels ? levels.indexOf(textOf(trial.params[title])) : Number(trial.params[title]),
    ),
    trial.score ?? 0,
  ]);
  const score = { title: metricShort(sweep.metric), unit: null };
  return {
    id: 'parallel',
    title: words.parallel(space.family),
    split: null,
    x: { title: '', unit: null },
    y: score,
    series: [{ name: space.family, kind: 'parallel', x: [], y: [], axes: [...axes, score], rows }],
    reading: words.parallelReading,
  };
}

/** Also a default that is none of the values of the choice. */
function levelsOf(param: string, trials: readonly Trial[]): string[] {
  return [...new Set(trials.map(({ params }) => textOf(params[param])))].toSorted();
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
