import { expect, test } from 'vitest';
import { detectors, maskPlain } from './index.ts';

test.each(detectors)(
  '$id finds what it is for, and nothing near it',
  ({ matches, samples, others, names }) => {
    for (const value of samples) expect(matches(value, true), value).toBe(true);
    for (const value of others) {
      expect(matches(value, false), value).toBe(false);
      expect(matches(value, true), value).toBe(false);
    }
    expect(matches('', true)).toBe(false);
    expect(names.test('zzz')).toBe(false);
    expect(names.global).toBe(false);
  },
);

const letters = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;

test.each(detectors)('$id: the mask never gives a value away', ({ mask = maskPlain, samples }) => {
  for (const value of samples) {
    const shown = mask(value);
    expect(shown).toContain('***');
    expect(shown).not.toContain(value);
    expect(letters(shown), shown).toBeLessThanOrEqual(Math.max(1, letters(value) / 2));
  }
});

test.each(detectors.filter(({ proof }) => proof === 'checksum'))(
  '$id: a digit that is changed is noticed',
  ({ matches, samples }) => {
    for (const value of samples) {
      const at = value.search(/\d(?=\D*$)/);
      const changed = value.slice(0, at) + String((Number(value[at]) + 1) % 10) + value.slice(at + 1);
      expect(matches(changed, true), changed).toBe(false);
    }
  },
);

test('every detector has an id of its own', () => {
  expect(new Set(detectors.map(({ id }) => id)).size).toBe(detectors.length);
});

const found = (value: string): string[] =>
  detectors.filter(({ matches, onlyNamed }) => !onlyNamed && matches(value, false)).map(({ id }) => id);

test('numbers that only look alike are left alone where the name does not speak for them', () => {
  expect(found('1.2.3.4')).toEqual([]);
  expect(found('2.10.0.1')).toEqual([]);
  expect(found('ORD-10023')).toEqual([]);
  expect(found('1234567812345678')).toEqual([]);
  expect(found('2024-01-31')).toEqual([]);
  expect(found('536221234')).toEqual([]);
  expect(found('2025550123')).toEqual([]);
  expect(found('00123456789')).toEqual([]);
});
