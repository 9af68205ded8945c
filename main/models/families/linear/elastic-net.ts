import { choleskySteps, solveCholesky, type Steps } from '../../../math/index.ts';
import { inner, largest, type Progress } from '../../linear-predictor/newton.ts';
import type { Pace } from '../../pace.ts';

/** A smooth convex loss over `size` unknowns, plus `l1` |theta| and `l2` theta^2 / 2 of each. */
export interface PenalisedProblem {
  readonly rows: number;
  readonly size: number;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  /** An unknown that stays 0, since the others say all; -1 for none. */
  readonly fixed: number;
  evaluate(theta: Float64Array): Promise<Smooth>;
}

/** The loss alone at one point; the Hessian is size x size, row-major, both triangles. */
export interface Smooth {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export interface PenalisedMinimum {
  readonly theta: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const mostIterations = 100;

/**
 * Proximal Newton: the penalised quadratic model of the loss is minimised by coordinate descent (Friedman, Hastie and Tibshirani 2010)
 * and polished by solving for the unknowns that are not 0, then the step is halved until the objective falls. Ends when the optimality
 * conditions hold to 1e-11 of the largest gradient.
 */
export async function minimisePenalised(
  problem: PenalisedProblem,
  start: Float64Array,
  pace: Pace,
  progress: Progress,
): Promise<PenalisedMinimum> {
  let theta = start;
  let state = await problem.evaluate(theta);
  let objective = state.loss + penaltyOf(problem, theta);
  const tolerance = 1e-11 * Math.max(largest(state.gradient), Number.MIN_VALUE);
  let iterations = 0;
  for (; iterations < mostIterations; iterations++) {
    progress(1 - 0.7 ** iterations, `iteration ${iterations}`, {
      step: iterations,
      loss: state.loss / problem.rows,
    });
    if (violation(problem, theta, state.gradient) <= tolerance) break;
    const target = await pace.run(descend(problem, theta, state));
    const next = await search(problem, theta, target, state, objective);
    if (next === undefined) break;
    ({ theta, state, objective } = next);
  }
  progress(1, `iteration ${iterations}`, { step: iterations, loss: state.loss / problem.rows });
  const converged = violation(problem, theta, state.gradient) <= 1e4 * tolerance;
  return { theta, iterations, converged };
}

function penaltyOf({ l1, l2 }: PenalisedProblem, theta: Float64Array): number {
  return theta.reduce((sum, value, j) => sum + l1[j]! * Math.abs(value) + (l2[j]! * value * value) / 2, 0);
}

/** How far the conditions of a minimum are missed: the smallest subgradient, largest over the unknowns. */
function violation({ l1, l2, fixed }: PenalisedProblem, theta: Float64Array, gradient: Float64Array): number {
  let most = 0;
  for (let j = 0; j < theta.length; j++) {
    if (j === fixed) continue;
    const value = theta[j]!;
    const slope = gradient[j]! + l2[j]! * value;
    const miss =
      value === 0 ? Math.max(0, Math.abs(slope) - l1[j]!) : Math.abs(slope + l1[j]! * Math.sign(value));
    most = Math.max(most, miss);
  }
  return most;
}

async function search(
  problem: PenalisedProblem,
  theta: Float64Array,
  target: Float64Array,
  state: Smooth,
  objective: number,
) {
  const step = target.map((value, j) => value - theta[j]!);
  const promised = inner(step, state.gradient) + penaltyOf(problem, target) - penaltyOf(problem, theta);
  const slack = 16 * Number.EPSILON * Math.abs(objective);
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = length === 1 ? target : theta.map((value, j) => value + length * step[j]!);
    const found = await problem.evaluate(next);
    const reached = found.loss + penaltyOf(problem, next);
    if (reached <= objective + 1e-4 * length * promised + slack)
      return { theta: next, state: found, objective: reached };
  }
  return undefined;
}

const mostSweeps = 20_000;

/** The minimum of the quadratic model around theta with the penalties. */
function* descend(
  problem: PenalisedProblem,
  theta: Float64Array,
  { gradient, hessian }: Smooth,
): Steps<Float64Array> {
  const { size, l1, l2, fixed } = problem;
  const at = theta.slice();
  // Gradient of the quadratic model at `at`, kept up to date.
  const slope = gradient.slice();
  const scale = 1e-13 * Math.max(largest(gradient), Number.MIN_VALUE);
  let settled = 0;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let most = 0;
    let changed = false;
    for (let j = 0; j < size; j++) {
      const curve = hessian[j * size + j]!;
      if (j === fixed || !(curve + l2[j]! > 0)) continue;
      const before = at[j]!;
      const pull = curve * before - slope[j]!;
      const reach = Math.abs(pull) - l1[j]!;
      const after = reach <= 0 ? 0 : (Math.sign(pull) * reach) / (curve + l2[j]!);
      const step = after - before;
      if (step === 0) continue;
      if (Math.sign(after) !== Math.sign(before)) changed = true;
      at[j] = after;
      most = Math.max(most, Math.abs(step) * curve);
      for (let i = 0; i < size; i++) slope[i] = slope[i]! + step * hessian[j * size + i]!;
    }
    if (most <= scale) return at;
    settled = changed ? 0 : settled + 1;
    // The signs have come to rest: what is left is a linear system.
    if (settled > 0 && settled % 8 === 0) {
      const exact = yield* polish(problem, theta, gradient, hessian, at);
      if (exact) return exact;
    }
    yield 0;
  }
  return at;
}

/** Solves for the unknowns that are not 0 as if their signs stay; undefined where they don't, or another would leave 0. */
function* polish(
  problem: PenalisedProblem,
  theta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
  at: Float64Array,
): Steps<Float64Array | undefined> {
  const { size, l1, l2, fixed } = problem;
  const active = Int32Array.from(at.keys()).filter((j) => j !== fixed && (at[j] !== 0 || l1[j] === 0));
  const n = active.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  active.forEach((j, a) => {
    for (let b = 0; b <= a; b++) matrix[a * n + b] = hessian[j * size + active[b]!]!;
    matrix[a * n + a] = matrix[a * n + a]! + l2[j]!;
    let constant = -gradient[j]! - l1[j]! * Math.sign(at[j]!);
    for (let i = 0; i < size; i++) constant += hessian[j * size + i]! * theta[i]!;
    right[a] = constant;
  });
  if ((yield* choleskySteps(matrix, n, 1e-12)) >= 0) return undefined;
  solveCholesky(matrix, n, right);
  const found = new Float64Array(size);
  active.forEach((j, a) => (found[j] = right[a]!));
  if (active.some((j) => l1[j]! > 0 && Math.sign(found[j]!) !== Math.sign(at[j]!))) return undefined;
  const slope = gradient.slice();
  for (let j = 0; j < size; j++) {
    const step = found[j]! - theta[j]!;
    if (step !== 0) for (let i = 0; i < size; i++) slope[i] = slope[i]! + step * hessian[j * size + i]!;
  }
  return violation(problem, found, slope) <= 1e-9 * largest(gradient) ? found : undefined;
}
