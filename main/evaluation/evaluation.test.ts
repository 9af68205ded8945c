import { describe, expect, test } from 'vitest';
import { Figure } from '../../preload/contract/figures.ts';
import type { Target } from '../recipes/index.ts';
import { evaluate, evaluateSplits, metrics } from './index.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

interface Case {
  readonly name: string;
  readonly task: string;
  readonly actual?: number[];
  readonly predicted?: number[];
  readonly classes?: string[];
  readonly codes?: number[];
  readonly probabilities?: number[][];
  readonly expected: Record<string, number | null>;
  readonly perClass?: number[][];
  readonly confusion?: number[][];
}

const cases = fixture.cases as Case[];

function outcomeOf({
  task,
  actual = [],
  predicted = [],
  classes = [],
  codes = [],
  probabilities = [],
}: Case) {
  const target: Target =
    task === 'regression'
      ? { task: 'regression', values: Float64Array.from(actual) }
      : { task: 'classification', classes, codes: Int32Array.from(codes) };
  return { target, predictions: Float64Array.from(task === 'regression' ? predicted : probabilities.flat()) };
}

describe(`values of ${fixture['made with']}, to 1e-9`, () => {
  test.each(cases)('$name', (example) => {
    const { metrics: values, evaluated } = evaluate(outcomeOf(example));
    expect(Object.keys(values).toSorted()).toEqual(Object.keys(example.expected).toSorted());
    const wrong = Object.entries(example.expected).filter(([id, expected]) => {
      const value = values[id] ?? null;
      if (expected === null || value === null) return value !== expected;
      return !(Math.abs(value - expected) / Math.max(1, Math.abs(expected)) < 1e-9);
    });
    expect(wrong.map(([id, expected]) => ({ id, expected, got: values[id] }))).toEqual([]);
    if (!example.confusion) return;
    expect(evaluated.confusion).toEqual(example.confusion);
    example.perClass?.forEach(([precision = NaN, recall = NaN, f1 = NaN, support], k) => {
      const row = evaluated.perClass[k];
      expect(row?.precision).toBeCloseTo(precision, 9);
      expect(row?.recall).toBeCloseTo(recall, 9);
      expect(row?.f1).toBeCloseTo(f1, 9);
      expect(row?.support).toBe(support);
    });
  });
});

test('a metric without a value says why, and no number is ever NaN', () => {
  const oneClass = cases.find(({ name }) => name === 'one class in the split');
  if (!oneClass) throw new Error('the fixture changed');
  const { evaluated } = evaluate(outcomeOf(oneClass));
  expect(evaluated.undefinedBecause['roc_auc']).toBe('no row of this split is of class "no"');
  const empty = evaluate({
    target: { task: 'regression', values: new Float64Array() },
    predictions: new Float64Array(),
  });
  expect(Object.values(empty.metrics).every((value) => value === null)).toBe(true);
  expect(empty.evaluated.undefinedBecause['r2']).toBe('the split has no rows');
});

test('every metric says what it means', () => {
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
  for (const metric of metrics) {
    expect(metric.doc.length, metric.id).toBeGreaterThan(20);
    expect(metric.formula, metric.id).not.toBe('');
  }
});

describe('figures', () => {
  const history = Array.from({ length: 5000 }, (_, step) => ({
    step: step + 1,
    loss: 1 / (step + 1),
    val_loss: 1 / (step + 1) + step / 1e4,
  }));

  test.each(cases.filter((example) => (example.actual ?? example.codes ?? []).length > 50))(
    'of $name are bounded and fit the contract',
    (example) => {
      const outcome = outcomeOf(example);
      const { figures } = evaluateSplits(
        { train: outcome, validation: outcome, test: outcome },
        { target: 'price', history },
      );
      const wanted =
        example.task === 'regression'
          ? ['learning-curve', 'predicted-actual', 'residuals', 'residual-histogram']
          : ['learning-curve', 'confusion', 'roc', 'precision-recall', 'calibration'];
      expect(figures.map(({ id }) => id)).toEqual(wanted);
      for (const figure of figures) {
        expect(Figure.parse(figure)).toEqual(figure);
        for (const { x, y } of figure.series) {
          expect(x.length).toBeLessThanOrEqual(2000);
          expect(figure.id === 'confusion' || y.length === x.length).toBe(true);
        }
        expect(JSON.stringify(figure)).not.toMatch(/null,null|NaN/);
      }
    },
  );

  test('a thinned ROC curve keeps its area', () => {
    const rows = 20_000;
    const codes = Int32Array.from({ length: rows }, (_, i) => (i * 7919) % 2);
    const predictions = Float64Array.from({ length: rows * 2 }, (_, i) => {
      const row = i >> 1;
      const p = (((row * 104_729) % 9973) / 9973) * 0.7 + 0.3 * (codes[row] ?? 0);
      return i % 2 ? p : 1 - p;
    });
    const outcome = {
      target: { task: 'classification', classes: ['no', 'yes'], codes } as Target,
      predictions,
    };
    const { figures, metrics: values } = evaluateSplits(
      { train: outcome, validation: outcome, test: outcome },
      { target: 'y', history: [] },
    );
    const curve = figures.find(({ id }) => id === 'roc')?.series[1];
    const x = (curve?.x ?? []) as number[];
    const y = (curve?.y ?? []) as number[];
    const area = x
      .slice(1)
      .reduce((sum, value, i) => sum + ((value - (x[i] ?? 0)) * ((y[i] ?? 0) + (y[i + 1] ?? 0))) / 2, 0);
    expect(area).toBeCloseTo(values.test['roc_auc'] ?? NaN, 3);
    expect(x.length).toBeLessThanOrEqual(400);
  });
});
