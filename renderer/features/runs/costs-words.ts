import { defineWords } from '../../ui/text/words.ts';

/** Of what the mistakes of a model of classes cost. */
export const words = defineWords(
  {
    title: 'What do its mistakes cost?',
    about:
      'Say what each mistake costs, and the class of least expected cost is decided for. Nothing is learned from the test rows.',
    matrix: 'Cost of a decision: actual by decided',
    actual: 'actual ↓ decided →',
    costOf: (actual: string, decided: string) => `cost of deciding ${decided} where ${actual} is true`,
    many: (classes: number, most: number) =>
      `There are ${classes} classes, and a form of more than ${most} is hard to fill: \`holdfast evaluation costs RUN --costs FILE\` reads the costs from a file.`,
    run: 'Decide by cost',
    running: 'Deciding by cost',
    decision: 'Decision',
    cost: 'Cost a row',
    accuracy: 'Accuracy',
    usual: 'most likely class',
    cheapest: 'least expected cost',
    always: (name: string) => `always ${name}`,
    decided: 'Rows decided for least cost: actual by decided',
    expected: (cost: string) => `The probabilities led to expect ${cost} a row.`,
  },
  {
    title: 'Was kosten seine Fehler?',
    about:
      'Sagen, was jeder Fehler kostet; entschieden wird für die Klasse mit den kleinsten erwarteten Kosten. Aus den Testzeilen wird nichts gelernt.',
    matrix: 'Kosten einer Entscheidung: wahre gegen entschiedene Klasse',
    actual: 'wahr ↓ entschieden →',
    costOf: (actual, decided) => `Kosten, für ${decided} zu entscheiden, wo ${actual} wahr ist`,
    many: (classes, most) =>
      `Es gibt ${classes} Klassen, und ein Formular mit mehr als ${most} ist schwer zu füllen: \`holdfast evaluation costs RUN --costs FILE\` liest die Kosten aus einer Datei.`,
    run: 'Nach Kosten entscheiden',
    running: 'Es wird nach Kosten entschieden',
    decision: 'Entscheidung',
    cost: 'Kosten je Zeile',
    accuracy: 'Genauigkeit',
    usual: 'wahrscheinlichste Klasse',
    cheapest: 'kleinste erwartete Kosten',
    always: (name) => `immer ${name}`,
    decided: 'Nach Kosten entschiedene Zeilen: wahre gegen entschiedene Klasse',
    expected: (cost) => `Nach den Wahrscheinlichkeiten waren ${cost} je Zeile zu erwarten.`,
  },
);
