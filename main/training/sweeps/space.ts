import * as z from 'zod';
import type { Task } from '../../../preload/contract/common.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { SpaceDimension, SpaceOverride } from '../../../preload/contract/sweeps.ts';
import { sweepRanges, type Family } from '../../models/index.ts';

/** A parameter that a sweep varies. */
export type Dimension = z.infer<typeof SpaceDimension>;

/** What a sweep may try of one family. */
export interface FamilySpace {
  readonly family: string;
  readonly dimensions: readonly Dimension[];
  /** The parameter that says how much work a trial costs, for searches that begin cheap; null where there is none. */
  readonly resource: { readonly param: string; readonly from: number; readonly to: number } | null;
}

/**
 * The space of a family: the ranges its schema declares for the task, less what is `held`, with what the user says instead.
 * Throws `sweep-space` naming the parameter and what would be right.
 */
export function familySpace(
  family: Pick<Family, 'id' | 'params'>,
  task: Task,
  overrides: Readonly<Record<string, SpaceOverride>> = {},
  held: ReadonlySet<string> = new Set(),
): FamilySpace {
  const refuse = (param: string, message: string) =>
    fail('sweep-space', { family: family.id, param, message });
  const dimensions: Dimension[] = [];
  let resource: FamilySpace['resource'] = null;
  for (const param of Object.keys(overrides)) {
    if (!Object.hasOwn(family.params.shape, param)) {
      throw refuse(
        param,
        `there is no such parameter; there are ${Object.keys(family.params.shape).join(', ')}`,
      );
    }
  }
  const declared = sweepRanges(family.params);
  for (const param of Object.keys(family.params.shape)) {
    const own = overrides[param];
    const range = declared.get(param);
    if (own !== undefined) dimensions.push(dimensionOf(family, param, own, refuse));
    else if (range === undefined || held.has(param)) continue;
    else if ('resource' in range) resource = { param, from: range.from, to: range.to };
    else if (range.tasks?.includes(task) ?? true) {
      const { tasks: _, ...plain } = range;
      dimensions.push(dimensionOf(family, param, plain, refuse));
    }
  }
  return { family: family.id, dimensions, resource };
}

function dimensionOf(
  { params }: Pick<Family, 'params'>,
  param: string,
  range: SpaceOverride,
  refuse: (param: string, message: string) => Error,
): Dimension {
  const schema = params.shape[param] as z.ZodType;
  const check = (value: unknown): void => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      throw refuse(
        param,
        `${JSON.stringify(value)}: ${parsed.error.issues.map((i) => i.message).join('; ')}`,
      );
    }
  };
  if (Array.isArray(range) || 'values' in range) {
    const values = Array.isArray(range) ? range : range.values;
    if (values.length === 0) throw refuse(param, 'it has no value to try');
    values.forEach(check);
    return { param, kind: 'choice', values: [...values] };
  }
  const { from, to, scale = 'linear' } = range;
  if (!(from < to)) throw refuse(param, `"from" (${from}) must be less than "to" (${to})`);
  if (scale === 'log' && from <= 0) throw refuse(param, `a log scale begins above 0, not at ${from}`);
  check(from);
  check(to);
  const whole = isWhole(schema);
  if (whole && !(Number.isInteger(from) && Number.isInteger(to))) {
    throw refuse(param, `whole numbers are needed, not ${from} to ${to}`);
  }
  return { param, kind: whole ? 'integer' : 'number', from, to, scale };
}

function isWhole(schema: z.ZodType): boolean {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).type === 'integer';
}

/**
 * The value at a place in [0, 1) of a dimension. Numbers are rounded to five digits: they read well in a recipe, and the last bit
 * of a logarithm, which differs between machines, is not in them.
 */
export function valueAt(dimension: Dimension, place: number): unknown {
  if (dimension.kind === 'choice') return dimension.values[Math.floor(place * dimension.values.length)];
  const { from, to, scale, kind } = dimension;
  // Each whole number has an interval of its own, half a step to either side.
  const half = kind === 'integer' ? 0.5 : 0;
  const low = from - half;
  const high = to + half;
  const value =
    scale === 'log'
      ? Math.exp(Math.log(low) + place * (Math.log(high) - Math.log(low)))
      : low + place * (high - low);
  const rounded = kind === 'integer' ? Math.round(value) : Number(value.toPrecision(5));
  return Math.min(to, Math.max(from, rounded));
}

/** Where a value lies in [0, 1]; of a choice, its index. */
export function placeOf(dimension: Dimension, value: unknown): number {
  if (dimension.kind === 'choice') {
    const text = JSON.stringify(value);
    return dimension.values.findIndex((one) => JSON.stringify(one) === text);
  }
  const { from, to, scale, kind } = dimension;
  const half = kind === 'integer' ? 0.5 : 0;
  const along = (x: number): number => (scale === 'log' ? Math.log(x) : x);
  const place = (along(Number(value)) - along(from - half)) / (along(to + half) - along(from - half));
  return Math.min(1, Math.max(0, place));
}

/** Parameters at a point of the unit cube, one place per dimension. */
export function paramsAt(
  { dimensions }: Pick<FamilySpace, 'dimensions'>,
  point: ArrayLike<number>,
): Record<string, unknown> {
  return Object.fromEntries(dimensions.map((one, d) => [one.param, valueAt(one, point[d] ?? 0)]));
}
