import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { featureNames, type Design, type Target } from '../../../recipes/index.ts';
import { blockShapes } from '../../blocks.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type HistoryPoint, type Tensor } from '../../family.ts';
import { createPace, type Pace } from '../../pace.ts';
import type { Solution } from '../../linear-predictor/identify.ts';
import { fitLogistic } from './logistic.ts';
import type { LinearSpec } from './model.ts';
import { fitMultinomial } from './multinomial.ts';
import type { Progress } from '../../linear-predictor/newton.ts';
import { linearOnnx } from './onnx.ts';
import type { Outcome } from './outcome.ts';
import { predictLinear } from './predict.ts';
import { linearReport } from './report.ts';
import { fitRidge } from './ridge.ts';
import { fitSparseAmounts, fitSparseClasses } from './sparse.ts';

const LinearParams = z.strictObject({
  penalty: z.enum(['l2', 'none', 'l1', 'elasticnet']).default('l2').meta({
    title: 'Penalty',
    description:
      'l2 pulls coefficients towards 0 (ridge); l1 makes many of them exactly 0 (lasso); elasticnet is between them; none fits ordinary least squares or plain logistic regression, with classical standard errors and p values.',
  }),
  alpha: z
    .number()
    .min(0)
    .default(1)
    .meta({
      sweep: { from: 0.01, to: 1000, scale: 'log', tasks: ['regression'] },
      title: 'Alpha (regression)',
      description:
        'Strength of the penalty in regression: alpha times the sum of squared coefficients, as in scikit-learn Ridge. 0 is ordinary least squares. With l1 and elasticnet as in scikit-learn Lasso and ElasticNet, where it does not grow with the rows. Not used for classes.',
    }),
  C: z
    .number()
    .positive()
    .default(1)
    .meta({
      sweep: { from: 0.001, to: 1000, scale: 'log', tasks: ['classification'] },
      title: 'C (classification)',
      description:
        'Inverse strength of the penalty in classification, as in scikit-learn LogisticRegression: smaller is stronger. Not used in regression.',
    }),
  l1_ratio: z.number().min(0).max(1).default(0.5).meta({
    title: 'Share of l1',
    description: 'Of elasticnet: 1 is the lasso, 0 is ridge. Not used by the other penalties.',
  }),
});

type LinearParams = z.infer<typeof LinearParams>;

/** Unknowns whose Gram matrix is solved as one (200 MB); the largest one-hot block does not count. */
const mostInCore = 5000;
/** Cells between the core and the largest one-hot block (800 MB). */
const mostInCross = 100_000_000;

/** Ridge, logistic and multinomial regression by exact solvers; every number of the model can be read. */
export const linear = defineFamily({
  id: 'linear',
  version: 1,
  title: 'Linear',
  doc: 'A weighted sum of the features: ridge regression, or logistic regression for classes. Fast, and a person can read every weight.',
  readable: true,
  tasks: ['regression', 'classification'],
  takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
  params: LinearParams,

  async fit({ train }, params, context) {
    const { design, target } = train;
    if (design.rows === 0) throw fail('family-rows-none', { family: 'linear' });
    const blocks = blockShapes('linear', design);
    const sparse = isSparse(params);
    checkWidth(
      design,
      sparse || params.penalty === 'none' || (target.task === 'regression' && params.alpha === 0),
    );
    const pace = createPace(context.signal, 'training');
    const history: HistoryPoint[] = [];
    const progress: Progress = (fraction, message, point) => {
      if (point) history.push(point);
      context.progress(fraction, message, point);
    };
    const {
      link,
      modelled,
      strength,
      outcome: found,
      notes,
    } = await solve(design, target, params, pace, progress);
    const outcome = finite(found);
    const spec: LinearSpec = {
      link,
      modelled: [...modelled],
      blocks,
      rows: design.rows,
      penalty: penaltyOf(params, strength),
      inference: outcome.inference,
      degreesOfFreedom: outcome.degreesOfFreedom,
      residualDeviation: outcome.residualDeviation,
      overall: outcome.overall,
      notes: [...notes, ...outcome.notes],
    };
    context.progress(1, 'done');
    return {
      artifact: {
        family: 'linear',
        version: 1,
        task: target.task,
        classes: target.task === 'classification' ? target.classes : [],
        features: featureNames(design),
        spec,
        tensors: tensorsOf(outcome, design.width),
      },
      engine: javascriptEngine(),
      history,
      notes: spec.notes,
    };
  },

  predict: predictLinear,
  onnx: linearOnnx,
  report: linearReport,
});

interface Solved {
  readonly link: LinearSpec['link'];
  readonly modelled: ArrayLike<number> & Iterable<number>;
  readonly strength: number;
  readonly outcome: Outcome;
  readonly notes: readonly string[];
}

