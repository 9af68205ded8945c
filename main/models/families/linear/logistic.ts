import type { ArrowMatrix } from '../../../math/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { Pace } from '../../pace.ts';
import { rankNotes, toErrors, toSolution, type Identified } from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf, thinOut, type Layout } from '../../linear-predictor/layout.ts';
import {
  minimise,
  type Minimum,
  type NewtonProblem,
  type NewtonState,
  type Progress,
} from '../../linear-predictor/newton.ts';
import { factorNormal, type Normal } from '../../linear-predictor/normal.ts';
import type { Outcome } from './outcome.ts';
import { identifyRows, onlyAt } from '../../linear-predictor/identify-rows.ts';
import { createSweep, overRows, type Sweep } from '../../linear-predictor/sweep.ts';

/** Largest mean gradient at which a fit counts as converged. */
export const gradientTolerance = 1e-12;

/**
 * Binary logistic regression: minimises sum log(1 + exp(-s (b0 + x b))) + lambda |b|^2 / 2, s = +1 for rows with
 * `positive`, else -1, lambda = 1 / C of scikit-learn's LogisticRegression, by Newton's method (iteratively reweighted
 * least squares: McCullagh and Nelder 1989, section 2.5) with halved steps, to a mean gradient below 1e-12 or to the limit of rounding.
 *
 * Errors: lambda = 0: the inverse of the information X'WX; with a penalty the Laplace approximation of the posterior
 * (X'WX + lambda I)^-1 under the prior b ~ N(0, 1 / lambda) (Bishop 2006, section 4.5).
 */
export async function fitLogistic(
  design: Design,
  positive: Uint8Array,
  lambda: number,
  pace: Pace,
  progress: Progress,
): Promise<Outcome> {
  const first = await solve(design, positive, lambda, pace, progress);
  if (first) return first;
  const second = await solve(design, positive, 0, pace, progress);
  if (second === undefined) throw new Error('a fit without a penalty was refused');
  const note = `C = ${1 / lambda} leaves a penalty that is lost in rounding beside this data; fitted as without it`;
  return { ...second, notes: [...second.notes, note] };
}

/** Undefined when the penalty is too small to keep the Hessian of collinear columns positive definite. */
async function solve(
  design: Design,
  positive: Uint8Array,
  lambda: number,
  pace: Pace,
  progress: Progress,
): Promise<Outcome | undefined> {
  const layout = layOut(design, lambda > 0);
  const identified = lambda > 0 ? undefined : await identifyRows(layout, pace);
  let theta = new Float64Array(layout.unknowns);
  let share = 0;
  for (const value of positive) share += value;
  theta[0] = Math.log(share / (positive.length - share));
  // Every stride-th row says nearly where the minimum is, for a fraction of the cost; the end is the same.
  const stride = lambda > 0 ? strideOf(layout) : 1;
  if (stride > 1) {
    const some = problemOf(
      thinOut(layout, stride),
      positive.filter((_, i) => i % stride === 0),
      lambda / stride,
      undefined,
      pace,
    );
    theta = Float64Array.from((await minimise(some, theta, 1e-4, () => undefined)).theta);
  }
  const problem = problemOf(layout, positive, lambda, identified, pace);
  const minimum = await minimise(problem, theta, gradientTolerance, progress);
  const normal = await problem.normalOf(minimum.state);
  if (lambda > 0 && normal === undefined) return undefined;
  return describe(layout, minimum, normal, lambda, identified, pace);
}

/** How many rows to pass over while finding where to start: none below 60,000 rows. */
export function strideOf(layout: Layout): number {
  return layout.rows < 60_000 ? 1 : Math.floor(layout.rows / 20_000);
}

interface State extends NewtonState {
  /** Overwritten by factoring. */
  readonly gram: ArrowMatrix;
  /** Smallest s (b0 + x b) over the rows: above 0 the classes are separated. */
  readonly margin: number;
  /** Largest |b0 + x b|. */
  readonly reach: number;
}

interface LogisticProblem extends NewtonProblem<State> {
  /** The factored Hessian at a state; undefined where it has vanished. */
  normalOf(state: State): Promise<Normal | undefined>;
}

