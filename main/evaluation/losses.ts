import type { Scored } from './scored.ts';

/** One loss a row: the absolute error of a number, the log loss of a class (clipped at machine epsilon, as the metric is). */
export function rowLosses(scored: Scored): Float64Array {
  if (scored.task === 'regression') {
    return scored.actual.map((value, row) => Math.abs(value - scored.predicted[row]!));
  }
  const { actual, probabilities, classes } = scored;
  return Float64Array.from(actual, (code, row) => {
    const p = probabilities[row * classes.length + code]!;
    return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p)));
  });
}

export function lossName({ task }: Scored): 'absolute error' | 'log loss' {
  return task === 'regression' ? 'absolute error' : 'log loss';
}
