import { families } from '../models/index.ts';
import { findStep, ResolvedRecipe } from '../recipes/index.ts';

/**
 * Why a model by this recipe holds rows or words of its data, and so can't outlast the erasure of a person in it; null where it holds only
 * what was learned from all rows together.
 */
export function rowsHeld(body: unknown): string | null {
  const recipe = ResolvedRecipe.parse(body);
  for (const { family, lags, join, steps } of [recipe, ...(recipe.members ?? [])]) {
    if (families.find(({ id }) => id === family)?.keepsRows)
      return `a model of the family ${family} holds training rows`;
    if (lags) return 'its lags hold the latest rows';
    if (join) return 'it holds the tables that it joins';
    const wordy = steps.find(({ step }) => findStep(step)?.keepsWords);
    if (wordy) return `its step ${wordy.step} holds words of the rows`;
  }
  return null;
}
