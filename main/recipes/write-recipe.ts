import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { canonicalJson } from './canonical-json.ts';
import { ResolvedRecipe, type RecipeStep } from './recipe.ts';
import { findStep } from './steps/index.ts';

/** SHA-256 of the resolved recipe's canonical JSON: the two-line recipe and its expansion have the same. */
export function recipeHash(recipe: ResolvedRecipe): string {
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex');
}

/** One of the models of a combination, in short: `boosting 3f2a90c1`, of its family and its recipe's hash. */
export function memberName(recipe: ResolvedRecipe): string {
  return `${recipe.family} ${recipeHash(recipe).slice(0, 8)}`;
}

/** YAML in the usual order of keys, the same for the same recipe; reading it gives the recipe back. */
export function recipeYaml(recipe: ResolvedRecipe): string {
  const { members, ...own } = ResolvedRecipe.parse(recipe);
  return stringify(
    { ...sorted(own), ...(members ? { members: members.map(sorted) } : {}) },
    { lineWidth: 0, version: '1.2', schema: 'core', aliasDuplicateObjects: false },
  );
}

function sorted(recipe: Omit<ResolvedRecipe, 'members'>): object {
  const params = Object.fromEntries(Object.entries(recipe.params).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...recipe, steps: recipe.steps.map(inOrder), params };
}

/** The step and its columns, then its parameters as its schema has them. */
function inOrder(written: RecipeStep): RecipeStep {
  const { step, columns, ...params } = written;
  const known = Object.keys(findStep(step)?.params.shape ?? {});
  const rest = Object.entries(params).sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
  return { step, ...(columns === undefined ? {} : { columns }), ...Object.fromEntries(rest) };
}
