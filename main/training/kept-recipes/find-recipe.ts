import { fail } from '../../../preload/contract/errors.ts';
import type { Db } from '../../platform/database/index.ts';
import { ResolvedRecipe } from '../../recipes/index.ts';

export interface KeptRecipe {
  readonly hash: string;
  readonly recipe: ResolvedRecipe;
  readonly created: string;
}

/** Of a hash so many characters must be given, for it to be told from a name. */
const shortest = 6;

/** A recipe by a name it is pinned under, a run that was made by it, or the first characters of its hash. Throws `recipe-not-found`. */
export function findRecipe(db: Db, reference: string): KeptRecipe {
  const pinned = db.get<{ recipe: string }>('SELECT recipe FROM recipe_pins WHERE name = ?', reference);
  const made = db.get<{ recipe: string }>('SELECT recipe FROM runs WHERE id = ?', reference);
  const hash = pinned?.recipe ?? made?.recipe ?? byHash(db, reference);
  const row = db.get<{ body: string; created: string }>(
    'SELECT body, created FROM recipes WHERE hash = ?',
    hash,
  );
  if (!row) throw notFound(db, reference);
  return { hash, recipe: ResolvedRecipe.parse(JSON.parse(row.body)), created: row.created };
}

function byHash(db: Db, reference: string): string {
  if (reference.length < shortest || !/^[0-9a-f]+$/.test(reference)) throw notFound(db, reference);
  const found = db.all<{ hash: string }>(
    'SELECT hash FROM recipes WHERE hash >= ? AND hash < ? LIMIT 2',
    reference,
    `${reference}g`,
  );
  if (found.length > 1) throw fail('recipe-ambiguous', { reference });
  return found[0]?.hash ?? reference;
}

function notFound(db: Db, reference: string) {
  const pins = db.all<{ name: string }>('SELECT name FROM recipe_pins ORDER BY at DESC LIMIT 10');
  return fail('recipe-not-found', { reference, pins: pins.map(({ name }) => name) });
}
