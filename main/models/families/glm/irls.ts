import type { ArrowMatrix } from '../../../math/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { HistoryPoint } from '../../family.ts';
import { identifyRows, onlyAt } from '../../linear-predictor/identify-rows.ts';
import {
  rankNotes,
  toErrors,
  toSolution,
  type Identified,
  type Solution,
} from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf, type Layout } from '../../linear-predictor/layout.ts';
import { inner } from '../../linear-predictor/newton.ts';
import { factorNormal, type Normal } from '../../linear-predictor/normal.ts';
import { createSweep, overRows } from '../../linear-predictor/sweep.ts';
import type { Pace } from '../../pace.ts';
import { linkOf, type Distribution, type Link } from './distribution.ts';

export interface GlmProblem {
  readonly design: Design;
  /** 0/1 for binomial. */
  readonly y: Float64Array;
  /** Positive, mean 1. */
  readonly weights: Float64Array;
  /** What the weights were divided by to have mean 1. */
  readonly weightUnit: number;
  readonly distribution: Distribution;
  readonly link: Link;
  /** Ridge penalty per row. */
  readonly alpha: number;
  /** Whether the dispersion is estimated. */
  readonly estimated: boolean;
  readonly mostIterations: number;
}

export interface GlmFit {
  readonly solution: Solution;
  readonly errors: Solution | undefined;
  readonly iterations: number;
  readonly converged: boolean;
  /** Rows less the effective number of coefficients. */
  readonly degreesOfFreedom: number;
  readonly rank: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly pearson: number;
  readonly dispersion: number;
  readonly logLikelihood: number | null;
  readonly notes: readonly string[];
}

interface State {
  /** Half deviance and penalty; Infinity where an expected value is outside the distribution. */
  readonly objective: number;
  readonly deviance: number;
  readonly pearson: number;
  readonly gradient: Float64Array;
  readonly gram: ArrowMatrix;
  /** Smallest and largest linear predictor; smallest margin of a row of a class. */
  readonly low: number;
  readonly high: number;
  readonly margin: number;
}

/**
 * Fits a generalised linear model by iteratively reweighted least squares, that is Fisher scoring (McCullagh and Nelder 1989, section
 * 2.5), with halved steps: minimises half the deviance plus alpha n |b|^2 / 2. Ends when the step is below 1e-9 standard errors.
 *
 * Errors: dispersion times the inverse of the expected information; with a penalty the Laplace approximation of the posterior under
 * the prior that the penalty is. Collinear columns share their effect: the coefficients of least length.
 */
export async function fitGlm(
  problem: GlmProblem,
  pace: Pace,
  progress: (fraction: number, message: string, point?: HistoryPoint) => void,
): Promise<GlmFit> {
  const first = problem.alpha > 0 ? await solve(problem, pace, progress) : undefined;
  if (first) return first;
  const second = await solve({ ...problem, alpha: 0 }, pace, progress);
  if (second === undefined) throw new Error('a fit without a penalty was refused');
  if (problem.alpha === 0) return second;
  const note = `alpha = ${problem.alpha} is lost in rounding beside this data; fitted as without it`;
  return { ...second, notes: [...second.notes, note] };
}

