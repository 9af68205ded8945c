import { choleskySteps, dot, inverseSteps } from '../../../math/index.ts';
import type { Design } from '../../../recipes/index.ts';
import { toErrors, type Identified, type Solution } from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf } from '../../linear-predictor/layout.ts';
import type { Problem } from './multinomial.ts';
import { createSweep, overRows } from '../../linear-predictor/sweep.ts';

/** Unknowns up to which the whole Hessian is inverted (18 MB, under two seconds). */
const largestHessian = 1500;

/**
 * Standard errors of a multinomial fit from the pseudo-inverse of the whole Hessian, whose null directions (the same
 * amount more for every class) are known: with H u = c u (c the penalty), (H + sum t u u')^-1 - sum u u' / (c + t). They belong to coefficients that sum to 0
 * over the classes, which is all that predictions depend on: what a penalty says about the common amount is left out.
 */
export async function multinomialErrors(
  problem: Problem,
  design: Design,
  lambda: number,
  identified: Identified | undefined,
): Promise<{ errors: Solution[] | undefined; notes: string[] }> {
  const { classes, probabilities, pace } = problem;
  const layout = layOut(design, false);
  const active = identified?.active ?? Int32Array.from({ length: layout.unknowns }, (_, i) => i);
  const own = active.length;
  const size = classes * own;
  if (size > largestHessian) {
    return {
      errors: undefined,
      notes: [
        `no standard errors: ${size} coefficients are more than the ${largestHessian} whose errors are worked out`,
      ],
    };
  }
  const sweep = createSweep(layout);
  const penalties = penaltiesOf(layout, lambda);
  const hessian = new Float64Array(size * size);
  const weights = new Float64Array(sweep.chunk);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b <= a; b++) {
      await overRows(sweep, pace, (from, length) => {
        for (let i = 0; i < length; i++) {
          const at = (from + i) * classes;
          weights[i] = probabilities[at + a]! * ((a === b ? 1 : 0) - probabilities[at + b]!);
        }
        sweep.addGram(weights);
      });
      const { core } = sweep.takeGram();
      for (let i = 0; i < own; i++) {
        for (let j = 0; j < own; j++) {
          const [high, low] = [Math.max(active[i]!, active[j]!), Math.min(active[i]!, active[j]!)];
          hessian[(a * own + i) * size + b * own + j] = core[high * layout.core + low]!;
        }
      }
    }
  }
  for (let i = 0; i < size; i++) {
    hessian[i * size + i] = hessian[i * size + i]! + penalties[active[i % own]!]!;
  }
  const lifted = lift(hessian, size, own, classes).map((amount, i) => amount + penalties[active[i]!]!);
  if ((await pace.run(choleskySteps(hessian, size, 8 * Number.EPSILON))) >= 0) {
    return { errors: undefined, notes: ['no standard errors: the curvature at the best fit is singular'] };
  }
  const inverse = await pace.run(inverseSteps(hessian, size));
  lifted.forEach((amount, j) => {
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b < classes; b++) {
        const cell = (a * own + j) * size + b * own + j;
        inverse[cell] = inverse[cell]! - 1 / (classes * amount);
      }
    }
  });
  const errors = Array.from({ length: classes }, (_, k) => {
    const block = classBlock(inverse, size, own, k);
    const diagonal = new Float64Array(layout.unknowns);
    active.forEach((index, i) => {
      diagonal[index] = block[i * own + i]!;
    });
    return toErrors(layout, { diagonal, times: (v) => blockTimes(block, own, active, v) }, identified);
  });
  return { errors, notes: [] };
}

/** Adds t u u' for every unknown (u: 1 / sqrt(K) in every class), t the mean of its diagonal; returns the t. */
function lift(hessian: Float64Array, size: number, own: number, classes: number): number[] {
  return Array.from({ length: own }, (_, j) => {
    let amount = 0;
    for (let k = 0; k < classes; k++) amount += hessian[(k * own + j) * (size + 1)]! / classes;
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b <= a; b++) {
        const cell = (a * own + j) * size + b * own + j;
        hessian[cell] = hessian[cell]! + amount / classes;
      }
    }
    return amount;
  });
}

function classBlock(inverse: Float64Array, size: number, own: number, k: number): Float64Array {
  const block = new Float64Array(own * own);
  for (let i = 0; i < own; i++) {
    const at = (k * own + i) * size + k * own;
    block.set(inverse.subarray(at, at + own), i * own);
  }
  return block;
}

function blockTimes(block: Float64Array, own: number, active: Int32Array, v: Float64Array): Float64Array {
  const packed = Float64Array.from(active, (index) => v[index]!);
  const out = new Float64Array(v.length);
  active.forEach((index, i) => {
    out[index] = dot(block, i * own, packed, 0, own);
  });
  return out;
}
