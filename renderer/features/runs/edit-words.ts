import { defineWords } from '../../ui/text/words.ts';

/** Of setting a curve by hand. */
export const words = defineWords(
  {
    open: 'Set a curve by hand',
    title: 'Set a part of a curve by hand',
    about:
      'A new run is trained from the same rows and seed, with this edit after all others. It names this run and why.',
    feature: 'Curve',
    from: 'Above',
    to: 'Up to',
    rangeAbout: 'of a number; empty is without end',
    levels: 'Levels',
    levelsAbout: 'of a category; Enter after each',
    missing: 'Where it is missing',
    value: 'Effect there',
    valueAbout: 'added to the prediction; for classes to the log odds of the second',
    why: 'Why',
    whyAbout: 'kept with the run',
    train: 'Train with this edit',
    training: 'Training with the edit',
    parent: 'Edited from',
    because: (why: string) => `: ${why}`,
  },
  {
    open: 'Kurve von Hand setzen',
    title: 'Einen Teil einer Kurve von Hand setzen',
    about:
      'Ein neuer Lauf lernt aus denselben Zeilen mit demselben Startwert, mit dieser Änderung nach allen anderen. Er nennt diesen Lauf und den Grund.',
    feature: 'Kurve',
    from: 'Über',
    to: 'Bis',
    rangeAbout: 'einer Zahl; leer ist ohne Ende',
    levels: 'Stufen',
    levelsAbout: 'einer Kategorie; nach jeder Enter',
    missing: 'Wo sie fehlt',
    value: 'Wirkung dort',
    valueAbout: 'kommt zur Vorhersage hinzu; bei Klassen zum Logit der zweiten',
    why: 'Warum',
    whyAbout: 'bleibt beim Lauf',
    train: 'Mit dieser Änderung trainieren',
    training: 'Training mit der Änderung',
    parent: 'Geändert aus',
    because: (why) => `: ${why}`,
  },
);
