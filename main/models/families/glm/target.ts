import { fail } from '../../../../preload/contract/errors.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { countClasses } from '../../classes.ts';
import { distributionOf, type Distribution, type Link } from './distribution.ts';
import type { GlmParams } from './params.ts';

/** What is fitted, once distribution and link are settled. */
export interface Goal {
  readonly id: Distribution['id'];
  readonly distribution: Distribution;
  readonly link: Link;
  readonly y: Float64Array;
  readonly modelled: readonly number[];
  readonly notes: readonly string[];
}

/** Throws `family-param` where distribution, link and target do not go together. Rows in messages count training rows from 1. */
export function readGoal(target: Target, weights: Float64Array | undefined, params: GlmParams): Goal {
  if (target.task === 'classification') return classGoal(target, params);
  if (params.distribution === 'binomial')
    throw wrong('distribution', '"binomial" is for two classes; the target is an amount');
  if (params.link === 'logit') throw wrong('link', '"logit" is for two classes; the target is an amount');
  const id = params.distribution === 'default' ? 'gaussian' : params.distribution;
  const distribution = distributionOf(id, params.power);
  const link = params.link === 'default' ? (id === 'gaussian' ? 'identity' : 'log') : params.link;
  const counts = (row: number): boolean => weights === undefined || weights[row]! > 0;
  refuseOutside(distribution, id, target.values, counts);
  const mean = target.values.reduce((sum, value, row) => sum + (counts(row) ? value : 0), 0);
  if (mean === 0 && distribution.positive)
    throw wrong('distribution', `"${id}" needs a target that is not 0 in every training row`);
  if (link !== 'identity' && mean <= 0)
    throw wrong('link', `"${link}" needs a target whose mean is above 0; use identity`);
  const broken = id === 'poisson' && target.values.some((value, row) => counts(row) && value % 1 !== 0);
  return {
    id,
    distribution,
    link,
    y: target.values,
    modelled: [],
    notes: broken
      ? ['the target is not whole numbers: read as rates; AIC compares such fits on the same rows only']
      : [],
  };
}

function classGoal(target: Extract<Target, { task: 'classification' }>, params: GlmParams): Goal {
  if (params.distribution !== 'default' && params.distribution !== 'binomial')
    throw wrong('distribution', `"${params.distribution}" is for amounts; use binomial for classes`);
  if (params.link !== 'default' && params.link !== 'logit')
    throw wrong('link', `"${params.link}" can leave the range 0 to 1; use logit for classes`);
  const { present } = countClasses('glm', target);
  if (present.length > 2) throw fail('family-classes', { family: 'glm', most: 2, classes: present.length });
  return {
    id: 'binomial',
    distribution: distributionOf('binomial', 0),
    link: 'logit',
    y: Float64Array.from(target.codes, (code) => (code === present[1] ? 1 : 0)),
    modelled: [...present],
    notes: target.classes
      .filter((_, code) => !present.includes(code))
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
  };
}

function refuseOutside(
  { id, positive }: Distribution,
  wanted: string,
  values: Float64Array,
  counts: (row: number) => boolean,
): void {
  if (!positive) return;
  const zero = id !== 'gamma';
  const outside = (value: number, row: number): boolean => counts(row) && (zero ? value < 0 : value <= 0);
  const row = values.findIndex(outside);
  if (row < 0) return;
  const all = values.reduce((sum, value, at) => sum + (outside(value, at) ? 1 : 0), 0);
  const more = all > 1 ? `, and ${all - 1} more like it` : '';
  const hint = zero ? 'gaussian takes any amount' : 'tweedie takes zeros, gaussian any amount';
  throw wrong(
    'distribution',
    `"${wanted}" needs targets ${zero ? 'of 0 or more' : 'above 0'}; training row ${row + 1} has ${values[row]}${more}. ${hint}`,
  );
}

/** Levels whose rows all have the target's end, which no finite effect describes: without a penalty their coefficients run away. */
export function boundaryNotes(design: Design, { id, y, link }: Goal): string[] {
  const ends =
    id === 'binomial' ? [0, 1] : link === 'log' && (id === 'poisson' || id === 'tweedie') ? [0] : [];
  const found = design.blocks.flatMap((block) => {
    if (block.kind !== 'one-hot') return [];
    const rows = new Int32Array(block.levels.length);
    const sums = new Float64Array(block.levels.length);
    const ones = new Int32Array(block.levels.length);
    block.codes.forEach((code, row) => {
      if (code < 0) return;
      rows[code]!++;
      sums[code]! += y[row]!;
      ones[code]! += y[row] === 1 ? 1 : 0;
    });
    return block.levels.flatMap((level, code) =>
      rows[code]! > 0 &&
      ((ends.includes(0) && sums[code] === 0) || (ends.includes(1) && ones[code] === rows[code]))
        ? [`${block.name}=${level} (${rows[code]} rows)`]
        : [],
    );
  });
  if (found.length === 0) return [];
  const what = id === 'binomial' ? 'one class only' : 'targets of 0 only';
  return [
    `${found.slice(0, 8).join(', ')}${found.length > 8 ? ` and ${found.length - 8} more` : ''}: ${what}, so no finite effect is best (separation); mistrust their coefficients and errors, group rare levels, or give an alpha above 0`,
  ];
}

export function wrong(param: string, message: string) {
  return fail('family-param', { family: 'glm', param, message });
}
