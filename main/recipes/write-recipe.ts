import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { canonicalJson } from './canonical-json.ts';
import { ResolvedRecipe, type RecipeStep } from './recipe.ts';
import { findStep } from './steps/index.ts';

/** SHA-256 of the resolved recipe's canonical JSON: the two-line recipe and its expansion have the same. */
export function recipeHash(recipe: ResolvedRecipe): string {
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex');
}

/** YAML in the usual order of keys, the same for the same recipe; reading it gives the recipe back. */
export function recipeYaml(recipe: ResolvedRecipe): string {
  const ordered = ResolvedRecipe.parse(recipe);
  const params = Object.fromEntries(Object.entries(ordered.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  return stringify(
    { ...ordered, steps: ordered.steps.map(inOrder), params },
    { lineWidth: 0, version: '1.2', schema: 'core' },
  );
}

/** The step and its columns, then its parameters as its schema has them. */
function inOrder(written: RecipeStep): RecipeStep {
  const { step, columns, ...params } = written;
  const known = Object.keys(findStep(step)?.params.shape ?? {});
  const rest = Object.entries(params).sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
  return { step, ...(columns === undefined ? {} : { columns }), ...Object.fromEntries(rest) };
}
