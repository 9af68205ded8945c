import { isTextType } from '../../preload/contract/column-types.ts';
import { fail, type Failure } from '../../preload/contract/errors.ts';
import { unknownWords } from './nearest.ts';
import type { ColumnFacts, DeclaredColumn } from './column-facts.ts';
import type { Problem, WrittenRecipe } from './recipe.ts';

export interface ChosenFeatures {
  readonly features: readonly string[];
  readonly notes: readonly string[];
  readonly problems: readonly (Problem & { readonly failure?: Failure })[];
}

/** Columns that are declared not to be known when a prediction is asked for, and whether a recipe may name them all the same. */
export interface Declared {
  readonly declared: readonly DeclaredColumn[];
  readonly refuses: boolean;
}

/** Texts that differ in every row are names, not levels, from this many rows on. */
const fewestForIdentifier = 20;

/**
 * The raw columns to learn from: those named, or all but the target, the weight and the excluded. When not named, columns that are not
 * known when predicting are left out, and those that can tell nothing: no value at all, one value only, a text that is different in
 * every row; each with a note. Named ones that are not known when predicting are problems.
 */
export function chooseFeatures(
  recipe: Pick<WrittenRecipe, 'target' | 'features' | 'exclude' | 'not_known' | 'weight' | 'split'>,
  facts: readonly ColumnFacts[],
  { declared, refuses }: Declared = { declared: [], refuses: true },
): ChosenFeatures {
  const names = facts.map((column) => column.name);
  const problems: (Problem & { readonly failure?: Failure })[] = [
    ...listProblems(recipe.features, 'features', names),
    ...listProblems(recipe.exclude, 'exclude', names),
    ...listProblems(recipe.not_known, 'not_known', names),
  ];
  const notKnown = new Map<string, string>([
    ...declared.map((one) => [one.column, declaredWords(one)] as const),
    ...(recipe.not_known ?? []).map((name) => [name, '"not_known" of the recipe names it'] as const),
  ]);
  if (recipe.features) {
    for (const role of ['target', 'weight'] as const) {
      const index = recipe.features.indexOf(recipe[role] ?? '');
      if (index < 0) continue;
      problems.push({
        path: `features[${index}]`,
        message: `"${recipe[role]}" is the ${role}; it can't be a feature too`,
      });
    }
    for (const [index, name] of recipe.features.entries()) {
      const because = notKnown.get(name);
      if (!refuses || because === undefined) continue;
      const own = recipe.not_known?.includes(name) ?? false;
      const dataset = declared.find(({ column }) => column === name)?.dataset;
      const failure = fail('feature-not-known', {
        column: name,
        because,
        undo: own || dataset === undefined ? null : `holdfast datasets not-known ${dataset} ${name} --remove`,
      });
      problems.push({ path: `features[${index}]`, message: failure.message, failure });
    }
    return { features: recipe.features, notes: [], problems };
  }
  const notes: string[] = [];
  const excluded = new Set([recipe.target, recipe.weight, ...(recipe.exclude ?? [])]);
  const { method, by } = recipe.split ?? {};
  // A time may well be learnt from; a group, a key or a part tells rows apart and nothing else.
  if (by !== undefined && method !== 'time' && names.includes(by) && !excluded.has(by)) {
    excluded.add(by);
    notes.push(`column "${by}" is left out: the split goes by it`);
  }
  const features = facts
    .filter((column) => !excluded.has(column.name))
    .filter((column) => {
      const because = notKnown.get(column.name);
      const reason =
        because === undefined
          ? uselessBecause(column)
          : `it is not known when a prediction is asked for: ${because}`;
      if (reason !== undefined) notes.push(`column "${column.name}" is left out: ${reason}`);
      return reason === undefined;
    })
    .map((column) => column.name);
  return { features, notes, problems };
}

function declaredWords({ by, why }: DeclaredColumn): string {
  return `${by} declared it${why === null ? '' : ` (${why})`}`;
}

function uselessBecause({ rows, missing, distinct, type, example }: ColumnFacts): string | undefined {
  const known = rows - missing;
  if (known === 0) return 'it has no value in any row';
  if (distinct === 1) return `it has one value only, ${isTextType(type) ? `"${example}"` : example}`;
  if (isTextType(type) && distinct === known && known >= fewestForIdentifier) {
    return 'it is a different text in every row, such as a name or an identifier';
  }
  return undefined;
}

function listProblems(list: readonly string[] | undefined, key: string, names: readonly string[]): Problem[] {
  return (list ?? []).flatMap((name, index) => {
    const path = `${key}[${index}]`;
    if (!names.includes(name)) return [{ path, message: unknownWords('column', name, names) }];
    if (list?.indexOf(name) !== index) return [{ path, message: `"${name}" is named twice` }];
    return [];
  });
}
