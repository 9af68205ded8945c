import { canonicalJson } from './canonical-json.ts';
import type { RecipeStep, ResolvedRecipe } from './recipe.ts';
import { memberName } from './write-recipe.ts';

/** A place where two recipes differ; a step's place is that in the recipe that has it, in the second where both do. */
export interface RecipeDifference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** null where there is none. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What turns one recipe into another. Lists of columns are compared as sets. Steps are aligned by their longest common run of equal ones
 * (Hunt and Szymanski's problem, by dynamic programming); between those, a step of the same kind is one that was changed.
 */
export function diffRecipes(a: ResolvedRecipe, b: ResolvedRecipe): RecipeDifference[] {
  const { steps: before, ...restBefore } = inShort(a);
  const { steps: after, ...restAfter } = inShort(b);
  return [...diffValues('', restBefore, restAfter), ...diffSteps(before, after)];
}

/** Of the models of a combination only which they are. */
function inShort({ members, ...own }: ResolvedRecipe) {
  return { ...own, ...(members ? { members: members.map(memberName) } : {}) };
}

function diffValues(path: string, before: unknown, after: unknown): RecipeDifference[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => diffValues(path === '' ? key : `${path}.${key}`, before[key], after[key]));
  }
  if ((path === 'features' || path === 'members') && Array.isArray(before) && Array.isArray(after))
    return diffNames(path, before, after);
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: 'added', before: null, after }];
  if (after === undefined) return [{ path, kind: 'removed', before, after: null }];
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ path, kind: 'changed', before, after }];
}

/** The order of columns matters too: it is that of the model's inputs. */
function diffNames(path: string, before: readonly unknown[], after: readonly unknown[]): RecipeDifference[] {
  const removed = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  if (removed.length === 0 && added.length === 0) {
    return canonicalJson(before) === canonicalJson(after) ? [] : [{ path, kind: 'changed', before, after }];
  }
  return [
    ...removed.map((name): RecipeDifference => ({ path, kind: 'removed', before: name, after: null })),
    ...added.map((name): RecipeDifference => ({ path, kind: 'added', before: null, after: name })),
  ];
}

function diffSteps(before: readonly RecipeStep[], after: readonly RecipeStep[]): RecipeDifference[] {
  const differences: RecipeDifference[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonSteps(before, after), [before.length, after.length] as const]) {
    for (; j < nextJ; j++) {
      const added = after[j]!;
      const twin = before.findIndex(({ step }, at) => at >= i && at < nextI && step === added.step);
      for (; i < (twin < 0 ? i : twin); i++) differences.push(gone(before, i));
      if (twin < 0) differences.push({ path: `steps[${j}]`, kind: 'added', before: null, after: added });
      else differences.push(...diffValues(`steps[${j}]`, before[i++], added));
    }
    for (; i < nextI; i++) differences.push(gone(before, i));
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return differences;
}

function gone(before: readonly RecipeStep[], at: number): RecipeDifference {
  return { path: `steps[${at}]`, kind: 'removed', before: before[at], after: null };
}

/** Places of equal steps in both, ascending: a longest common subsequence. */
function commonSteps(
  before: readonly RecipeStep[],
  after: readonly RecipeStep[],
): (readonly [number, number])[] {
  const [a, b] = [before.map(canonicalJson), after.map(canonicalJson)];
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) places.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return places;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