/** Undefined when the penalty is too small to keep the information of collinear columns positive definite. */
async function solve(
  problem: GlmProblem,
  pace: Pace,
  progress: (fraction: number, message: string, point?: HistoryPoint) => void,
): Promise<GlmFit | undefined> {
  const { design, y, weights, distribution, link, alpha, mostIterations } = problem;
  const layout = layOut(design, alpha > 0);
  const penalties = penaltiesOf(layout, alpha * layout.rows);
  const identified = alpha > 0 ? undefined : await identifyRows(layout, pace);
  const evaluate = evaluator(problem, layout, penalties, identified?.active, pace);
  const factor = (state: State): Promise<Normal | undefined> =>
    pace.run(factorNormal(state.gram, penalties, identified?.active));
  const mean = inner(y, weights) / layout.rows;
  const nullDeviance = y.reduce((sum, value, i) => sum + weights[i]! * distribution.deviance(value, mean), 0);
  const left = Math.max(1, layout.rows - (identified?.active.length ?? layout.unknowns));

  let theta = new Float64Array(layout.unknowns);
  theta[0] = linkOf[link].forth(mean);
  let state = await evaluate(theta);
  let normal = await factor(state);
  if (normal === undefined && alpha > 0) return undefined;
  let iterations = 0;
  let converged = false;
  let before = Infinity;
  while (normal !== undefined && iterations < mostIterations) {
    progress(1 - 0.7 ** iterations, `iteration ${iterations}`, point(iterations, state, layout.rows));
    // Nothing is left to explain, or the classes are told apart without error: the best is reached or at infinity.
    if (state.deviance <= 1e-20 * nullDeviance) converged = true;
    if (converged || (distribution.id === 'binomial' && state.deviance < 1e-6 * layout.rows)) break;
    const step = state.gradient.map((value) => -value);
    normal.solve(step);
    const decrement = -inner(step, state.gradient);
    converged =
      decrement <= (1e-18 * state.pearson) / left ||
      (decrement <= 1e-13 * state.objective && decrement >= 0.9 * before);
    if (converged) break;
    before = decrement;
    const next = await search(evaluate, theta, step, state, decrement);
    if (next === undefined) {
      converged = decrement <= 1e-10 * Math.max(state.objective, 1e-10 * nullDeviance);
      break;
    }
    iterations++;
    ({ theta, state } = next);
    normal = await factor(state);
  }
  progress(1, `iteration ${iterations}`, point(iterations, state, layout.rows));
  return describe(problem, layout, identified, penalties, {
    theta,
    state,
    normal,
    iterations,
    converged,
    nullDeviance,
    pace,
  });
}

function point(step: number, state: State, rows: number): HistoryPoint {
  return { step, loss: state.deviance / 2 / rows };
}

async function search(
  evaluate: (theta: Float64Array) => Promise<State>,
  theta: Float64Array<ArrayBuffer>,
  step: Float64Array,
  { objective }: State,
  decrement: number,
) {
  const slack = 16 * Number.EPSILON * Math.abs(objective);
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = theta.map((value, i) => value + length * step[i]!);
    const state = await evaluate(next);
    if (state.objective <= objective - 1e-4 * length * decrement + slack) return { theta: next, state };
  }
  return undefined;
}

function evaluator(
  { y, weights, distribution, link }: GlmProblem,
  layout: Layout,
  penalties: Float64Array,
  active: Int32Array | undefined,
  pace: Pace,
) {
  const sweep = createSweep(layout);
  const eta = new Float64Array(sweep.chunk);
  const information = new Float64Array(sweep.chunk);
  const { back, slope } = linkOf[link];
  const canonical = distribution.id === 'binomial' && link === 'logit';
  return async (theta: Float64Array): Promise<State> => {
    const gradient = new Float64Array(theta.length);
    let deviance = 0;
    let pearson = 0;
    let low = Infinity;
    let high = -Infinity;
    let margin = Infinity;
    let outside = false;
    await overRows(sweep, pace, (start, length) => {
      sweep.predict(theta, eta);
      for (let i = 0; i < length; i++) {
        const value = eta[i]!;
        const target = y[start + i]!;
        const w = weights[start + i]!;
        low = Math.min(low, value);
        high = Math.max(high, value);
        if (canonical) {
          const e = Math.exp(-Math.abs(value));
          const near = 1 / (1 + e);
          const right = target === 1 ? value : -value;
          margin = Math.min(margin, right);
          deviance += 2 * w * (Math.log1p(e) + Math.max(0, -right));
          const wrong = right >= 0 ? e * near : near;
          // (y - mu)^2 / (mu (1 - mu)) is the odds against what happened.
          pearson += w * Math.min(1e300, Math.exp(-right));
          eta[i] = target === 1 ? -w * wrong : w * wrong;
          information[i] = w * e * near * near;
          continue;
        }
        const mu = back(value);
        const fits = Number.isFinite(mu) && (mu > 0 || (!distribution.positive && link !== 'inverse'));
        if (!fits) {
          outside = true;
          eta[i] = 0;
          information[i] = 0;
          continue;
        }
        const variance = distribution.variance(mu);
        const rate = slope(mu);
        const residual = target - mu;
        deviance += w * distribution.deviance(target, mu);
        pearson += (w * residual * residual) / variance;
        eta[i] = (-w * residual * rate) / variance;
        information[i] = (w * rate * rate) / variance;
      }
      sweep.addGradient(eta, gradient);
      sweep.addGram(information);
    });
    let penalty = 0;
    for (let i = 0; i < theta.length; i++) {
      penalty += penalties[i]! * theta[i]! * theta[i]!;
      gradient[i] = gradient[i]! + penalties[i]! * theta[i]!;
    }
    const objective = outside ? Infinity : (deviance + penalty) / 2;
    return {
      objective: Number.isNaN(objective) ? Infinity : objective,
      deviance,
      pearson,
      gradient: active ? onlyAt(gradient, active) : gradient,
      gram: sweep.takeGram(),
      low,
      high,
      margin,
    };
  };
}

