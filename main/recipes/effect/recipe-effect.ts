import type { RecipeEffect } from '../../../preload/contract/recipes.ts';
import { resolveDataset } from '../../datasets/index.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { rowsOf, rowsProblem } from '../check-rows.ts';
import type { FactsOf } from '../facts-cache.ts';
import { joinedData } from '../join/index.ts';
import { resolveRecipe, type FamilyFacts } from '../resolve-recipe.ts';
import { chooseRows, describeEffect } from './describe-effect.ts';
import type { SampleOf } from './sample-cache.ts';
import { traceSteps } from './trace-steps.ts';

export interface EffectRequest {
  readonly recipe: unknown;
  readonly dataset: string;
  readonly rows: number;
}

/** What each step of a recipe makes of some training rows. What is wrong with the recipe comes back as problems, not as a failure. */
export async function recipeEffect(
  { recipe: written, dataset, rows: wanted }: EffectRequest,
  families: readonly FamilyFacts[],
  sources: { readonly factsOf: FactsOf; readonly sampleOf: SampleOf },
  context: CallContext,
): Promise<RecipeEffect> {
  const data = resolveDataset(context.workspace.db, dataset);
  const facts = await sources.factsOf(data, written, context);
  const { recipe, problems } = resolveRecipe(written, facts, families, { untried: true });
  const nothing = {
    dataset: `${data.dataset}@${data.version}`,
    rows: [],
    sample: 0,
    training: 0,
    features: null,
    stages: [],
  };
  const plain = problems.map(({ path, message }) => ({ path, message }));
  if (!recipe) return { ...nothing, problems: plain };
  try {
    const sample = await sources.sampleOf(
      {
        manifest: data.manifest,
        ...joinedData(context.workspace.db, recipe),
        ...rowsOf(recipe),
      },
      context,
    );
    const takesGaps = families.find(({ id }) => id === recipe.family)?.takes.missing ?? false;
    const trace = traceSteps(recipe, sample, takesGaps);
    const shown = chooseRows(sample, wanted);
    return {
      ...nothing,
      rows: shown.map((row) => (sample.rows[row] ?? 0) + 1),
      sample: sample.rows.length,
      training: sample.training,
      features: trace.features,
      stages: describeEffect(recipe, trace, sample, shown),
      problems: trace.problems.map(({ path, message }) => ({ path, message })),
    };
  } catch (error) {
    const problem = rowsProblem(error);
    if (!problem) throw error;
    return { ...nothing, problems: [problem] };
  }
}
