import * as z from 'zod';
import { resolveDataset } from '../datasets/index.ts';
import type { Service } from '../workspaces/index.ts';
import { recipeEffect, type SampleOf } from './effect/index.ts';
import type { FactsOf } from './facts-cache.ts';
import { resolveRecipe, type FamilyFacts } from './resolve-recipe.ts';
import { steps } from './steps/index.ts';
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
): Service<'recipes'> {
  return {
    async resolve({ recipe: written, dataset }, context) {
      const { recipe, notes, problems } = resolveRecipe(
        written,
        await factsOf(resolveDataset(context.workspace.db, dataset), context),
        families,
      );
      return {
        recipe,
        yaml: recipe && recipeYaml(recipe),
        hash: recipe && recipeHash(recipe),
        notes: [...notes],
        problems: problems.map(({ path, message }) => ({ path, message })),
      };
    },
    effect: (input, context) => recipeEffect(input, families, { factsOf, sampleOf }, context),
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
      steps: steps.map(({ id, title, doc, selects, params }) => ({
        id,
        title,
        doc,
        selects,
        params: z.toJSONSchema(params, { io: 'input' }),
      })),
    }),
  };
}
