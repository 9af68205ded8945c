import type { SuiteCheck } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { sentenceOf } from './suite.ts';

export interface NumberedCheck {
  /** In the suite, 1 for the first. */
  readonly number: number;
  readonly check: SuiteCheck;
}

/**
 * One check of a suite: by its number, its sentence, its kind, or its kind and column (or columns) with a space or `:` between.
 * Throws `check-not-found`, `check-ambiguous`.
 */
export function findCheck(dataset: string, checks: readonly SuiteCheck[], rule: string): NumberedCheck {
  const all = checks.map((check, i) => ({ number: i + 1, check }));
  const found = all.filter(({ number, check }) => namesOf(number, check).includes(rule));
  const [only] = found;
  if (only && found.length === 1) return only;
  const code = found.length ? 'check-ambiguous' : 'check-not-found';
  const known = (found.length ? found : all).map(({ number, check }) => `${number} (${sentenceOf(check)})`);
  throw fail(code, { dataset, rule, known });
}

function namesOf(number: number, check: SuiteCheck): string[] {
  const columns = check['columns'] ?? check['column'] ?? [];
  const about = [columns].flat().map(String).join(', ');
  return [
    String(number),
    check.check,
    sentenceOf(check),
    ...(about ? [`${check.check} ${about}`, `${check.check}:${about}`] : []),
  ];
}