function problemOf(
  layout: Layout,
  positive: Uint8Array,
  lambda: number,
  identified: Identified | undefined,
  pace: Pace,
): LogisticProblem {
  const sweep = createSweep(layout);
  const penalties = penaltiesOf(layout, lambda);
  const factored = new WeakMap<State, { normal: Normal | undefined }>();
  const normalOf = async (state: State): Promise<Normal | undefined> => {
    const before = factored.get(state);
    if (before) return before.normal;
    const normal = await pace.run(factorNormal(state.gram, penalties, identified?.active));
    factored.set(state, { normal });
    return normal;
  };
  return {
    rows: layout.rows,
    penalised: lambda > 0,
    normalOf,
    evaluate: (theta) => evaluate(sweep, pace, positive, penalties, identified?.active, theta),
    async step(state) {
      const step = state.gradient.map((value) => -value);
      const normal = await normalOf(state);
      normal?.solve(step);
      return normal && step;
    },
  };
}

async function evaluate(
  sweep: Sweep,
  pace: Pace,
  positive: Uint8Array,
  penalties: Float64Array,
  active: Int32Array | undefined,
  theta: Float64Array,
): Promise<State> {
  const gradient = new Float64Array(theta.length);
  const eta = new Float64Array(sweep.chunk);
  const weights = new Float64Array(sweep.chunk);
  let loss = 0;
  let margin = Infinity;
  let reach = 0;
  await overRows(sweep, pace, (start, length) => {
    sweep.predict(theta, eta);
    let part = 0;
    for (let i = 0; i < length; i++) {
      const value = eta[i]!;
      const up = positive[start + i]!;
      const size = Math.abs(value);
      const e = Math.exp(-size);
      const correct = up === 1 ? value : -value;
      part += Math.log1p(e) + (correct < 0 ? size : 0);
      const near = 1 / (1 + e);
      const probability = value >= 0 ? near : e * near;
      eta[i] = probability - up;
      weights[i] = e * near * near;
      if (correct < margin) margin = correct;
      if (size > reach) reach = size;
    }
    loss += part;
    sweep.addGradient(eta, gradient);
    sweep.addGram(weights);
  });
  let penalty = 0;
  for (let i = 0; i < theta.length; i++) {
    penalty += penalties[i]! * theta[i]! * theta[i]!;
    gradient[i] = gradient[i]! + penalties[i]! * theta[i]!;
  }
  const kept = active ? onlyAt(gradient, active) : gradient;
  return { objective: loss + penalty / 2, loss, gradient: kept, gram: sweep.takeGram(), margin, reach };
}

async function describe(
  layout: Layout,
  { theta, state, iterations, residual }: Minimum<State>,
  normal: Normal | undefined,
  lambda: number,
  identified: Identified | undefined,
  pace: Pace,
): Promise<Outcome> {
  const notes = identified ? rankNotes(layout, identified) : [];
  notes.push(...separationNotes(lambda, state.margin > 0, state.reach));
  const separated = state.margin > 0 && lambda === 0;
  if (residual > 1e-8 && !separated) {
    notes.push(`not converged after ${iterations} iterations (mean gradient ${residual.toExponential(1)})`);
  }
  const solution = toSolution(layout, theta, identified);
  const measurable = normal !== undefined && !separated;
  const errors = measurable
    ? toErrors(
        layout,
        {
          diagonal: await pace.run(normal.inverseDiagonal()),
          times(vector) {
            const image = vector.slice();
            normal.solve(image);
            return image;
          },
        },
        identified,
      )
    : undefined;
  return {
    solutions: [solution],
    errors: errors && [errors],
    inference: errors === undefined ? 'none' : lambda > 0 ? 'bayesian' : 'classical',
    degreesOfFreedom: null,
    residualDeviation: null,
    overall: null,
    notes,
  };
}

/** Sentences about classes that a linear boundary tells apart without a single error. */
export function separationNotes(lambda: number, separated: boolean, reach: number): string[] {
  if (separated) {
    return [
      lambda > 0
        ? 'the classes are perfectly separable on the training rows: only the penalty keeps the coefficients finite'
        : 'the classes are perfectly separable on the training rows: without a penalty no finite coefficients are best, and no errors are defined; those shown are where the search stopped. Use penalty l2',
    ];
  }
  // |eta| of 23 is a probability within 1e-10 of 0 or 1.
  if (lambda === 0 && reach > 23) {
    return [
      'some fitted probabilities are 0 or 1 to ten digits: part of the classes may be separable, so mistrust the largest coefficients and their errors, or use penalty l2',
    ];
  }
  return [];
}
