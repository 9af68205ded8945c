import { defineWords } from '../../ui/text/words.ts';

/** Of curves of several runs in one picture. */
export const words = defineWords(
  {
    title: 'Curves in one picture',
    reading: 'Reading the curves',
    none: 'No two of the runs have a curve of the same kind.',
    pick: (most: number) =>
      `Pick two to ${most} runs in the table: their curves are drawn here in one picture.`,
  },
  {
    title: 'Kurven in einem Bild',
    reading: 'Die Kurven werden gelesen',
    none: 'Keine zwei der Läufe haben eine Kurve derselben Art.',
    pick: (most) =>
      `Zwei bis ${most} Läufe in der Tabelle wählen: ihre Kurven stehen dann hier in einem Bild.`,
  },
);
