import { choleskySteps, solveCholesky } from '../../../math/index.ts';
import {
  minimise,
  type NewtonProblem,
  type NewtonState,
  type Progress,
} from '../../linear-predictor/newton.ts';
import type { Pace } from '../../pace.ts';
import type { Learners } from './characteristic.ts';

/** A column of a card while it is fitted: the bin of every row, and what each bin is in the logistic regression. */
export interface CardColumn {
  readonly bins: Int32Array;
  /** The unknown that a bin belongs to, -1 for none, and what it counts there. */
  readonly unknowns: Int32Array;
  readonly values: Float64Array;
}

export interface CardFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly iterations: number;
  /** Largest mean gradient at the end. */
  readonly residual: number;
}

interface State extends NewtonState {
  readonly hessian: Float64Array;
}

/**
 * Logistic regression over bins: minimises sum w log(1 + exp(-s eta)) + |b|^2 / (2 C), the intercept free, as scikit-learn's
 * LogisticRegression does, by Newton's method to a mean gradient of 1e-12.
 */
export async function fitCard(
  columns: readonly CardColumn[],
  unknowns: number,
  { good, weights, all }: Learners,
  C: number,
  pace: Pace,
  progress: Progress,
): Promise<CardFit> {
  const size = unknowns + 1;
  const rows = good.length;
  // Some milliseconds of work.
  const chunk = Math.max(1, Math.floor(1e6 / (columns.length + 1) ** 2));
  const at = new Int32Array(columns.length + 1);
  const x = new Float64Array(columns.length + 1);
  x[0] = 1;
  const evaluate = async (theta: Float64Array): Promise<State> => {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      if (row % chunk === 0) await pace.turn();
      let used = 1;
      let eta = theta[0]!;
      for (const { bins, unknowns: of, values } of columns) {
        const unknown = of[bins[row]!]!;
        if (unknown < 0) continue;
        at[used] = unknown + 1;
        x[used] = values[bins[row]!]!;
        eta += theta[unknown + 1]! * x[used]!;
        used++;
      }
      const up = good[row] === 1;
      const weight = weights[row]!;
      const e = Math.exp(-Math.abs(eta));
      const near = 1 / (1 + e);
      loss += weight * (Math.log1p(e) + Math.max(0, up ? -eta : eta));
      const wrong = weight * ((eta >= 0 ? near : e * near) - (up ? 1 : 0));
      const curve = weight * e * near * near;
      for (let i = 0; i < used; i++) {
        const place = at[i]! * size;
        gradient[at[i]!]! += wrong * x[i]!;
        for (let j = 0; j <= i; j++) hessian[place + at[j]!]! += curve * x[i]! * x[j]!;
      }
    }
    let penalty = 0;
    for (let i = 1; i < size; i++) {
      penalty += theta[i]! ** 2 / C;
      gradient[i]! += theta[i]! / C;
      hessian[i * size + i]! += 1 / C;
    }
    return { objective: loss + penalty / 2, loss, gradient, hessian };
  };
  const problem: NewtonProblem<State> = {
    rows,
    penalised: true,
    evaluate,
    async step({ gradient, hessian }) {
      const factor = hessian.slice();
      if ((await pace.run(choleskySteps(factor, size))) >= 0) return undefined;
      const step = gradient.map((value) => -value);
      solveCholesky(factor, size, step);
      return step;
    },
  };
  const start = new Float64Array(size);
  start[0] = Math.log(all.good / all.bad);
  const { theta, iterations, residual } = await minimise(problem, start, 1e-12, progress);
  return { intercept: theta[0]!, coefficients: theta.slice(1), iterations, residual };
}