async function solve(
  design: Design,
  target: Target,
  params: LinearParams,
  pace: Pace,
  progress: Progress,
): Promise<Solved> {
  if (isSparse(params)) return solveSparse(design, target, params, pace, progress);
  if (target.task === 'regression') {
    const alpha = params.penalty === 'none' ? 0 : params.alpha;
    const outcome = await fitRidge(design, target.values, alpha, pace, progress);
    return { link: 'identity', modelled: [], strength: alpha, outcome, notes: [] };
  }
  const { present } = countClasses('linear', target);
  const strength = params.penalty === 'none' ? 0 : 1 / params.C;
  const notes = absentNotes(target.classes, present);
  if (present.length === 2) {
    const positive = Uint8Array.from(target.codes, (code) => (code === present[1] ? 1 : 0));
    const outcome = await fitLogistic(design, positive, strength, pace, progress);
    return { link: 'logit', modelled: present, strength, outcome, notes };
  }
  const codes = target.codes.map((code) => present.indexOf(code));
  const outcome = await fitMultinomial(design, codes, present.length, strength, pace, progress);
  return { link: 'softmax', modelled: present, strength, outcome, notes };
}

/** Whether the penalty can make coefficients exactly 0. */
function isSparse({ penalty, alpha, l1_ratio }: LinearParams): boolean {
  return (penalty === 'l1' || (penalty === 'elasticnet' && l1_ratio > 0)) && alpha > 0;
}

function penaltyOf(params: LinearParams, strength: number): LinearSpec['penalty'] {
  if (isSparse(params) && strength > 0)
    return params.penalty === 'l1'
      ? { kind: 'l1', strength }
      : { kind: 'elasticnet', strength, ratio: params.l1_ratio };
  return { kind: strength > 0 ? 'l2' : 'none', strength };
}

async function solveSparse(
  design: Design,
  target: Target,
  params: LinearParams,
  pace: Pace,
  progress: Progress,
): Promise<Solved> {
  const ratio = params.penalty === 'l1' ? 1 : params.l1_ratio;
  if (target.task === 'regression') {
    const penalty = { strength: params.alpha * design.rows, ratio };
    const outcome = await fitSparseAmounts(design, target.values, penalty, pace, progress);
    return { link: 'identity', modelled: [], strength: params.alpha, outcome, notes: [] };
  }
  const { present } = countClasses('linear', target);
  const outputs = present.length === 2 ? 1 : present.length;
  if ((design.width + 1) * outputs > mostInCore) {
    const limit = Math.floor(mostInCore / outputs);
    throw fail('family-too-wide', { family: 'linear', features: design.width, limit });
  }
  const codes = target.codes.map((code) => present.indexOf(code));
  const penalty = { strength: 1 / params.C, ratio };
  const outcome = await fitSparseClasses(design, codes, present.length, penalty, pace, progress);
  return {
    link: outputs === 1 ? 'logit' : 'softmax',
    modelled: present,
    strength: 1 / params.C,
    outcome,
    notes: absentNotes(target.classes, present),
  };
}

function absentNotes(classes: readonly string[], present: Int32Array): string[] {
  return classes
    .filter((_, code) => !present.includes(code))
    .map((label) => `no training row has the class "${label}"; it is never predicted`);
}

function checkWidth(design: Design, whole: boolean): void {
  const largest = Math.max(
    0,
    ...design.blocks.map((block) => (block.kind === 'one-hot' ? block.levels.length : 0)),
  );
  const core = 1 + design.width - (whole ? 0 : largest);
  if (core > mostInCore || core * largest > mostInCross) {
    throw fail('family-too-wide', { family: 'linear', features: design.width, limit: mostInCore });
  }
}

/** Refuses coefficients beyond the range of doubles; errors beyond it are left out. */
function finite(outcome: Outcome): Outcome {
  if (!outcome.solutions.every(isFiniteSolution)) throw fail('family-overflow', { family: 'linear' });
  if (outcome.errors === undefined || outcome.errors.every(isFiniteSolution)) return outcome;
  const note = 'no standard errors: they are larger than any number can be';
  return { ...outcome, errors: undefined, inference: 'none', notes: [...outcome.notes, note] };
}

function isFiniteSolution({ intercept, coefficients }: Solution): boolean {
  return Number.isFinite(intercept) && coefficients.every(Number.isFinite);
}

function tensorsOf({ solutions, errors }: Outcome, width: number): Record<string, Tensor> {
  return {
    ...stacked(solutions, width, 'intercepts', 'coefficients'),
    ...(errors ? stacked(errors, width, 'intercept_errors', 'coefficient_errors') : {}),
  };
}

function stacked(
  solutions: readonly Solution[],
  width: number,
  intercepts: string,
  coefficients: string,
): Record<string, Tensor> {
  const matrix = new Float64Array(solutions.length * width);
  solutions.forEach((solution, k) => matrix.set(solution.coefficients, k * width));
  return {
    [intercepts]: {
      shape: [solutions.length],
      data: Float64Array.from(solutions, (solution) => solution.intercept),
    },
    [coefficients]: { shape: [solutions.length, width], data: matrix },
  };
}
