import { defineWords } from '../../../ui/text/words.ts';

export const relationWords = defineWords(
  {
    reading: 'Comparing the columns',
    associations: 'How columns go together',
    coefficient: 'Correlation of numbers',
    coefficients: { pearson: 'Pearson', spearman: 'Spearman' },
    about:
      'Two columns of numbers by their correlation (blue rises together, orange against each other), two of text by Cramér’s V, one of each by the correlation ratio; from the rows that have both.',
    sampled: (rows: string, all: string) => `Of ${rows} evenly spaced rows of ${all}.`,
    tooFew: 'There are fewer than two columns to compare.',
    leftOut: (names: string) => `Left out: ${names}.`,
    reasons: {
      'one-value': 'one value only',
      'many-values': 'too many different texts',
      'beyond-limit': 'too many columns',
    },
    measures: {
      pearson: 'Pearson’s correlation',
      spearman: 'Spearman’s correlation',
      cramersV: 'Cramér’s V',
      correlationRatio: 'Correlation ratio',
    },
    pair: (measure: string, a: string, b: string, value: string) => `${measure} of ${a} and ${b}: ${value}`,
    none: 'cannot be said',
    column: 'Column',
    missing: 'Missing together',
    complete: (rows: string, all: string) => `Nothing is missing in ${rows} of ${all} rows.`,
    rows: 'Rows',
    together: 'Columns without a value',
    more: (shown: string, all: string) => `The ${shown} commonest of ${all} sets of columns.`,
    duplicates: 'Rows that occur again',
    noDuplicates: 'No row is like another in every column.',
    duplicateRows: (rows: string, all: string, groups: string) =>
      `${rows} of ${all} rows are like an earlier one in every column; ${groups} different rows occur more than once.`,
    like: (row: string, like: string) => `Row ${row} is row ${like} again`,
  },
  {
    reading: 'Spalten vergleichen',
    associations: 'Wie Spalten zusammenhängen',
    coefficient: 'Korrelation von Zahlen',
    coefficients: { pearson: 'Pearson', spearman: 'Spearman' },
    about:
      'Zwei Spalten mit Zahlen nach ihrer Korrelation (blau: gleichläufig, orange: gegenläufig), zwei mit Text nach Cramérs V, je eine nach dem Korrelationsverhältnis; aus den Zeilen, die beide haben.',
    sampled: (rows, all) => `Aus ${rows} gleichmäßig verteilten Zeilen von ${all}.`,
    tooFew: 'Es gibt weniger als zwei Spalten zu vergleichen.',
    leftOut: (names) => `Nicht dabei: ${names}.`,
    reasons: {
      'one-value': 'nur ein Wert',
      'many-values': 'zu viele verschiedene Texte',
      'beyond-limit': 'zu viele Spalten',
    },
    measures: {
      pearson: 'Korrelation nach Pearson',
      spearman: 'Korrelation nach Spearman',
      cramersV: 'Cramérs V',
      correlationRatio: 'Korrelationsverhältnis',
    },
    pair: (measure, a, b, value) => `${measure} von ${a} und ${b}: ${value}`,
    none: 'nicht bestimmbar',
    column: 'Spalte',
    missing: 'Fehlt gemeinsam',
    complete: (rows, all) => `In ${rows} von ${all} Zeilen fehlt nichts.`,
    rows: 'Zeilen',
    together: 'Spalten ohne Wert',
    more: (shown, all) => `Die ${shown} häufigsten von ${all} Spaltengruppen.`,
    duplicates: 'Zeilen, die wieder vorkommen',
    noDuplicates: 'Keine Zeile gleicht einer anderen in jeder Spalte.',
    duplicateRows: (rows, all, groups) =>
      `${rows} von ${all} Zeilen gleichen einer früheren in jeder Spalte; ${groups} verschiedene Zeilen kommen mehrmals vor.`,
    like: (row, like) => `Zeile ${row} ist wieder Zeile ${like}`,
  },
);
