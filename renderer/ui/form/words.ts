import { defineWords } from '../text/words.ts';

export const words = defineWords(
  {
    none: 'none',
    wholeNumbers: 'whole numbers with commas between, such as 64, 32',
    numbers: 'numbers with commas between',
    choose: 'Choose …',
    reset: 'reset',
    resetOf: (title: string) => `reset ${title}`,
    backTo: (standard: string) => `back to ${standard}`,
    nothing: 'Nothing to set here.',
  },
  {
    none: 'keine',
    wholeNumbers: 'ganze Zahlen mit Kommas dazwischen, etwa 64, 32',
    numbers: 'Zahlen mit Kommas dazwischen',
    choose: 'Wählen …',
    reset: 'zurücksetzen',
    resetOf: (title) => `${title} zurücksetzen`,
    backTo: (standard) => `zurück zu ${standard}`,
    nothing: 'Hier ist nichts einzustellen.',
  },
);
