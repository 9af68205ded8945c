import { fail } from '../../../../preload/contract/errors.ts';
import type { Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { classWeightsOf, refuseClassWeights } from '../../class-weights.ts';
import type { TreeOutcome } from '../../trees/outcome.ts';
import { unitNotes, unitOf } from '../../trees/unit.ts';
import type { BoostingParams } from './params.ts';

type RegressionObjective = Exclude<BoostingParams['objective'], 'default'>;

/** What LightGBM is asked to learn, and what its scores mean. */
export interface Outcome {
  readonly meaning: TreeOutcome;
  /** LightGBM's objective, metric and what belongs to them. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** By class code; undefined when classes count the same. */
  readonly classWeights: Float64Array | undefined;
  readonly notes: readonly string[];
  /** Labels of some rows, and which rows have one: a class without training rows has none. */
  labels(target: Target): { readonly values: Float32Array; readonly usable: Int32Array };
}

const logarithmic: readonly RegressionObjective[] = ['poisson', 'gamma', 'tweedie'];

/** Learns the encoding of the target from the training rows; throws `family-one-class` and `family-param`. */
export function readOutcome(target: Target, params: BoostingParams): Outcome {
  return target.task === 'regression' ? amounts(target.values, params) : classes(target, params);
}

function amounts(values: Float64Array, params: BoostingParams): Outcome {
  const objective = params.objective === 'default' ? 'regression' : params.objective;
  refuseClassWeights('boosting', params.class_weight);
  if (isConstrained(params) && (objective === 'quantile' || objective === 'regression_l1'))
    throw wrong(
      'monotone_constraints',
      `not possible with the objective "${objective}"; use regression or huber`,
    );
  const log = logarithmic.includes(objective);
  checkRange(values, objective);
  const unit = unitOf(values, log);
  const { shift, scale } = unit;
  return {
    // A logarithm is shifted where an amount is scaled.
    meaning: {
      link: log ? 'log' : 'identity',
      modelled: [],
      divisor: 1,
      shift: log ? Math.log(scale) : shift,
      scale: log ? 1 : scale,
    },
    parameters: {
      objective,
      metric: objective === 'regression' ? 'l2' : objective === 'regression_l1' ? 'l1' : objective,
      alpha: params.alpha,
      tweedie_variance_power: params.tweedie_variance_power,
    },
    classWeights: undefined,
    notes: unitNotes(unit),
    labels: (other) => {
      const all = other.task === 'regression' ? other.values : new Float64Array();
      // Validation rows outside an objective's range would have no loss.
      const usable = Int32Array.from(all.keys()).filter((row) => inRange(all[row]!, objective));
      return { values: Float32Array.from(usable, (row) => (all[row]! - shift) / scale), usable };
    },
  };
}

function classes(target: Extract<Target, { task: 'classification' }>, params: BoostingParams): Outcome {
  if (params.objective !== 'default')
    throw wrong('objective', `"${params.objective}" is for amounts; use default for classes`);
  const counted = countClasses('boosting', target);
  const { present } = counted;
  const position = new Int32Array(target.classes.length).fill(-1);
  present.forEach((code, k) => (position[code] = k));
  const two = present.length === 2;
  if (!two && isConstrained(params))
    throw wrong('monotone_constraints', `with ${present.length} classes no feature can be held to one way`);
  return {
    meaning: { link: two ? 'logit' : 'softmax', modelled: [...present], divisor: 1, shift: 0, scale: 1 },
    parameters: two
      ? { objective: 'binary', metric: 'binary_logloss' }
      : { objective: 'multiclass', metric: 'multi_logloss', num_class: present.length },
    classWeights: classWeightsOf('boosting', target, counted, params.class_weight),
    notes: target.classes
      .filter((_, code) => position[code]! < 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
    labels: (other) => {
      const codes = other.task === 'classification' ? other.codes : new Int32Array();
      const usable = Int32Array.from(codes.keys()).filter((row) => (position[codes[row]!] ?? -1) >= 0);
      return { values: Float32Array.from(usable, (row) => position[codes[row]!]!), usable };
    },
  };
}

function isConstrained({ monotone_constraints }: BoostingParams): boolean {
  return Object.values(monotone_constraints).some((way) => way !== 0);
}

function inRange(value: number, objective: RegressionObjective): boolean {
  return objective === 'gamma' ? value > 0 : !logarithmic.includes(objective) || value >= 0;
}

function checkRange(values: Float64Array, objective: RegressionObjective): void {
  const outside = values.find((value) => !inRange(value, objective));
  if (outside !== undefined) {
    const least = objective === 'gamma' ? 'more than 0' : 'at least 0';
    throw wrong('objective', `"${objective}" needs targets of ${least}; there is ${outside}`);
  }
  if (objective !== 'gamma' && logarithmic.includes(objective) && values.every((value) => value === 0))
    throw wrong('objective', `"${objective}" needs a target that is not 0 in every training row`);
}

function wrong(param: string, message: string) {
  return fail('family-param', { family: 'boosting', param, message });
}