interface End {
  readonly theta: Float64Array;
  readonly state: State;
  readonly normal: Normal | undefined;
  readonly iterations: number;
  readonly converged: boolean;
  readonly nullDeviance: number;
  readonly pace: Pace;
}

async function describe(
  problem: GlmProblem,
  layout: Layout,
  identified: Identified | undefined,
  penalties: Float64Array,
  { theta, state, normal, iterations, converged, nullDeviance, pace }: End,
): Promise<GlmFit> {
  const { weightUnit, estimated, alpha } = problem;
  const separated = problem.distribution.id === 'binomial' && state.margin > 0;
  const rank = identified?.active.length ?? layout.unknowns;
  let effective = rank;
  const diagonal = normal && (await pace.run(normal.inverseDiagonal()));
  diagonal?.forEach((value, i) => (effective -= penalties[i]! * value));
  const degreesOfFreedom = layout.rows - effective;
  const enough = !estimated || degreesOfFreedom > 1e-3;
  const dispersion = !estimated ? 1 : enough ? (weightUnit * state.pearson) / degreesOfFreedom : 0;
  const notes = identified ? rankNotes(layout, identified) : [];
  if (separated)
    notes.push(
      alpha > 0
        ? 'the classes are perfectly separable on the training rows: only the penalty keeps the coefficients finite'
        : 'the classes are perfectly separable on the training rows: without a penalty no finite coefficients are best, and no errors are defined; those shown are where the search stopped. Give an alpha above 0',
    );
  else if (!converged)
    notes.push(
      `not converged after ${iterations} iterations: the coefficients are where the search stopped. More iterations (max_iter), another link or an alpha above 0 may help`,
    );
  if (!enough)
    notes.push(`${layout.rows} rows leave nothing to measure errors by beside ${rank} coefficients`);
  const measurable = normal && diagonal && enough && !(separated && alpha === 0);
  const variance = dispersion / weightUnit;
  return {
    solution: toSolution(layout, theta, identified),
    errors: measurable
      ? toErrors(
          layout,
          {
            diagonal: diagonal.map((value) => value * variance),
            times(vector) {
              const image = vector.slice();
              normal.solve(image);
              return image.map((value) => value * variance);
            },
          },
          identified,
        )
      : undefined,
    iterations,
    converged,
    degreesOfFreedom,
    rank,
    deviance: weightUnit * state.deviance,
    nullDeviance: weightUnit * nullDeviance,
    pearson: weightUnit * state.pearson,
    dispersion,
    logLikelihood: await likelihood(problem, layout, theta, state, dispersion, pace),
    notes,
  };
}

/** At the dispersion found; for gaussian at its own best, the mean square, as statsmodels has it. */
async function likelihood(
  { y, weights, weightUnit, distribution, link, estimated }: GlmProblem,
  layout: Layout,
  theta: Float64Array,
  state: State,
  dispersion: number,
  pace: Pace,
): Promise<number | null> {
  const { logLikelihood } = distribution;
  // A quasi-likelihood has no density.
  if (!logLikelihood || (distribution.fixed && estimated)) return null;
  const phi = distribution.id === 'gaussian' ? (weightUnit * state.pearson) / layout.rows : dispersion;
  if (!(phi > 0)) return null;
  const sweep = createSweep(layout);
  const eta = new Float64Array(sweep.chunk);
  const { back } = linkOf[link];
  let sum = 0;
  await overRows(sweep, pace, (start, length) => {
    sweep.predict(theta, eta);
    for (let i = 0; i < length; i++)
      sum += logLikelihood(y[start + i]!, back(eta[i]!), weights[start + i]! * weightUnit, phi);
  });
  return Number.isFinite(sum) ? sum : null;
}
