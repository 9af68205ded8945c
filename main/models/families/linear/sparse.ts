import { moments } from '../../../math/index.ts';
import type { Design } from '../../../recipes/index.ts';
import { toSolution } from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf, type Layout } from '../../linear-predictor/layout.ts';
import type { Progress } from '../../linear-predictor/newton.ts';
import { createSweep, overRows } from '../../linear-predictor/sweep.ts';
import type { Pace } from '../../pace.ts';
import { minimisePenalised, type PenalisedProblem, type Smooth } from './elastic-net.ts';
import type { Outcome } from './outcome.ts';

/** `strength` times (`ratio` |b| + (1 - `ratio`) b^2 / 2) on the scale of the sum of losses. */
export interface SparsePenalty {
  readonly strength: number;
  readonly ratio: number;
}

/** Half the residual sum of squares plus the penalty: scikit-learn's ElasticNet, whose alpha is strength / rows. */
export async function fitSparseAmounts(
  design: Design,
  values: Float64Array,
  penalty: SparsePenalty,
  pace: Pace,
  progress: Progress,
): Promise<Outcome> {
  const { mean, scale } = moments(values);
  const unit = scale === 0 ? 1 : scale;
  const y = values.map((value) => value / unit - mean / unit);
  const layout = layOut(design, false);
  const sweep = createSweep(layout);
  const r = new Float64Array(sweep.chunk);
  let hessian: Float64Array | undefined;
  const problem: PenalisedProblem = {
    rows: layout.rows,
    size: layout.unknowns,
    fixed: -1,
    ...weightsOf(layout, penalty, 1 / unit),
    async evaluate(theta) {
      const gradient = new Float64Array(theta.length);
      let loss = 0;
      await overRows(sweep, pace, (start, length) => {
        sweep.predict(theta, r);
        for (let i = 0; i < length; i++) {
          r[i] = r[i]! - y[start + i]!;
          loss += r[i]! ** 2 / 2;
        }
        sweep.addGradient(r, gradient);
        if (!hessian) sweep.addGram();
      });
      hessian ??= bothTriangles(sweep.takeGram().core, layout.core);
      return { loss, gradient, hessian };
    },
  };
  const { theta, converged } = await minimisePenalised(
    problem,
    new Float64Array(layout.unknowns),
    pace,
    progress,
  );
  const { intercept, coefficients } = toSolution(layout, theta);
  return outcomeOf(
    [{ intercept: intercept * unit + mean, coefficients: coefficients.map((value) => value * unit) }],
    converged,
  );
}

/**
 * The sum of log losses plus the penalty: scikit-learn's LogisticRegression, whose C is 1 / strength. `codes` run from 0 to `classes` - 1;
 * two classes have one predictor, of the second; more have one each, with intercepts that sum to 0.
 */
export async function fitSparseClasses(
  design: Design,
  codes: Int32Array,
  classes: number,
  penalty: SparsePenalty,
  pace: Pace,
  progress: Progress,
): Promise<Outcome> {
  const layout = layOut(design, false);
  const outputs = classes === 2 ? 1 : classes;
  const one = weightsOf(layout, penalty, 1);
  const size = outputs * layout.unknowns;
  const repeated = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: size }, (_, j) => values[j % layout.unknowns]!);
  const problem: PenalisedProblem = {
    rows: layout.rows,
    size,
    l1: repeated(one.l1),
    l2: repeated(one.l2),
    // Only differences of intercepts count: the last class has none.
    fixed: outputs === 1 ? -1 : (outputs - 1) * layout.unknowns,
    evaluate: classLoss(layout, codes, classes, outputs, pace),
  };
  const { theta, converged } = await minimisePenalised(problem, new Float64Array(size), pace, progress);
  const solutions = Array.from({ length: outputs }, (_, k) =>
    toSolution(layout, theta.slice(k * layout.unknowns, (k + 1) * layout.unknowns)),
  );
  const shift = outputs === 1 ? 0 : solutions.reduce((sum, { intercept }) => sum + intercept / outputs, 0);
  return outcomeOf(
    solutions.map(({ intercept, coefficients }) => ({ intercept: intercept - shift, coefficients })),
    converged,
  );
}

