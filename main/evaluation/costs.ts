import { fail } from '../../preload/contract/errors.ts';
import type { CostDecision, WrittenCosts } from '../../preload/contract/evaluation.ts';
import { mean, studentQuantile } from '../math/index.ts';
import type { ScoredClasses } from './scored.ts';

/** What each decision costs: `cost[actual * classes + decided]`. */
export interface CostMatrix {
  readonly classes: readonly string[];
  readonly cost: Float64Array;
}

/** The matrix as people write it, `{actual: {decided: cost}}`; what is not written costs 1, and to be right nothing. Throws `costs-class-unknown` and `costs-all-same`. */
export function costMatrix(classes: readonly string[], written: WrittenCosts): CostMatrix {
  const width = classes.length;
  const cost = Float64Array.from({ length: width * width }, (_, at) =>
    Math.floor(at / width) === at % width ? 0 : 1,
  );
  const placeOf = (name: string): number => {
    const place = classes.indexOf(name);
    if (place < 0) throw fail('costs-class-unknown', { class: name, known: [...classes] });
    return place;
  };
  for (const [actual, row] of Object.entries(written)) {
    for (const [decided, value] of Object.entries(row))
      cost[placeOf(actual) * width + placeOf(decided)] = value;
  }
  const rows = Array.from({ length: width }, (_, k) => cost.subarray(k * width, (k + 1) * width));
  if (rows.every((row) => row.every((value) => value === row[0])))
    throw fail('costs-all-same', { classes: width });
  return { classes, cost };
}

/** For each row the class whose expected cost is least (of equal ones the first), and that cost. O(rows x classes²). */
export function leastCost(
  probabilities: Float64Array,
  { classes, cost }: CostMatrix,
): { readonly decided: Int32Array; readonly expected: Float64Array } {
  const width = classes.length;
  const rows = probabilities.length / width;
  const decided = new Int32Array(rows);
  const expected = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += probabilities[row * width + k]! * cost[k * width + j]!;
      if (sum < least) {
        least = sum;
        decided[row] = j;
      }
    }
    expected[row] = least;
  }
  return { decided, expected };
}

export interface CostsFound {
  readonly rows: number;
  readonly classes: readonly string[];
  /** Rows are actual, columns decided. */
  readonly costs: readonly (readonly number[])[];
  readonly usual: CostDecision;
  readonly cheapest: CostDecision;
  readonly always: { readonly class: string; readonly cost: number };
  readonly saved: { readonly difference: number; readonly low: number | null; readonly high: number | null };
  readonly expected: number;
}

/**
 * What the decisions of a model of classes cost: the most likely class, the one of least expected cost (Elkan 2001), and the best class to
 * decide for always. What is saved a row has the 95 % interval of paired differences. At least one row.
 */
export function costsOf(scored: ScoredClasses, matrix: CostMatrix): CostsFound {
  const { classes, actual, predicted, probabilities, rows } = scored;
  const width = classes.length;
  const { decided, expected } = leastCost(probabilities, matrix);
  const costOf = (of: Int32Array): Float64Array =>
    Float64Array.from(of, (code, row) => matrix.cost[actual[row]! * width + code]!);
  const usual = costOf(predicted);
  const cheapest = costOf(decided);
  const constants = classes.map((_, k) => mean(costOf(new Int32Array(rows).fill(k))));
  const best = constants.indexOf(Math.min(...constants));
  const differences = usual.map((value, row) => value - cheapest[row]!);
  const difference = mean(differences);
  const variance = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / (rows - 1);
  const spread = rows > 1 ? studentQuantile(0.975, rows - 1) * Math.sqrt(variance / rows) : null;
  return {
    rows,
    classes,
    costs: square(matrix.cost, width),
    usual: decisionOf(actual, predicted, usual, width),
    cheapest: decisionOf(actual, decided, cheapest, width),
    always: { class: classes[best]!, cost: constants[best]! },
    saved: {
      difference,
      low: spread === null ? null : difference - spread,
      high: spread === null ? null : difference + spread,
    },
    expected: mean(expected),
  };
}

function decisionOf(
  actual: Int32Array,
  decided: Int32Array,
  costs: Float64Array,
  width: number,
): CostDecision {
  const confusion = new Float64Array(width * width);
  let right = 0;
  decided.forEach((code, row) => {
    const at = actual[row]! * width + code;
    confusion[at] = confusion[at]! + 1;
    if (code === actual[row]) right++;
  });
  return { cost: mean(costs), accuracy: right / decided.length, confusion: square(confusion, width) };
}

function square(values: Float64Array, width: number): number[][] {
  return Array.from({ length: width }, (_, k) => [...values.subarray(k * width, (k + 1) * width)]);
}
