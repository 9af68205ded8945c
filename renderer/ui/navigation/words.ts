import { defineWords } from '../text/words.ts';

export const words = defineWords(
  {
    thisPage: 'this page',
    copyLink: (what: string) => `Copy a link to ${what}`,
    copied: 'copied',
  },
  {
    thisPage: 'diese Seite',
    copyLink: (what) => `Link auf ${what} kopieren`,
    copied: 'kopiert',
  },
);
