import { mean, moments } from '../../../math/index.ts';
import type { Design } from '../../../recipes/index.ts';
import type { Pace } from '../../pace.ts';
import {
  identify,
  rankNotes,
  toErrors,
  toSolution,
  type Identified,
  type Solution,
} from '../../linear-predictor/identify.ts';
import { layOut, penaltiesOf, type Layout } from '../../linear-predictor/layout.ts';
import { factorNormal, type Normal } from '../../linear-predictor/normal.ts';
import type { Outcome, OverallTest } from './outcome.ts';
import { createSweep, overRows, type Sweep } from '../../linear-predictor/sweep.ts';

/**
 * Minimises sum (y - b0 - x b)^2 + alpha |b|^2 exactly, by the normal equations and one step of refinement on the
 * residuals (Bjorck 1987, corrected normal equations). alpha = 0 is ordinary least squares; where the columns are
 * collinear it takes the coefficients of least length.
 *
 * Errors: with alpha = 0 the classical s^2 (X'X)^+; with a penalty the Bayesian posterior s^2 (X'X + alpha I)^-1 under
 * the prior b ~ N(0, s^2 / alpha) (Wood 2017, section 6.10), s^2 = RSS / (n - edf), edf = tr((X'X + alpha I)^-1 X'X).
 */
export async function fitRidge(
  design: Design,
  values: Float64Array,
  alpha: number,
  pace: Pace,
  progress: (fraction: number, message: string) => void,
): Promise<Outcome> {
  const first =
    alpha > 0 ? await solve(layOut(design, true), values, alpha, false, pace, progress) : undefined;
  if (first) return first;
  const second = await solve(layOut(design, false), values, alpha, true, pace, progress);
  if (second === undefined) throw new Error('independent columns were not positive definite');
  if (alpha === 0) return second;
  return {
    ...second,
    notes: [
      ...second.notes,
      `alpha = ${alpha} is lost in rounding beside this data; collinear columns were settled as without it`,
    ],
  };
}

async function solve(
  layout: Layout,
  values: Float64Array,
  alpha: number,
  ranked: boolean,
  pace: Pace,
  progress: (fraction: number, message: string) => void,
): Promise<Outcome | undefined> {
  const sweep = createSweep(layout);
  const y = scaledTarget(values);
  const penalties = penaltiesOf(layout, alpha);
  const theta = new Float64Array(layout.unknowns);

  progress(0, 'reading the rows');
  const rhs = new Float64Array(layout.unknowns);
  await overRows(sweep, pace, (start, length) => {
    sweep.addGram();
    sweep.addGradient(y.scaled.subarray(start, start + length), rhs);
  });
  const gram = sweep.takeGram();
  progress(0.4, 'solving');
  const identified = ranked ? await pace.run(identify(layout, gram)) : undefined;
  const normal = await pace.run(factorNormal(gram, penalties, identified?.active), (done) =>
    progress(0.4 + 0.4 * done, 'solving'),
  );
  if (normal === undefined) return undefined;
  normal.solve(rhs);
  theta.set(rhs);

  progress(0.8, 'refining');
  const gradient = await residuals(sweep, pace, y.scaled, theta);
  for (let i = 0; i < theta.length; i++) {
    gradient.into[i] = gradient.into[i]! - penalties[i]! * theta[i]!;
  }
  normal.solve(gradient.into);
  for (let i = 0; i < theta.length; i++) theta[i] = theta[i]! + gradient.into[i]!;

  const { squares } = await residuals(sweep, pace, y.scaled, theta);
  return describe(layout, theta, normal, penalties, squares, y, identified, pace);
}

interface ScaledTarget {
  readonly scaled: Float64Array;
  readonly centre: number;
  readonly unit: number;
}

function scaledTarget(values: Float64Array): ScaledTarget {
  const { mean: average, scale } = moments(values);
  const unit = scale === 0 ? 1 : scale;
  const inverse = 1 / unit;
  const centre = average * inverse;
  return {
    scaled: values.map((value) => (scale === 0 ? 0 : value * inverse - centre)),
    centre: average,
    unit,
  };
}

async function residuals(
  sweep: Sweep,
  pace: Pace,
  y: Float64Array,
  theta: Float64Array,
): Promise<{ into: Float64Array; squares: number }> {
  const into = new Float64Array(theta.length);
  const r = new Float64Array(sweep.chunk);
  let squares = 0;
  await overRows(sweep, pace, (start, length) => {
    sweep.predict(theta, r);
    let part = 0;
    for (let i = 0; i < length; i++) {
      const value = y[start + i]! - r[i]!;
      r[i] = value;
      part += value * value;
    }
    squares += part;
    sweep.addGradient(r, into);
  });
  return { into, squares };
}

async function describe(
  layout: Layout,
  theta: Float64Array,
  normal: Normal,
  penalties: Float64Array,
  squares: number,
  y: ScaledTarget,
  identified: Identified | undefined,
  pace: Pace,
): Promise<Outcome> {
  const solution = unscaled(toSolution(layout, theta, identified), y, y.centre);
  const diagonal = await pace.run(normal.inverseDiagonal());
  const active = identified?.active.length ?? layout.unknowns;
  let effective = active;
  for (let i = 0; i < diagonal.length; i++) effective -= penalties[i]! * diagonal[i]!;
  const left = layout.rows - effective;
  const penalised = penalties.some((penalty) => penalty > 0);
  const notes = identified ? rankNotes(layout, identified) : [];
  const enough = left > 1e-3;
  if (!enough) notes.push(`${layout.rows} rows leave nothing to measure errors by beside ${active} unknowns`);
  const variance = enough ? squares / left : 0;
  const errors = unscaled(
    toErrors(
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
    ),
    y,
    0,
  );
  return {
    solutions: [solution],
    errors: enough ? [errors] : undefined,
    inference: !enough ? 'none' : penalised ? 'bayesian' : 'classical',
    degreesOfFreedom: enough ? left : null,
    residualDeviation: enough ? Math.sqrt(variance) * y.unit : null,
    overall: enough && !penalised ? overallTest(y.scaled, squares, active - 1, left) : null,
    notes,
  };
}

/** F = ((TSS - RSS) / rank) / (RSS / (n - 1 - rank)) (Draper and Smith 1998, section 6.1). */
function overallTest(y: Float64Array, rss: number, rank: number, left: number): OverallTest | null {
  if (rank === 0 || rss === 0) return null;
  const centre = mean(y);
  const tss = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const statistic = Math.max(0, tss - rss) / rank / (rss / left);
  return Number.isFinite(statistic) ? { statistic, between: rank, within: left } : null;
}

function unscaled(solution: Solution, y: ScaledTarget, centre: number): Solution {
  return {
    intercept: solution.intercept * y.unit + centre,
    coefficients: solution.coefficients.map((value) => value * y.unit),
  };
}
