import { defineWords } from '../text/words.ts';

export const words = defineWords(
  {
    thisPage: 'this page',
    thisFigure: 'this figure',
    thisColumn: 'this column',
    copyLink: (what: string) => `Copy a link to ${what}`,
    copied: 'copied',
  },
  {
    thisPage: 'diese Seite',
    thisFigure: 'dieses Bild',
    thisColumn: 'diese Spalte',
    copyLink: (what) => `Link auf ${what} kopieren`,
    copied: 'kopiert',
  },
);
