import { expect, test } from 'vitest';
import { compareRuns, tolerancesOf, type RunTraces } from './compare-runs.ts';

const recorded: RunTraces = {
  split: 'a1',
  pipeline: 'b1',
  model: 'c1',
  engine: { id: 'javascript', version: '13.6', detail: 'node 24, linux x64' },
  metrics: {
    train: { r2: 0.9 },
    validation: { r2: 0.8 },
    test: { r2: 0.7, mean_absolute_error: 50_000, mape: null },
  },
};
const test_ = recorded.metrics['test'] ?? {};

test('the same bytes are identical', () => {
  expect(compareRuns(recorded, structuredClone(recorded))).toEqual({ verdict: 'identical', differences: [] });
});

test('other rows are not reproduced, whatever the metrics say', () => {
  expect(compareRuns(recorded, { ...recorded, split: 'a2' })).toEqual({
    verdict: 'not-reproduced',
    differences: [{ what: 'split', recorded: 'a1', now: 'a2', tolerance: null }],
  });
});

test('other bytes with metrics within tolerance say so, and by which engine', () => {
  const now: RunTraces = {
    ...recorded,
    model: 'c2',
    engine: { ...recorded.engine, detail: 'node 24, darwin arm64' },
    metrics: { ...recorded.metrics, test: { ...test_, mean_absolute_error: 50_000.04 } },
  };
  expect(compareRuns(recorded, now)).toEqual({
    verdict: 'within-tolerance',
    differences: [
      { what: 'model bytes', recorded: 'c1', now: 'c2', tolerance: null },
      {
        what: 'engine',
        recorded: 'javascript 13.6 (node 24, linux x64)',
        now: 'javascript 13.6 (node 24, darwin arm64)',
        tolerance: null,
      },
      { what: 'test mean_absolute_error', recorded: '50000', now: '50000.04', tolerance: '0.05' },
    ],
  });
});

test('a metric beyond tolerance comes first', () => {
  const now: RunTraces = {
    ...recorded,
    model: 'c2',
    metrics: { ...recorded.metrics, train: { r2: 0.9000001 }, test: { ...test_, r2: 0.6 } },
  };
  const { verdict, differences } = compareRuns(recorded, now);
  expect(verdict).toBe('not-reproduced');
  expect(differences.map(({ what }) => what)).toEqual(['test r2', 'model bytes', 'train r2']);
});

test('a metric that is gone is a difference', () => {
  const now: RunTraces = { ...recorded, metrics: { ...recorded.metrics, test: { r2: 0.7, mape: null } } };
  expect(compareRuns(recorded, now)).toEqual({
    verdict: 'not-reproduced',
    differences: [{ what: 'test mean_absolute_error', recorded: '50000', now: 'null', tolerance: '0.05' }],
  });
});

test('metrics may be as far apart as repeated seeds put them, and the tolerance is told', () => {
  const network: RunTraces = {
    ...recorded,
    engine: { id: 'tensorflow', version: '2.21.0', detail: '1 thread' },
  };
  const now: RunTraces = {
    ...network,
    model: 'c2',
    metrics: { ...network.metrics, test: { ...test_, r2: 0.71 } },
  };
  expect(compareRuns(network, now).verdict).toBe('not-reproduced');
  const seeds = [0.7, 0.71, 0.72].map((r2) => ({ ...network.metrics, test: { ...test_, r2 } }));
  const tolerances = tolerancesOf(seeds);
  expect(tolerances.get('test r2')).toBeCloseTo(2.8 * 0.01, 12);
  const around = [{ what: 'processor', recorded: 'this', now: 'that', tolerance: null }];
  expect(compareRuns(network, now, { tolerances, around })).toEqual({
    verdict: 'within-tolerance',
    differences: [
      { what: 'model bytes', recorded: 'c1', now: 'c2', tolerance: null },
      ...around,
      { what: 'test r2', recorded: '0.7', now: '0.71', tolerance: '0.028' },
    ],
  });
  const far = { ...now, metrics: { ...now.metrics, test: { ...test_, r2: 0.6 } } };
  expect(compareRuns(network, far, { tolerances }).differences[0]?.what).toBe('test r2');
});
