import { isTextType } from '../../preload/contract/column-types.ts';
import type { Task } from '../../preload/contract/common.ts';
import { fail, type Failure } from '../../preload/contract/errors.ts';
import { countedTo, type ColumnFacts } from './column-facts.ts';

/** Whole numbers with at most so many different values, each there twice on average, are taken for classes when the recipe does not say. */
const mostNumberClasses = 10;

const mostClasses = 1000;

export interface ChosenTask {
  readonly task: Task;
  /** Why, where it was a choice. */
  readonly note?: string;
}

/** The task when the recipe does not say: text and yes/no are classes, numbers are amounts unless they are few and whole. */
export function chooseTask(target: ColumnFacts): ChosenTask {
  if (isTextType(target.type) || target.type === 'bool') return { task: 'classification' };
  const known = target.rows - target.missing;
  if (
    target.whole &&
    target.distinct > 1 &&
    target.distinct <= mostNumberClasses &&
    target.distinct * 2 <= known
  ) {
    return {
      task: 'classification',
      note: `"${target.name}" has ${target.distinct} different whole numbers, taken as classes; say "task: regression" to predict it as an amount`,
    };
  }
  return { task: 'regression' };
}

/** Why a column can't be the target of a task, or undefined when it can. */
export function targetProblem(target: ColumnFacts, task: Task): Failure | undefined {
  const { name, type, distinct, rows } = target;
  const known = rows - target.missing;
  if (known === 0) return fail('target-empty', { target: name, rows });
  if (type === 'date' || type === 'timestamp' || type === 'timestamptz') {
    return fail('target-date', { target: name, type: type === 'date' ? 'date' : 'time' });
  }
  if (task === 'regression') {
    if (isTextType(type)) return fail('target-not-numbers', { target: name, example: target.example });
    if (target.infinite >= 0) return fail('target-infinite', { target: name, row: target.infinite + 1 });
    if (distinct === 1) return fail('target-constant', { target: name, value: target.example, rows: known });
    return undefined;
  }
  if (distinct === 1)
    return fail('target-one-class', { target: name, class: classWords(target), rows: known });
  if (distinct > mostClasses || (distinct * 2 > known && distinct > mostNumberClasses)) {
    return fail('target-not-classes', {
      target: name,
      classes: distinct >= countedTo && !isTextType(type) ? `more than ${mostClasses}` : String(distinct),
      rows: known,
      reason: isTextType(type)
        ? 'that is a name or a free text, not a class. Choose another target'
        : 'too many for classes. Say "task: regression" or choose another target',
    });
  }
  return undefined;
}

function classWords(target: ColumnFacts): string {
  if (target.type !== 'bool') return target.example;
  return target.example === '1' ? 'true' : 'false';
}