function classLoss(layout: Layout, codes: Int32Array, classes: number, outputs: number, pace: Pace) {
  const sweep = createSweep(layout);
  const { chunk } = sweep;
  const m = layout.unknowns;
  const eta = Array.from({ length: outputs }, () => new Float64Array(chunk));
  const shares = Array.from({ length: classes }, () => new Float64Array(chunk));
  const work = new Float64Array(chunk);
  const modelled = outputs === 1 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return async (theta: Float64Array): Promise<Smooth> => {
    const gradient = new Float64Array(theta.length);
    const hessian = new Float64Array(theta.length ** 2);
    let loss = 0;
    const fill = (start: number, length: number): void => {
      eta.forEach((scores, k) => sweep.predict(theta.subarray(k * m, (k + 1) * m), scores));
      for (let i = 0; i < length; i++) {
        const score = (k: number): number => (outputs === 1 ? (k === 1 ? eta[0]![i]! : 0) : eta[k]![i]!);
        let top = -Infinity;
        for (let k = 0; k < classes; k++) top = Math.max(top, score(k));
        let total = 0;
        for (let k = 0; k < classes; k++) total += shares[k]![i] = Math.exp(score(k) - top);
        for (let k = 0; k < classes; k++) shares[k]![i] = shares[k]![i]! / total;
        loss += Math.log(total) + top - score(codes[start + i]!);
      }
    };
    // A pass per pair of classes: their block of the Hessian is X' diag(p_k (d_kl - p_l)) X.
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        const first = a === 0 && b === 0;
        const kept = loss;
        await overRows(sweep, pace, (start, length) => {
          fill(start, length);
          const [p, q] = [shares[modelled[a]!]!, shares[modelled[b]!]!];
          for (let i = 0; i < length; i++) work[i] = p[i]! * ((a === b ? 1 : 0) - q[i]!);
          sweep.addGram(work);
          if (a !== b) return;
          for (let i = 0; i < length; i++) work[i] = p[i]! - (codes[start + i] === modelled[a] ? 1 : 0);
          sweep.addGradient(work, gradient.subarray(a * m, (a + 1) * m));
        });
        if (!first) loss = kept;
        place(hessian, outputs * m, bothTriangles(sweep.takeGram().core, m), m, a, b);
      }
    }
    return { loss, gradient, hessian };
  };
}

function place(into: Float64Array, size: number, block: Float64Array, m: number, a: number, b: number): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      into[(a * m + i) * size + b * m + j] = block[i * m + j]!;
      into[(b * m + i) * size + a * m + j] = block[i * m + j]!;
    }
  }
}

/** Penalties of theta = beta * scale; `unit`: of a target that was divided by 1 / unit. */
function weightsOf(layout: Layout, { strength, ratio }: SparsePenalty, unit: number) {
  const l1 = new Float64Array(layout.unknowns).fill(strength * ratio * unit);
  l1[0] = 0;
  layout.dense.forEach(({ inverse }, d) => {
    l1[1 + d] = inverse === 0 ? l1[1 + d]! : Math.min(l1[1 + d]! * inverse, 1e300);
  });
  return { l1, l2: penaltiesOf(layout, strength * (1 - ratio)) };
}

function bothTriangles(lower: Float64Array, m: number): Float64Array {
  for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) lower[j * m + i] = lower[i * m + j]!;
  return lower;
}

function outcomeOf(solutions: Outcome['solutions'], converged: boolean): Outcome {
  const width = solutions[0]?.coefficients.length ?? 0;
  const used = Array.from({ length: width }, (_, j) => j).filter((j) =>
    solutions.some(({ coefficients }) => coefficients[j] !== 0),
  ).length;
  return {
    solutions,
    errors: undefined,
    inference: 'none',
    degreesOfFreedom: null,
    residualDeviation: null,
    overall: null,
    notes: [
      used === 0 && width > 0
        ? 'every coefficient is 0: the penalty is too strong for this data, and the same is predicted for every row'
        : `${used} of ${width} coefficients are not 0`,
      ...(converged ? [] : ['not converged: the coefficients are where the search stopped']),
    ],
  };
}
