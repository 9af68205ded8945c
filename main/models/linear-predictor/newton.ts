import type { HistoryPoint } from '../family.ts';

export type Progress = (fraction: number, message: string, point?: HistoryPoint) => void;

/** A smooth convex objective at one point. */
export interface NewtonState {
  /** Sum of losses, penalties included. */
  readonly objective: number;
  /** Sum of losses alone. */
  readonly loss: number;
  /** Of the objective; 0 for unknowns that are left out. */
  readonly gradient: Float64Array;
}

export interface NewtonProblem<State extends NewtonState> {
  readonly rows: number;
  readonly penalised: boolean;
  evaluate(theta: Float64Array): Promise<State>;
  /** Minus the inverse Hessian times the gradient, as good as wanted; undefined where the Hessian has vanished. */
  step(state: State): Promise<Float64Array | undefined>;
}

export interface Minimum<State> {
  readonly theta: Float64Array;
  readonly state: State;
  readonly iterations: number;
  /** Largest absolute mean gradient there. */
  readonly residual: number;
}

const mostIterations = 100;

/** Newton's method with halved steps, until the mean gradient is below `tolerance` or as small as rounding lets it be. */
export async function minimise<State extends NewtonState>(
  problem: NewtonProblem<State>,
  start: Float64Array,
  tolerance: number,
  progress: Progress,
): Promise<Minimum<State>> {
  let theta = start;
  let state = await problem.evaluate(theta);
  let residual = largest(state.gradient) / problem.rows;
  let iterations = 0;
  while (iterations < mostIterations && residual > tolerance) {
    progress(1 - 0.7 ** iterations, `iteration ${iterations}`, {
      step: iterations,
      loss: state.loss / problem.rows,
    });
    // A perfect fit without a penalty: the minimum is at infinity.
    if (!problem.penalised && state.loss < 1e-6 * problem.rows) break;
    const step = await problem.step(state);
    if (step === undefined) break;
    const next = await search(problem, theta, step, state);
    if (next === undefined) break;
    iterations++;
    theta = next.theta;
    state = next.state;
    const before = residual;
    residual = largest(state.gradient) / problem.rows;
    if (residual <= 1e-9 && residual >= before / 4) break;
  }
  progress(1, `iteration ${iterations}`, { step: iterations, loss: state.loss / problem.rows });
  return { theta, state, iterations, residual };
}

/**
 * Halves the step until the objective falls enough (Armijo 1966, constant 1e-4), allowing for rounding. Undefined
 * when no step helps: the minimum to working precision is reached.
 */
async function search<State extends NewtonState>(
  problem: NewtonProblem<State>,
  theta: Float64Array,
  step: Float64Array,
  { objective, gradient }: State,
): Promise<{ theta: Float64Array; state: State } | undefined> {
  const slope = inner(step, gradient);
  const slack = 16 * Number.EPSILON * Math.abs(objective);
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = theta.map((value, i) => value + length * step[i]!);
    const state = await problem.evaluate(next);
    if (state.objective <= objective + 1e-4 * length * slope + slack) return { theta: next, state };
  }
  return undefined;
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function largest(vector: Float64Array): number {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  return most;
}
