import type { Metric } from './metric.ts';
import { scored, type Scored } from './scored.ts';

/** A few rows small enough to follow by hand, as a table. */
interface ExampleRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly scored: Scored;
}

export interface MetricExample extends Omit<ExampleRows, 'scored'> {
  readonly working: string;
  /** What the metric's own code says for the rows. */
  readonly value: number;
}

const actual = [100, 200, 300, 400];
const predicted = [110, 190, 330, 400];
const numbers: ExampleRows = {
  columns: ['true', 'predicted', 'error'],
  rows: actual.map((value, i) => [value, predicted[i] ?? 0, Math.abs(value - (predicted[i] ?? 0))]),
  scored: scored({ task: 'regression', values: Float64Array.from(actual) }, Float64Array.from(predicted)),
};

const codes = [1, 0, 1, 0, 1, 0, 0, 0];
const chances = [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1];
const names = ['no', 'yes'];
const classes: ExampleRows = {
  columns: ['true', 'probability of yes', 'predicted'],
  rows: codes.map((code, i) => [
    names[code] ?? '',
    chances[i] ?? 0,
    names[Number((chances[i] ?? 0) > 0.5)] ?? '',
  ]),
  scored: scored(
    { task: 'classification', classes: names, codes: Int32Array.from(codes) },
    Float64Array.from(chances.flatMap((p) => [1 - p, p])),
  ),
};

const severalCodes = [0, 0, 1, 1, 2];
const severalChances = [
  [0.6, 0.3, 0.1],
  [0.3, 0.5, 0.2],
  [0.2, 0.7, 0.1],
  [0.4, 0.25, 0.35],
  [0.1, 0.2, 0.7],
];
const severalNames = ['a', 'b', 'c'];
const several: ExampleRows = {
  columns: ['true', ...severalNames.map((name) => `probability of ${name}`)],
  rows: severalCodes.map((code, i) => [severalNames[code] ?? '', ...(severalChances[i] ?? [])]),
  scored: scored(
    { task: 'classification', classes: severalNames, codes: Int32Array.from(severalCodes) },
    Float64Array.from(severalChances.flat()),
  ),
};

/** The worked example of a metric; undefined when no table gives it a value. */
export function exampleOf({ compute, working }: Metric): MetricExample | undefined {
  for (const { columns, rows, scored: split } of [numbers, classes, several]) {
    const value = compute(split);
    if (typeof value === 'number') return { columns, rows, working, value };
  }
  return undefined;
}
