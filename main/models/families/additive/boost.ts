import type { HistoryPoint } from '../../family.ts';
import type { Pace } from '../../pace.ts';
import { growCurve, growGrid, type Growth, type Histogram } from './grow.ts';
import type { Loss } from './loss.ts';

/** A curve or a grid to learn: the cell of every row, training rows and validation rows. */
export interface Term {
  readonly train: Int32Array;
  readonly check: Int32Array;
  readonly cells: number;
  /** Of a grid: bins of its two axes. */
  readonly grid?: readonly [number, number];
  readonly levels: boolean;
  readonly way: -1 | 0 | 1;
}

export interface Side {
  readonly loss: Loss;
  /** Rows that count, and how much. */
  readonly rows: Int32Array;
  readonly weights: Float64Array;
  /** All rows x outputs; changed in place. */
  readonly scores: Float64Array;
}

export interface BoostOptions extends Growth {
  readonly rounds: number;
  readonly rate: number;
  readonly patience: number;
}

export interface Boosted {
  /** Per term, cells x outputs. */
  readonly values: readonly Float64Array[];
  readonly rounds: number;
  readonly history: readonly HistoryPoint[];
}

/**
 * Cyclic gradient boosting (Lou et al. 2012; Nori et al. 2019): in each round every term in turn takes a small step, so that none can
 * take what belongs to another. `check` is what stops it: its lowest mean loss is kept, and training scores end there too.
 */
export async function boost(
  terms: readonly Term[],
  train: Side,
  check: Side | undefined,
  checkOnTrain: boolean,
  options: BoostOptions,
  pace: Pace,
  report: (fraction: number, point: HistoryPoint) => void,
): Promise<Boosted> {
  const { outputs } = train.loss;
  const values = terms.map(({ cells }) => new Float64Array(cells * outputs));
  const steps = terms.map(({ cells }) => new Float64Array(cells));
  const histograms = terms.map(({ cells }) => emptyHistogram(cells));
  const history: HistoryPoint[] = [];
  let best = values.map((value) => value.slice());
  let lowest = check ? meanLoss(check) : Infinity;
  let bestRound = 0;
  for (let round = 1; round <= options.rounds && terms.length > 0; round++) {
    for (let t = 0; t < terms.length; t++) {
      const term = terms[t]!;
      for (let k = 0; k < outputs; k++) {
        fillHistogram(histograms[t]!, term.train, train, k);
        const step = steps[t]!;
        if (term.grid) growGrid(histograms[t]!, term.grid[0], term.grid[1], options, step);
        else growCurve(histograms[t]!, term.levels, term.way, options, step);
        for (let cell = 0; cell < step.length; cell++) {
          step[cell] = step[cell]! * options.rate;
          values[t]![cell * outputs + k]! += step[cell]!;
        }
        add(train.scores, term.train, step, outputs, k);
        if (check && !checkOnTrain) add(check.scores, term.check, step, outputs, k);
        await pace.turn();
      }
    }
    const loss = check ? meanLoss(check) : meanLoss(train);
    const point = { step: round, [check ? 'validation' : 'loss']: loss };
    history.push(point);
    report(round / options.rounds, point);
    if (!check) continue;
    if (loss < lowest) {
      lowest = loss;
      bestRound = round;
      best = values.map((value) => value.slice());
    } else if (options.patience > 0 && round - bestRound >= options.patience) break;
  }
  if (!check || options.patience === 0) return { values, rounds: history.length, history };
  return { values: best, rounds: bestRound, history };
}

export function emptyHistogram(cells: number): Histogram {
  return {
    gradient: new Float64Array(cells),
    curvature: new Float64Array(cells),
    rows: new Float64Array(cells),
  };
}

export function fillHistogram(
  { gradient, curvature, rows }: Histogram,
  cells: Int32Array,
  { loss, rows: used, weights, scores }: Side,
  k: number,
): void {
  gradient.fill(0);
  curvature.fill(0);
  rows.fill(0);
  const found = { gradient: 0, curvature: 0 };
  for (const row of used) {
    loss.derivatives(row, scores, k, found);
    const cell = cells[row]!;
    const weight = weights[row]!;
    gradient[cell]! += weight * found.gradient;
    curvature[cell]! += weight * found.curvature;
    rows[cell]! += 1;
  }
}

/** Adds each row's step to its score. */
function add(scores: Float64Array, cells: Int32Array, step: Float64Array, outputs: number, k: number): void {
  for (let row = 0; row < cells.length; row++) scores[row * outputs + k]! += step[cells[row]!]!;
}

export function meanLoss({ loss, rows, weights, scores }: Side): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const one = loss.of(row, scores);
    if (one === undefined) continue;
    sum += weights[row]! * one;
    total += weights[row]!;
  }
  return total > 0 ? sum / total : 0;
}
