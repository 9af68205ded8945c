import { defineDetector } from './detector.ts';

/** Sentences: what people write may name anybody. */
export const freeText = defineDetector({
  id: 'free-text',
  title: 'free text',
  proof: 'shape',
  names:
    /\b(?:notes?|comments?|description|remarks?|message|feedback|review|text|body|bemerkung(?:en)?|kommentar|anmerkung(?:en)?)\b/,
  types: ['utf8'],
  matches(value) {
    const words = value.split(/\s+/).filter((part) => /\p{L}/u.test(part));
    return words.length >= 6;
  },
  samples: [
    'The patient called twice and asked for her results.',
    'Wohnt jetzt bei ihrer Schwester in der Stadt.',
  ],
  others: ['short note', '1 2 3 4 5 6 7 8'],
});
