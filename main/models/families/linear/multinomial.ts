import type { Design } from '../../../recipes/index.ts';
import type { Pace } from '../../pace.ts';
import { toSolution, type Identified, type Solution } from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf, thinOut, type Layout } from '../../linear-predictor/layout.ts';
import { identifyRows, onlyAt } from '../../linear-predictor/identify-rows.ts';
import { gradientTolerance, separationNotes, strideOf } from './logistic.ts';
import { multinomialErrors } from './multinomial-errors.ts';
import {
  inner,
  largest,
  minimise,
  type Minimum,
  type NewtonProblem,
  type NewtonState,
  type Progress,
} from '../../linear-predictor/newton.ts';
import { factorNormal, type Normal } from '../../linear-predictor/normal.ts';
import type { Outcome } from './outcome.ts';
import { rankNotes } from '../../linear-predictor/identify.ts';
import { createSweep, overRows, type Sweep } from '../../linear-predictor/sweep.ts';

/**
 * Multinomial logistic regression over K classes in the symmetric form of scikit-learn: minimises
 * -sum log softmax(b0 + x b)_y + lambda |b|^2 / 2 over K coefficient vectors, lambda = 1 / C, by Newton's method; each
 * Newton system is solved by conjugate gradients (Nocedal and Wright 2006, algorithm 7.1) preconditioned with every
 * class's own block of the Hessian. All coefficients sum to 0 over the classes.
 *
 * `codes`: 0 .. K-1 by row, every class present.
 */
export async function fitMultinomial(
  design: Design,
  codes: Int32Array,
  classes: number,
  lambda: number,
  pace: Pace,
  progress: Progress,
): Promise<Outcome> {
  const layout = layOut(design, lambda > 0);
  const identified = lambda > 0 ? undefined : await identifyRows(layout, pace);
  let theta = start(layout, codes, classes);
  const stride = lambda > 0 ? strideOf(layout) : 1;
  if (stride > 1) {
    const some = problemOf(
      thinOut(layout, stride),
      codes.filter((_, i) => i % stride === 0),
      classes,
      lambda / stride,
      undefined,
      pace,
    );
    theta = (await minimise(newtonOf(some, lambda > 0), theta, 1e-4, () => undefined)).theta;
  }
  const problem = problemOf(layout, codes, classes, lambda, identified, pace);
  const minimum = await minimise(newtonOf(problem, lambda > 0), theta, gradientTolerance, progress);
  return describe(problem, design, minimum, lambda, identified);
}

/** Vectors here hold K blocks of `layout.unknowns`, class after class. */
export interface Problem {
  readonly layout: Layout;
  readonly sweep: Sweep;
  readonly codes: Int32Array;
  readonly classes: number;
  readonly penalties: Float64Array;
  readonly active: Int32Array | undefined;
  /** rows x K at the latest theta; single precision is enough, since they only shape the step. */
  readonly probabilities: Float32Array;
  readonly pace: Pace;
}

interface State extends NewtonState {
  readonly margin: number;
  readonly reach: number;
}

function problemOf(
  layout: Layout,
  codes: Int32Array,
  classes: number,
  lambda: number,
  identified: Identified | undefined,
  pace: Pace,
): Problem {
  return {
    layout,
    sweep: createSweep(layout),
    codes,
    classes,
    penalties: penaltiesOf(layout, lambda),
    active: identified?.active,
    probabilities: new Float32Array(layout.rows * classes),
    pace,
  };
}

function newtonOf(problem: Problem, penalised: boolean): NewtonProblem<State> {
  return {
    rows: problem.layout.rows,
    penalised,
    evaluate: (theta) => evaluate(problem, theta),
    async step(state) {
      const blocks = await classBlocks(problem);
      return blocks && newtonStep(problem, state.gradient, blocks);
    },
  };
}

