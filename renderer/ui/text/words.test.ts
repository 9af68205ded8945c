import { expect, test } from 'vitest';
import { defineWords } from './words.ts';

test('a message with values is a function of them', () => {
  const words = defineWords(
    { title: 'Runs', picked: (n: number) => `${n} picked`, state: { none: 'none' } },
    { title: 'Läufe', picked: (n) => `${n} gewählt`, state: { none: 'keine' } },
  );
  expect([words.title, words.picked(2), words.state.none]).toEqual(['Runs', '2 picked', 'none']);
});
