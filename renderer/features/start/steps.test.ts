import { expect, test } from 'vitest';
import { seenAt } from './seen.ts';
import { firstSteps, type Known } from './steps.ts';

const done = (known: Known): string[] =>
  firstSteps(known)
    .filter((step) => step.done)
    .map(({ name }) => name);

test('nothing is done where nothing is, and every step leads somewhere', () => {
  expect(done({ seen: [] })).toEqual([]);
  expect(firstSteps({ seen: [] }).map(({ path }) => path)).toEqual([
    '/data/import',
    '/data',
    '/train',
    '/train',
    '/runs',
    '/models',
  ]);
});

test('what was done counts, however it was done', () => {
  const record = { seq: 9, at: '', by: 'ada', subjects: [], hash: '' };
  expect(done({ seen: ['compare'], journal: [{ ...record, action: 'datasets.import' }] })).toEqual([
    'compare',
  ]);
  expect(done({ seen: [], journal: [{ ...record, action: 'remotes.push' }] })).toEqual(['export']);
  expect(done({ seen: ['look'], journal: [{ ...record, action: 'bundles.export' }] })).toEqual([
    'look',
    'export',
  ]);
});

test('which places count as looked at', () => {
  expect(seenAt('/data/houses')).toBe('look');
  expect(seenAt('/data/houses/profile')).toBe('look');
  expect(seenAt('/data/import')).toBeNull();
  expect(seenAt('/data')).toBeNull();
  expect(seenAt('/runs/compare/a/b')).toBe('compare');
});