function start(layout: Layout, codes: Int32Array, classes: number): Float64Array {
  const theta = new Float64Array(classes * layout.unknowns);
  const counts = new Float64Array(classes);
  for (const code of codes) counts[code] = counts[code]! + 1;
  const centre = counts.reduce((sum, count) => sum + Math.log(count) / classes, 0);
  counts.forEach((count, k) => {
    theta[k * layout.unknowns] = Math.log(count) - centre;
  });
  return theta;
}

async function evaluate(problem: Problem, theta: Float64Array): Promise<State> {
  const { layout, sweep, codes, classes, penalties, probabilities, pace } = problem;
  const gradient = new Float64Array(theta.length);
  const eta = chunksOf(classes, sweep.chunk);
  let loss = 0;
  let margin = Infinity;
  let reach = 0;
  await overRows(sweep, pace, (from, length) => {
    eachClass(problem, theta, (part, k) => sweep.predict(part, eta[k]!));
    for (let i = 0; i < length; i++) {
      const own = codes[from + i]!;
      let top = -Infinity;
      let rival = -Infinity;
      for (let k = 0; k < classes; k++) {
        const value = eta[k]![i]!;
        if (value > top) top = value;
        if (k !== own && value > rival) rival = value;
      }
      const distance = eta[own]![i]! - rival;
      if (distance < margin) margin = distance;
      reach = Math.max(reach, Math.abs(distance));
      let total = 0;
      for (let k = 0; k < classes; k++) {
        const e = Math.exp(eta[k]![i]! - top);
        total += e;
        if (k === own) loss -= eta[k]![i]! - top;
        eta[k]![i] = e;
      }
      loss += Math.log(total);
      for (let k = 0; k < classes; k++) {
        const p = eta[k]![i]! / total;
        probabilities[(from + i) * classes + k] = p;
        eta[k]![i] = p - (k === own ? 1 : 0);
      }
    }
    eachClass(problem, gradient, (part, k) => sweep.addGradient(eta[k]!, part));
  });
  let penalty = 0;
  for (let i = 0; i < theta.length; i++) {
    const weight = penalties[i % layout.unknowns]! * theta[i]!;
    penalty += weight * theta[i]!;
    gradient[i] = gradient[i]! + weight;
  }
  keepActive(problem, gradient);
  return { objective: loss + penalty / 2, loss, gradient, margin, reach };
}

/** Hessian times a vector: per row p_k (d_k - sum_j p_j d_j), d = X v. */
async function hessianTimes(problem: Problem, v: Float64Array): Promise<Float64Array> {
  const { layout, sweep, classes, penalties, probabilities, pace } = problem;
  const out = new Float64Array(v.length);
  const d = chunksOf(classes, sweep.chunk);
  await overRows(sweep, pace, (from, length) => {
    eachClass(problem, v, (part, k) => sweep.predict(part, d[k]!));
    for (let i = 0; i < length; i++) {
      const at = (from + i) * classes;
      let average = 0;
      for (let k = 0; k < classes; k++) average += probabilities[at + k]! * d[k]![i]!;
      for (let k = 0; k < classes; k++) d[k]![i] = probabilities[at + k]! * (d[k]![i]! - average);
    }
    eachClass(problem, out, (part, k) => sweep.addGradient(d[k]!, part));
  });
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + penalties[i % layout.unknowns]! * v[i]!;
  keepActive(problem, out);
  return out;
}

