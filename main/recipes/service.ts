import * as z from 'zod';
import { fail } from '../../preload/contract/errors.ts';
import { resolveDataset } from '../datasets/index.ts';
import type { Service } from '../workspaces/index.ts';
import { recipeEffect, type SampleOf } from './effect/index.ts';
import { rowsOf, type RowsCheck } from './check-rows.ts';
import type { FactsOf } from './facts-cache.ts';
import { joinedData, joinedNames } from './join/index.ts';
import { lagFacts } from './lags/index.ts';
import type { ColumnFacts, TableFacts } from './column-facts.ts';
import type { ResolvedRecipe } from './recipe.ts';
import { requireResolved, resolveRecipe, type FamilyFacts } from './resolve-recipe.ts';
import { steps } from './steps/index.ts';
import { leakageTask } from './tasks.ts';
import { recipeHash, recipeYaml } from './write-recipe.ts';

export interface FamilyInfo extends FamilyFacts {
  readonly doc: string;
  readonly readable: boolean;
}

/** `families` comes from outside: kinds of model stand above recipes. */
export function createRecipeService(
  families: readonly FamilyInfo[],
  factsOf: FactsOf,
  sampleOf: SampleOf,
  rowsCheck: RowsCheck,
): Omit<Service<'recipes'>, 'list' | 'show' | 'pin' | 'unpin' | 'diff'> {
  return {
    async resolve({ recipe: written, dataset }, context) {
      const { db } = context.workspace;
      const data = resolveDataset(db, dataset);
      const facts = await factsOf(data, written, context);
      const { recipe, notes, problems } = resolveRecipe(written, facts, families);
      const { manifest } = data;
      const rows =
        recipe && (await rowsCheck({ manifest, ...joinedData(db, recipe), ...rowsOf(recipe) }, context));
      const sound = rows ? null : recipe;
      return {
        recipe: sound,
        yaml: sound && recipeYaml(sound),
        hash: sound && recipeHash(sound),
        made: madeColumns(facts, recipe),
        notes: [...notes],
        problems: [...problems, ...(rows ? [rows] : [])].map(({ path, message }) => ({ path, message })),
      };
    },
    effect: (input, context) => recipeEffect(input, families, { factsOf, sampleOf }, context),
    async leakage({ recipe: written, dataset: reference, notKnown }, context) {
      const data = resolveDataset(context.workspace.db, reference);
      const { dataset, version, manifest } = data;
      const facts = await factsOf(data, written, context);
      const recipe = requireResolved(resolveRecipe(written, facts, families, { learnsNotKnown: true }));
      const { db } = context.workspace;
      const columns = facts.columns.map(({ name }) => name);
      const unknown = notKnown.find((name) => !columns.includes(name));
      if (unknown !== undefined) {
        throw fail('column-not-found', { column: unknown, known: columns, where: `${dataset}@${version}` });
      }
      context.about({ dataset }, `leakage in ${dataset}@${version}`);
      const declared = facts.notKnown?.map(({ column }) => column) ?? [];
      const { result } = await context.task(
        leakageTask,
        {
          manifest,
          ...joinedData(db, recipe),
          recipe,
          notKnown: [...notKnown, ...declared, ...(recipe.not_known ?? [])],
        },
        [0.05, 1],
      );
      return { dataset, version, findings: result };
    },
    families: () => ({
      families: families.map(({ id, title, doc, readable, tasks, params }) => ({
        id,
        title,
        doc,
        readable,
        tasks: [...tasks],
        params: z.toJSONSchema(params, { io: 'input' }),
      })),
    }),
    steps: () => ({
      steps: steps.map((step) => ({
        id: step.id,
        title: step.title,
        doc: step.doc,
        selects: step.selects,
        picks: !('reads' in step),
        params: z.toJSONSchema(step.params, { io: 'input' }),
      })),
    }),
  };
}

/** What a recipe's joins and lags make of the columns at hand. */
function madeColumns({ columns, joined }: TableFacts, recipe: ResolvedRecipe | null) {
  const names = joinedNames(joined?.plans);
  return {
    joined: columns.filter(({ name }) => names.includes(name)).map(fieldOf),
    lags: recipe?.lags ? lagFacts(recipe.lags, columns).map(fieldOf) : [],
  };
}

function fieldOf({ name, type }: ColumnFacts) {
  return { name, type };
}
