import { createHash } from 'node:crypto';
import { fail } from '../../../preload/contract/errors.ts';
import { takeRows, type Labelled } from '../../models/index.ts';
import { createRandom } from '../../platform/random.ts';
import { gatherTarget, type Balance, type ResolvedRecipe } from '../../recipes/index.ts';

export interface BalancedRows {
  readonly labelled: Labelled;
  readonly notes: readonly string[];
}

/** Rows to learn from: more would hardly be in memory. */
const mostRows = 20_000_000;

/**
 * What a model learns from where a recipe balances its classes: the training rows with those of small classes repeated (`over`), those of large
 * ones drawn from (`under`), or each counted by its class (`weights`). Steps have learned from the rows as they are, and whatever judges sees them
 * so. `rows` are the training rows by their places in the snapshot. The same seed draws the same rows. Throws `balance-too-many`.
 */
export function balanceRows(
  { balance, calibrate, seed }: Pick<ResolvedRecipe, 'balance' | 'calibrate' | 'seed'>,
  train: Labelled,
  rows: Int32Array,
): BalancedRows {
  const { target } = train;
  if (!balance || target.task !== 'classification') return { labelled: train, notes: [] };
  const { classes, codes } = target;
  const odds = calibrate === undefined ? [uncalibrated] : [];
  if (balance.by === 'weights') return weighted(balance, train, classes, codes, odds);
  const counts = countClasses(codes, classes.length);
  const wanted = wantedCounts(balance, counts);
  const total = sum(Float64Array.from(wanted));
  if (total > mostRows) throw fail('balance-too-many', { rows: total, most: mostRows });
  const places = drawPlaces(codes, counts, wanted, total, seed);
  const { weights } = train;
  const drawn = places.map((place) => rows[place]!);
  const sizes = classes.flatMap((label, code) =>
    counts[code] === wanted[code] ? [] : [`"${label}" from ${counts[code]} to ${wanted[code]}`],
  );
  const note =
    sizes.length === 0
      ? 'the classes were balanced already: no row was repeated or left out'
      : `the model learned from ${total} rows drawn from ${rows.length} training rows by seed ${seed}: ${sizes.join(', ')} (SHA-256 of their places ${digestOf(drawn)})`;
  return {
    labelled: {
      design: takeRows(train.design, places),
      target: gatherTarget(target, places),
      ...(weights ? { weights: Float64Array.from(places, (place) => weights[place]!) } : {}),
    },
    notes: [note, ...(sizes.length === 0 ? [] : [...odds, ...(balance.by === 'over' ? [repeats] : [])])],
  };
}

const uncalibrated =
  'balanced classes make the rare ones seem more probable than they are; "calibrate" brings the probabilities back';
const repeats =
  'standard errors, tests and counts that the model reports take each repeated row for another one, so they are too small';

function countClasses(codes: Int32Array, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const code of codes) counts[code]!++;
  return counts;
}

/** How many rows of each class there are to be; a class without any stays so. */
export function wantedCounts({ by, ratio }: Balance, counts: readonly number[]): number[] {
  const known = counts.filter((count) => count > 0);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return counts.map((count) => {
    if (count === 0) return 0;
    return by === 'over'
      ? Math.max(count, Math.floor(most * ratio))
      : Math.min(count, Math.floor(least / ratio));
  });
}

/** Every row of a class equally often, but for a rest that is drawn without putting back; in the order of the rows. */
function drawPlaces(
  codes: Int32Array,
  counts: readonly number[],
  wanted: readonly number[],
  total: number,
  seed: number,
): Int32Array {
  const random = createRandom(seed);
  const times = new Int32Array(codes.length);
  counts.forEach((count, code) => {
    if (count === 0) return;
    const own = Int32Array.from(codes.keys()).filter((place) => codes[place] === code);
    const whole = Math.floor(wanted[code]! / count);
    for (const place of own) times[place] = whole;
    for (const place of random.shuffle(own).subarray(0, wanted[code]! - whole * count)) times[place]!++;
  });
  const places = new Int32Array(total);
  let at = 0;
  times.forEach((count, place) => {
    places.fill(place, at, at + count);
    at += count;
  });
  return places;
}

function weighted(
  { ratio }: Balance,
  train: Labelled,
  classes: readonly string[],
  codes: Int32Array,
  odds: readonly string[],
): BalancedRows {
  const own = train.weights ?? new Float64Array(codes.length).fill(1);
  const weights = classWeights(codes, own, classes.length, ratio);
  const said = classes.flatMap((label, code) =>
    Number.isNaN(weights[code]) ? [] : [`"${label}" ${Number(weights[code]!.toPrecision(4))}`],
  );
  return {
    labelled: {
      ...train,
      weights: own.map((weight, row) => (weight === 0 ? 0 : weight * weights[codes[row]!]!)),
    },
    notes: [`each training row counts by its class: ${said.join(', ')}`, ...odds],
  };
}

/**
 * By class how much a row of it counts, so that no class weighs less than `ratio` of the heaviest and all together weigh what they did; NaN for one
 * without rows that count. With a ratio of 1: rows / (classes x rows of the class), as "balanced" in scikit-learn.
 */
export function classWeights(
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
  ratio: number,
): Float64Array {
  const totals = new Float64Array(classes);
  codes.forEach((code, row) => (totals[code]! += weights[row]!));
  const most = Math.max(...totals);
  const wanted = totals.map((total) => (total === 0 ? 0 : Math.max(total, most * ratio)));
  const shrink = sum(totals) / sum(wanted);
  return wanted.map((want, code) => (totals[code] === 0 ? Number.NaN : (want * shrink) / totals[code]!));
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

/** Of the rows' places in the snapshot, from 0, as 32-bit integers, the lowest byte first. */
function digestOf(rows: Int32Array): string {
  const bytes = new DataView(new ArrayBuffer(rows.length * 4));
  rows.forEach((row, i) => bytes.setInt32(i * 4, row, true));
  return createHash('sha256').update(bytes).digest('hex');
}