/** Factors of X' diag(p_k (1 - p_k)) X + penalties by class; undefined when the weights of a class have vanished. */
async function classBlocks(problem: Problem): Promise<readonly Normal[] | undefined> {
  const { layout, sweep, classes, penalties, probabilities, pace } = problem;
  const blocks: Normal[] = [];
  const weights = new Float64Array(sweep.chunk);
  // A touch of ridge keeps the factor safe; it changes the route, not the end.
  const guarded = penalties.map((penalty) => penalty + 1e-8 * layout.rows);
  for (let k = 0; k < classes; k++) {
    await overRows(sweep, pace, (from, length) => {
      for (let i = 0; i < length; i++) {
        const p = probabilities[(from + i) * classes + k]!;
        weights[i] = p * (1 - p);
      }
      sweep.addGram(weights);
    });
    const block = await pace.run(factorNormal(sweep.takeGram(), guarded, problem.active));
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return blocks;
}

/** Solves H step = -gradient to a precision that grows with convergence (Eisenstat and Walker 1996). */
async function newtonStep(
  problem: Problem,
  gradient: Float64Array,
  blocks: readonly Normal[],
): Promise<Float64Array> {
  const { layout } = problem;
  const precondition = (r: Float64Array): Float64Array => {
    const image = r.slice();
    eachClass(problem, image, (part, k) => blocks[k]!.solve(part));
    // Classes that move together move nothing but the penalty: those directions would slow every step down.
    return sumToZero(image, layout.unknowns, problem.classes);
  };
  const step = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let image = precondition(residual);
  let direction = image.slice();
  let energy = inner(residual, image);
  const begin = energy;
  const goal = begin * Math.min(0.01, largest(gradient) / layout.rows);
  for (let i = 0; i < 500 && energy > goal && energy > 0; i++) {
    const product = await hessianTimes(problem, direction);
    const curvature = inner(direction, product);
    if (!(curvature > 0)) break;
    const length = energy / curvature;
    for (let j = 0; j < step.length; j++) {
      step[j] = step[j]! + length * direction[j]!;
      residual[j] = residual[j]! - length * product[j]!;
    }
    image = precondition(residual);
    const before = energy;
    energy = inner(residual, image);
    const ratio = energy / before;
    direction = direction.map((value, j) => image[j]! + ratio * value);
  }
  return step;
}

async function describe(
  problem: Problem,
  design: Design,
  { theta, state, iterations, residual }: Minimum<State>,
  lambda: number,
  identified: Identified | undefined,
): Promise<Outcome> {
  const { layout, classes } = problem;
  const separated = state.margin > 0;
  const notes = identified ? rankNotes(layout, identified) : [];
  notes.push(...separationNotes(lambda, separated, state.reach));
  if (residual > 1e-8 && !(separated && lambda === 0)) {
    notes.push(`not converged after ${iterations} iterations (mean gradient ${residual.toExponential(1)})`);
  }
  const solutions: Solution[] = [];
  const centred = sumToZero(theta, layout.unknowns, classes);
  eachClass(problem, centred, (part) => solutions.push(toSolution(layout, part, identified)));
  const measured =
    separated && lambda === 0
      ? { errors: undefined, notes: [] }
      : await multinomialErrors(problem, design, lambda, identified);
  return {
    solutions,
    errors: measured.errors,
    inference: measured.errors === undefined ? 'none' : lambda > 0 ? 'bayesian' : 'classical',
    degreesOfFreedom: null,
    residualDeviation: null,
    overall: null,
    notes: [...notes, ...measured.notes],
  };
}

/** Softmax does not change when every class gets the same amount more; at the minimum of a penalty that amount is 0. */
function sumToZero(theta: Float64Array, unknowns: number, classes: number): Float64Array {
  const out = theta.slice();
  for (let j = 0; j < unknowns; j++) {
    let mean = 0;
    for (let k = 0; k < classes; k++) mean += theta[k * unknowns + j]! / classes;
    for (let k = 0; k < classes; k++) out[k * unknowns + j] = out[k * unknowns + j]! - mean;
  }
  return out;
}

function eachClass(
  { layout, classes }: Problem,
  vector: Float64Array,
  visit: (part: Float64Array, k: number) => void,
): void {
  for (let k = 0; k < classes; k++) visit(vector.subarray(k * layout.unknowns, (k + 1) * layout.unknowns), k);
}

function keepActive(problem: Problem, vector: Float64Array): void {
  const { active } = problem;
  if (active) eachClass(problem, vector, (part) => part.set(onlyAt(part, active)));
}

function chunksOf(classes: number, chunk: number): Float64Array[] {
  return Array.from({ length: classes }, () => new Float64Array(chunk));
}
