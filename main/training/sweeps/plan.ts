import * as z from 'zod';
import { SpaceDimension } from '../../../preload/contract/sweeps.ts';
import type { Service } from '../../workspaces/index.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { metrics, scored } from '../../evaluation/index.ts';
import { families, familyById, type Family } from '../../models/index.ts';
import {
  readRecipe,
  requireResolved,
  ResolvedRecipe,
  resolveRecipe,
  type TableFacts,
} from '../../recipes/index.ts';
import { searchById } from '../searches/index.ts';
import type { SearchPlan } from './search.ts';
import { familySpace, type FamilySpace } from './space.ts';

type SweepWish = Parameters<Service<'sweeps'>['plan']>[0];

/** Everything a sweep is decided by, as it is recorded: the same plan on the same data gives the same trials. */
export const SweepPlan = z.object({
  target: z.string(),
  task: z.enum(['regression', 'classification']),
  metric: z.string(),
  direction: z.enum(['higher', 'lower']),
  search: z.string(),
  seed: z.int(),
  budget: z.object({
    runs: z.int().nullable(),
    minutes: z.number().nullable(),
    wattHours: z.number().nullable(),
  }),
  spaces: z.array(
    z.object({
      family: z.string(),
      dimensions: z.array(SpaceDimension),
      resource: z.object({ param: z.string(), from: z.number(), to: z.number() }).nullable(),
    }),
  ),
  /** One per family, in the order of `spaces`: what a trial has besides its parameters. */
  recipes: z.array(ResolvedRecipe),
});
export type SweepPlan = z.infer<typeof SweepPlan>;

/** Trials when nothing limits a sweep: every family's defaults, and on a small table well under a minute. */
const usualRuns = 40;

/** Decides all that is left open. Throws what is wrong with the input; `notes` says what was left out. */
export async function makePlan(
  input: SweepWish,
  facts: TableFacts,
): Promise<{ plan: SweepPlan; notes: string[]; metrics: string[] }> {
  const wrongJoins = facts.joined?.problems ?? [];
  if (wrongJoins.length > 0) requireResolved({ recipe: null, notes: [], problems: wrongJoins });
  const written = writtenRecipe(input, facts);
  const seed = input.seed ?? written.seed ?? 42;
  const { notes, recipes, chosen } = await chooseFamilies(input, written, facts, seed);
  const [first] = recipes;
  if (!first) throw fail('sweep-families-none', { reasons: notes });
  const different = facts.columns.find(({ name }) => name === first.target)?.distinct ?? 2;
  const { metric, direction, known } = chooseMetric(input.metric, first.task, different);
  const held = (family: Family): Set<string> =>
    new Set(family.id === written.family ? Object.keys(written.params ?? {}) : []);
  for (const family of Object.keys(input.space ?? {})) {
    if (!chosen.some(({ id }) => id === family)) {
      throw fail('family-unknown', { family, known: chosen.map(({ id }) => id) });
    }
  }
  const spaces: FamilySpace[] = chosen.map((family) =>
    familySpace(family, first.task, input.space?.[family.id], held(family)),
  );
  const { minutes = null, wattHours = null } = input;
  const limited = minutes !== null || wattHours !== null;
  const runs = input.runs ?? (limited ? null : usualRuns);
  const plan: SweepPlan = {
    target: first.target,
    task: first.task,
    metric,
    direction,
    search: searchById(input.search).id,
    seed,
    budget: { runs, minutes, wattHours },
    spaces: SweepPlan.shape.spaces.parse(spaces),
    recipes: [...recipes],
  };
  return { plan, notes, metrics: known };
}

/** The recipe that the trials have in common, as far as it was written. */
function writtenRecipe(
  { recipe, target }: SweepWish,
  facts: TableFacts,
): Partial<NonNullable<ReturnType<typeof readRecipe>['recipe']>> {
  if (recipe === undefined) {
    if (target === undefined)
      throw fail('sweep-target-needed', { columns: facts.columns.map(({ name }) => name) });
    return { target };
  }
  const read = readRecipe(recipe);
  if (!read.recipe) throw fail('recipe-invalid', { problems: [...read.problems] });
  return target === undefined ? read.recipe : { ...read.recipe, target };
}

/** Families that were named must work; of all there are, those that do not fit are left out, with the reason. */
async function chooseFamilies(
  { families: named, folds }: SweepWish,
  { family: own, params, ...shared }: ReturnType<typeof writtenRecipe>,
  facts: TableFacts,
  seed: number,
) {
  const notes: string[] = [];
  const chosen: Family[] = [];
  const recipes: ResolvedRecipe[] = [];
  // `linear,tree` is what people write on a command line; no family has a comma in its name.
  const asked = named?.flatMap((list) => list.split(',').map((id) => id.trim())).filter(Boolean);
  const candidates = asked?.length ? [...new Set(asked)].map(familyById) : families;
  for (const family of candidates) {
    try {
      const recipe = {
        ...shared,
        ...(folds === undefined ? {} : { split: { ...shared.split, folds } }),
        family: family.id,
        ...(family.id === own && params ? { params } : {}),
      };
      const resolved = requireResolved(resolveRecipe(recipe, facts, families, { seed }));
      await family.ready?.();
      chosen.push(family);
      recipes.push(resolved);
    } catch (error) {
      // What is wrong with the target is wrong for every family.
      if (named || !(error instanceof Failure) || error.code.startsWith('target-')) throw error;
      notes.push(`${family.id} is left out: ${error.message}`);
    }
  }
  return { notes, chosen, recipes };
}

function chooseMetric(wanted: string | undefined, task: SweepPlan['task'], classes: number) {
  const usual = { regression: 'root_mean_squared_error', classification: 'log_loss' };
  const metric = metrics.find(({ id }) => id === (wanted ?? usual[task]));
  const known = metrics.filter((one) => isFor(one, task, classes)).map(({ id }) => id);
  if (!metric || !known.includes(metric.id)) {
    throw fail('sweep-metric', { metric: wanted ?? usual[task], task, known });
  }
  return { metric: metric.id, direction: metric.direction, known };
}

/** A metric answers `undefined` for predictions it is not about, whatever the rows. */
function isFor({ compute }: (typeof metrics)[number], task: SweepPlan['task'], classes: number): boolean {
  const none = new Float64Array(0);
  const labels = Array.from({ length: classes }, (_, i) => `class ${i}`);
  const target =
    task === 'regression'
      ? ({ task, values: none } as const)
      : ({ task, codes: new Int32Array(0), classes: labels } as const);
  return compute(scored(target, none)) !== undefined;
}

export function searchPlan({ spaces, seed, budget }: SweepPlan): SearchPlan {
  return { spaces, seed, runs: budget.runs };
}
