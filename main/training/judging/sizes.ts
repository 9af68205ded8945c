import type { Figure } from '../../../preload/contract/figures.ts';
import { Failure } from '../../../preload/contract/errors.ts';
import { evaluate, metrics } from '../../evaluation/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { createRandom } from '../../platform/random.ts';
import {
  readSplit,
  recipeTarget,
  rowColumns,
  splitRows,
  weightColumns,
  type Target,
} from '../../recipes/index.ts';
import { fitRows } from '../fit-rows.ts';
import { readForTraining } from '../read-for-training.ts';
import type { JudgedRun } from './test-outcome.ts';

export interface SizesInput {
  readonly judged: JudgedRun;
  /** How many sizes, the last of them all training rows. */
  readonly sizes: number;
  /** How often each size but the last is drawn. */
  readonly repeats: number;
  readonly seed: number;
}

/** Mean over the draws, and the lowest and highest. */
interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SizePoint {
  readonly rows: number;
  readonly share: number;
  readonly draws: number;
  readonly train: Spread;
  readonly judged: Spread;
  /** Mean time of one training. */
  readonly seconds: number;
}

export interface SizesResult {
  readonly metric: string;
  readonly direction: 'higher' | 'lower';
  readonly judgedBy: 'validation rows' | 'training rows held back';
  readonly judgedRows: number;
  readonly points: readonly SizePoint[];
  readonly reading: string;
  readonly figure: Figure;
  readonly notes: readonly string[];
}

const fewest = 10;

/**
 * Trains a run's recipe again on growing parts of its training rows and judges each by the same rows, which no test row is among: whether
 * more data would help. Smaller parts are within larger ones. Without validation rows a fifth of the training rows is held back.
 */
export async function sizesOfRun(
  { judged, sizes, repeats, seed }: SizesInput,
  { reader, signal, progress }: TaskContext,
): Promise<SizesResult> {
  const { recipe } = judged;
  const names = [...new Set([...recipe.features, ...rowColumns(recipe), ...weightColumns(recipe)])];
  const { table } = await readForTraining(reader, judged, recipe, { names, signal });
  const { target } = recipeTarget(recipe, table);
  const split = readSplit(await reader.get(judged.split));
  const own = splitRows(split, 'validation');
  const all = splitRows(split, 'train');
  const held =
    own.length === 0
      ? createRandom(seed)
          .shuffle(all.slice())
          .subarray(0, Math.floor(all.length / 5))
          .toSorted()
      : own;
  const heldBack = new Set(own.length === 0 ? held : []);
  const train = all.filter((row) => !heldBack.has(row));
  const plan = Array.from({ length: sizes }, (_, i) => Math.ceil(((i + 1) / sizes) ** 2 * train.length));
  const counts = [...new Set(plan.map((count) => Math.max(Math.min(fewest, train.length), count)))];
  const metric = metrics.find(({ id }) => id === headline(target))!;
  const notes = new Set<string>();
  const points: SizePoint[] = [];
  const total = (counts.length - 1) * repeats + 1;
  let done = 0;
  const orders = Array.from({ length: repeats }, (_, i) => createRandom(seed + i).shuffle(train.slice()));
  for (const count of counts) {
    const draws = count === train.length ? orders.slice(0, 1) : orders;
    const scores: { train: number; judged: number; seconds: number }[] = [];
    for (const order of draws) {
      const began = performance.now();
      try {
        const fitted = await fitRows(
          recipe,
          table,
          target,
          { train: order.slice(0, count).sort(), validation: held, test: new Int32Array(0) },
          {
            signal,
            progress: (fraction) => progress((done + fraction) / total, `training on ${count} rows`),
          },
        );
        const of = (part: 'train' | 'validation') => evaluate(fitted.outcomes[part]).metrics[metric.id];
        const [onTrain, onJudged] = [of('train'), of('validation')];
        if (typeof onTrain === 'number' && typeof onJudged === 'number') {
          scores.push({ train: onTrain, judged: onJudged, seconds: (performance.now() - began) / 1000 });
        }
      } catch (error) {
        if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
        notes.add(`${count} rows: ${error.message}`);
      }
      done++;
    }
    if (scores.length === 0) continue;
    points.push({
      rows: count,
      share: count / train.length,
      draws: scores.length,
      train: spread(scores.map((one) => one.train)),
      judged: spread(scores.map((one) => one.judged)),
      seconds: scores.reduce((sum, one) => sum + one.seconds, 0) / scores.length,
    });
  }
  const judgedBy = own.length === 0 ? ('training rows held back' as const) : ('validation rows' as const);
  const reading = readingOf(points, metric.title, metric.direction);
  return {
    metric: metric.id,
    direction: metric.direction,
    judgedBy,
    judgedRows: held.length,
    points,
    reading,
    figure: drawn(points, metric.title, judgedBy, reading),
    notes: [...notes],
  };
}

/** What a kind of prediction is judged by first. */
function headline(target: Target): string {
  if (target.task === 'regression') return 'mean_absolute_error';
  return target.classes.length > 1 ? 'log_loss' : 'accuracy';
}

function spread(values: readonly number[]): Spread {
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: Math.min(...values),
    high: Math.max(...values),
  };
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** From half of the rows or so to all of them: by how much it became better, beside how much draws of one size differ. */
function readingOf(points: readonly SizePoint[], title: string, direction: 'higher' | 'lower'): string {
  const last = points.at(-1);
  const before = points.findLast(({ share }) => share <= 0.6);
  if (!last || !before) return 'There are too few training rows to see whether more would help.';
  const gained = (last.judged.mean - before.judged.mean) * (direction === 'lower' ? -1 : 1);
  const noise = (before.judged.high - before.judged.low) / 2;
  const from = `From ${before.rows} to ${last.rows} rows the ${title.toLowerCase()} went from ${short(before.judged.mean)} to ${short(last.judged.mean)}`;
  if (gained > noise) return `${from}: it is still learning, and more rows like these would help.`;
  const gap = Math.abs(last.judged.mean - last.train.mean);
  return gap > 2 * noise && gap > 0.1 * Math.abs(last.judged.mean)
    ? `${from}: no more than chance explains. It knows its training rows much better (${short(last.train.mean)}): a simpler model may do as well.`
    : `${from}: no more than chance explains. Other columns or another family would help more than more rows.`;
}

function drawn(points: readonly SizePoint[], title: string, judgedBy: string, reading: string): Figure {
  const line = (name: string, of: 'train' | 'judged') => ({
    name,
    kind: 'line' as const,
    x: points.map(({ rows }) => rows),
    y: points.map((point) => point[of].mean),
    lower: points.map((point) => point[of].low),
    upper: points.map((point) => point[of].high),
  });
  return {
    id: 'band',
    title: 'Would more rows help?',
    split: null,
    x: { title: 'training rows', unit: null },
    y: { title: title.toLowerCase(), unit: null },
    series: [line('training rows', 'train'), line(judgedBy, 'judged')],
    reading,
  };
}
