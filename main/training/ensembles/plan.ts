import * as z from 'zod';
import { ensembleId } from '../../models/index.ts';
import type { CalibrationMethod, ResolvedRecipe } from '../../recipes/index.ts';

/** How models are put together, as a recipe's parameters say it. */
const Params = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('average'), weights: z.array(z.number().min(0).max(1_000_000)).min(2) }),
  z.strictObject({ how: z.literal('stack') }),
]);
export type EnsembleParams = z.infer<typeof Params>;

/** The same with weights that add up to 1. */
export function planOf({ params }: Pick<ResolvedRecipe, 'params'>): EnsembleParams {
  const plan = Params.parse(params);
  if (plan.how === 'stack') return plan;
  const total = plan.weights.reduce((sum, weight) => sum + weight, 0);
  return { how: 'average', weights: plan.weights.map((weight) => weight / total) };
}

/** What is learned of a combination itself, as of a single model. */
export interface Corrections {
  readonly calibrate?: CalibrationMethod | undefined;
  readonly conformal?: boolean | undefined;
}

type Shared = Pick<ResolvedRecipe, 'target' | 'task' | 'join' | 'filter' | 'lags' | 'split' | 'seed'>;

/** The recipe of a combination. What all members have in common is that of the first. */
export function ensembleRecipe(
  members: readonly ResolvedRecipe[],
  params: EnsembleParams,
  { calibrate, conformal }: Corrections = {},
): ResolvedRecipe {
  const [first] = members;
  if (!first) throw new TypeError('there is no model to put together');
  const { target, task, filter, split, seed }: Shared = first;
  const join = members.find((member) => member.join)?.join;
  const lags = members.find((member) => member.lags)?.lags;
  return {
    target,
    task,
    features: [...new Set(members.flatMap(({ features }) => features))],
    ...(join ? { join } : {}),
    ...(filter ? { filter } : {}),
    ...(lags ? { lags } : {}),
    split,
    steps: [],
    family: ensembleId,
    params,
    ...(calibrate === undefined ? {} : { calibrate }),
    ...(conformal ? { conformal: true as const } : {}),
    seed,
    members: members.map(({ members: inside, ...own }) => {
      if (inside) throw new TypeError('a combination can not be combined again');
      return own;
    }),
  };
}

/** A recipe with another seed, and its members with theirs moved as far. */
export function withSeed(recipe: ResolvedRecipe, seed: number): ResolvedRecipe {
  const { members } = recipe;
  if (!members) return { ...recipe, seed };
  const moved = (own: number): number => (own + seed - recipe.seed + 2 ** 31) % 2 ** 31;
  return { ...recipe, seed, members: members.map((member) => ({ ...member, seed: moved(member.seed) })) };
}
