import { isTextType } from '../../preload/contract/column-types.ts';
import type { ColumnFacts } from './column-facts.ts';
import type { FamilyTakes } from './design.ts';
import { unknownWords } from './nearest.ts';
import { join, schemaProblems } from './schema-problems.ts';
import type { Problem, RecipeStep } from './recipe.ts';
import { findStep, steps } from './steps/index.ts';

/** The steps when the recipe names none, by the kinds of column there are and what the family takes. */
export function defaultSteps(features: readonly ColumnFacts[], takes: FamilyTakes): RecipeStep[] {
  const text = features.some((column) => isTextType(column.type));
  const numbers = features.some((column) => !isTextType(column.type));
  return [
    ...(numbers && !takes.missing
      ? [{ step: 'impute', columns: 'numbers' as const, strategy: 'median' }]
      : []),
    ...(text && !takes.missing
      ? [{ step: 'impute', columns: 'categories' as const, strategy: 'most_frequent' }]
      : []),
    ...(numbers && takes.numbers === 'scaled' ? [{ step: 'scale', columns: 'numbers' as const }] : []),
    ...(text
      ? [{ step: takes.categories === 'codes' ? 'codes' : 'one-hot', columns: 'categories' as const }]
      : []),
  ];
}

/** Steps with every parameter filled in, and what is wrong with them as far as their own schemas can say. */
export function fillSteps(written: readonly RecipeStep[]): {
  readonly steps: readonly RecipeStep[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const filled = written.flatMap((wanted, index): RecipeStep[] => {
    const { step: id, columns, ...params } = wanted;
    const path = join('steps', index);
    const step = findStep(id);
    if (!step) {
      problems.push({
        path: join(path, 'step'),
        message: unknownWords(
          'step',
          id,
          steps.map((known) => known.id),
        ),
      });
      return [];
    }
    const wrong = schemaProblems(step.params, params, path);
    const selector = columns ?? step.selects;
    if (step.reads && columns !== undefined) {
      wrong.push({
        path: join(path, 'columns'),
        message: `${id} takes no columns; its parameters say which it reads`,
      });
    } else if (selector === null && !step.reads) {
      wrong.push({ path: join(path, 'columns'), message: `is missing; say which columns to ${id}` });
    }
    problems.push(...wrong);
    if (wrong.length > 0) return [];
    return [{ step: id, ...(selector === null ? {} : { columns: selector }), ...step.params.parse(params) }];
  });
  return { steps: filled, problems };
}
