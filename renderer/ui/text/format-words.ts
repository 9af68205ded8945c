import { defineWords } from './words.ts';

export const words = defineWords(
  {
    notANumber: 'not a number',
    infinity: 'infinity',
    justNow: 'just now',
    missing: 'missing',
    undefined: 'undefined',
    id: 'id',
    clickToCopy: 'click to copy',
    copy: (label: string, short: string) => `copy ${label} ${short}`,
    copied: 'copied',
  },
  {
    notANumber: 'keine Zahl',
    infinity: 'unendlich',
    justNow: 'gerade eben',
    missing: 'fehlt',
    undefined: 'nicht definiert',
    id: 'Kennung',
    clickToCopy: 'klicken zum Kopieren',
    copy: (label, short) => `${label} ${short} kopieren`,
    copied: 'kopiert',
  },
);
