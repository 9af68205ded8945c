import type { Pace } from '../../pace.ts';
import { findRule, meansOf, rowsOf, type Conditions, type RuleRows } from './find-rule.ts';
import type { RulesParams } from './params.ts';

/** A rule of the list, over the rows that no rule before it takes; the last has no conditions. */
export interface ListedRule {
  readonly conditions: Conditions;
  readonly value: Float64Array;
  /** Root of the mean squared deviation of its rows from `value`, over all outputs. */
  readonly deviation: number;
  readonly rows: number;
  /** Training rows that fulfil its conditions, those of earlier rules too, and their mean. */
  readonly alone: number;
  readonly aloneValue: Float64Array;
}

export interface GrownList {
  readonly rules: readonly ListedRule[];
  /** What is said of the rest after each number of rules, from none. */
  readonly otherwise: readonly ListedRule[];
}

/** Sequential covering (Rivest 1987; Clark and Niblett 1989): the best rule for the rows that are left, again and again. */
export async function growList(
  data: RuleRows,
  params: Omit<RulesParams, 'coverage'> & { readonly coverage: number },
  pace: Pace,
  report: (rules: number) => void,
): Promise<GrownList> {
  const everyone = Int32Array.from({ length: data.weights.length }, (_, row) => row);
  let left = everyone;
  const rules: ListedRule[] = [];
  const otherwise = [describe(data, new Map(), left, everyone)];
  while (rules.length < params.max_rules && left.length >= 2 * params.min_samples_leaf) {
    const found = await findRule(data, left, params, pace);
    if (!found) break;
    const taken = new Set(found.rows);
    rules.push(describe(data, found.conditions, found.rows, everyone));
    left = left.filter((row) => !taken.has(row));
    otherwise.push(describe(data, new Map(), left, everyone));
    report(rules.length);
  }
  return { rules, otherwise };
}

function describe(
  data: RuleRows,
  conditions: Conditions,
  rows: Int32Array,
  everyone: Int32Array,
): ListedRule {
  const { means: value, weight } = meansOf(data, rows);
  let squares = 0;
  for (const row of rows)
    for (const [k, of] of data.values.entries()) squares += data.weights[row]! * (of[row]! - value[k]!) ** 2;
  const alone = rowsOf(data, conditions, everyone);
  return {
    conditions,
    value,
    deviation: weight > 0 ? Math.sqrt(squares / weight) : 0,
    rows: rows.length,
    alone: alone.length,
    aloneValue: meansOf(data, alone).means,
  };
}

/**
 * Mean squared error (of classes: Brier score) on other rows with the first 0, 1, 2, ... rules. Rows of a class that training did not
 * have are left out; undefined where none is left.
 */
export function lossByLength({ rules, otherwise }: GrownList, data: RuleRows): number[] | undefined {
  const losses = new Float64Array(rules.length + 1);
  let total = 0;
  for (const [row, weight] of data.weights.entries()) {
    if (weight === 0 || data.values.some((of) => Number.isNaN(of[row]!))) continue;
    total += weight;
    const at = rules.findIndex(({ conditions }) =>
      [...conditions].every(([axis, mask]) => mask[data.bins[axis]![row]!] === 1),
    );
    const first = at < 0 ? rules.length : at;
    const lossOf = (value: Float64Array): number =>
      data.values.reduce((sum, of, k) => sum + (of[row]! - value[k]!) ** 2, 0);
    const own = first < rules.length ? weight * lossOf(rules[first]!.value) : 0;
    for (let length = 0; length <= rules.length; length++)
      losses[length]! += length > first ? own : weight * lossOf(otherwise[length]!.value);
  }
  return total > 0 ? [...losses].map((loss) => loss / total) : undefined;
}
