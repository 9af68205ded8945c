import type { KeptRecipe as Listed } from '../../../preload/contract/recipes.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { Db } from '../../platform/database/index.ts';
import { diffRecipes, recipeYaml } from '../../recipes/index.ts';
import type { Service } from '../../workspaces/index.ts';
import { findRecipe, type KeptRecipe } from './find-recipe.ts';

/** The recipes that a workspace holds: those that runs were made by, some of them pinned under a name. */
export const keptRecipesService: Pick<Service<'recipes'>, 'list' | 'show' | 'pin' | 'unpin' | 'diff'> = {
  list: ({ limit, pinned }, { workspace: { db } }) => ({
    recipes: db
      .all<{ hash: string }>(
        `SELECT hash FROM recipes ${pinned ? 'WHERE hash IN (SELECT recipe FROM recipe_pins)' : ''}
         ORDER BY created DESC, rowid DESC LIMIT ?`,
        limit,
      )
      .map(({ hash }) => listed(db, findRecipe(db, hash))),
  }),
  show({ reference }, { workspace: { db } }) {
    const found = findRecipe(db, reference);
    return { ...listed(db, found), recipe: found.recipe, yaml: recipeYaml(found.recipe) };
  },
  async pin({ reference, name }, context) {
    const { db } = context.workspace;
    const found = findRecipe(db, reference);
    const taken = db.get<{ recipe: string }>('SELECT recipe FROM recipe_pins WHERE name = ?', name);
    if (taken && taken.recipe !== found.hash) throw fail('recipe-pin-taken', { name, hash: taken.recipe });
    if (!taken) {
      const row = { name, recipe: found.hash, at: context.clock.now(), actor: context.actor };
      await context.commit([], (transaction) => transaction.put('recipe_pins', row));
    }
    return listed(db, found);
  },
  async unpin({ name }, context) {
    const { db } = context.workspace;
    const pin = db.get<{ recipe: string }>('SELECT recipe FROM recipe_pins WHERE name = ?', name);
    if (!pin) {
      const pins = db.all<{ name: string }>('SELECT name FROM recipe_pins ORDER BY at DESC LIMIT 10');
      throw fail('recipe-not-found', { reference: name, pins: pins.map((one) => one.name) });
    }
    await context.commit([], (transaction) => transaction.remove('recipe_pins', [name]));
    return listed(db, findRecipe(db, pin.recipe));
  },
  diff({ a, b }, { workspace: { db } }) {
    const [before, after] = [findRecipe(db, a), findRecipe(db, b)];
    return {
      a: listed(db, before),
      b: listed(db, after),
      differences: diffRecipes(before.recipe, after.recipe),
    };
  },
};

function listed(db: Db, { hash, recipe, created }: KeptRecipe): Listed {
  const pins = db.all<{ name: string }>('SELECT name FROM recipe_pins WHERE recipe = ? ORDER BY name', hash);
  const runs = db.get<{ count: number }>('SELECT count(*) AS count FROM runs WHERE recipe = ?', hash);
  const { target, task, family, steps } = recipe;
  return {
    hash,
    pins: pins.map(({ name }) => name),
    target,
    task,
    family,
    steps: steps.map(({ step }) => step),
    runs: runs?.count ?? 0,
    created,
  };
}
