import { defineWords } from '../../ui/text/words.ts';

export const words = defineWords(
  {
    title: 'Gallery',
    about: (count: number) => `${count} charts from fixed data`,
    picked: (count: number) => (count === 1 ? '1 mark picked' : `${count} marks picked`),
  },
  {
    title: 'Galerie',
    about: (count) => `${count} Diagramme aus festen Daten`,
    picked: (count) => (count === 1 ? '1 Marke gewählt' : `${count} Marken gewählt`),
  },
);
