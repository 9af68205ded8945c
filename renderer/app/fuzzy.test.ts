import { expect, test } from 'vitest';
import { fit } from './fuzzy.ts';

const rank = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: fit(query, text) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ text }) => text);

test('the start of the text comes before the start of a word, and that before its middle', () => {
  expect(rank('mod', 'a remodelled house', 'the model', 'models')).toEqual([
    'models',
    'the model',
    'a remodelled house',
  ]);
});

test('all words must be there, in any order, with or without accents', () => {
  expect(rank('houses data', 'dataset houses', 'dataset cars')).toEqual(['dataset houses']);
  expect(rank('laufe', 'Läufe')).toEqual(['Läufe']);
});

test('letters that begin words are enough, letters from anywhere are not', () => {
  expect(rank('tm', 'train a model', 'item', 'atom smash')).toEqual(['train a model']);
  expect(rank('trmo', 'train a model')).toEqual(['train a model']);
  expect(rank('xyz', 'train a model')).toEqual([]);
  expect(rank('journal of nothing', 'Go to Journal', 'journal 3 records')).toEqual([]);
});

test('an empty query fits everything', () => {
  expect(fit('  ', 'anything')).toBe(1);
});
