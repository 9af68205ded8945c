import { defineWords } from '../../ui/text/words.ts';

export const words = defineWords(
  {
    title: 'Why is one better?',
    reading: 'Finding the runs between them',
    same: (metric: string, value: string) => `Neither: ${metric} on the test rows is ${value} in both.`,
    better: (side: string, metric: string, a: string, b: string) =>
      `${side} is better: ${metric} on the test rows is ${a} in A and ${b} in B.`,
    otherRows: 'They were judged by different rows, which alone can make a difference.',
    walk: 'From A to B',
    outcomes: {
      better: (from: string, to: string) => `improved from ${from} to ${to}`,
      worse: (from: string, to: string) => `got worse, from ${from} to ${to}`,
      same: (from: string, _to: string) => `stayed at ${from}`,
    },
    step: (changes: string, metric: string, outcome: string) => `${changes}: ${metric} ${outcome}`,
    noise: ', no more than the seed alone may bring',
    nothing: 'Nothing changed',
    added: (what: string, value: string) => `${what}: ${value} added`,
    removed: (what: string, value: string) => `${what}: ${value} removed`,
    changed: (what: string, from: string, to: string) => `${what} from ${from} to ${to}`,
    together:
      'Where several things changed at once, no run tells their shares apart: train one with each change alone.',
    elsewhere: (change: string, better: number, worse: number, same: number) =>
      `${change}, all else equal, elsewhere: better in ${better}, worse in ${worse}${same ? `, the same in ${same}` : ''}.`,
    seeds: (metric: string, limit: string, runs: number) =>
      `The seed alone puts ${metric} up to ${limit} apart (2.8 standard deviations, ${runs} runs).`,
    also: (changes: string) => `Not the same either: ${changes}.`,
  },
  {
    title: 'Warum ist einer besser?',
    reading: 'Läufe dazwischen suchen',
    same: (metric, value) => `Keiner: ${metric} auf den Testzeilen ist bei beiden ${value}.`,
    better: (side, metric, a, b) =>
      `${side} ist besser: ${metric} auf den Testzeilen ist ${a} bei A und ${b} bei B.`,
    otherRows: 'Sie wurden nach verschiedenen Zeilen beurteilt; schon das kann einen Unterschied machen.',
    walk: 'Von A nach B',
    outcomes: {
      better: (from, to) => `wurde besser, von ${from} auf ${to}`,
      worse: (from, to) => `wurde schlechter, von ${from} auf ${to}`,
      same: (from, _to) => `blieb bei ${from}`,
    },
    step: (changes, metric, outcome) => `${changes}: ${metric} ${outcome}`,
    noise: ', nicht mehr, als schon der Startwert ausmacht',
    nothing: 'Nichts änderte sich',
    added: (what, value) => `${what}: ${value} kam hinzu`,
    removed: (what, value) => `${what}: ${value} fiel weg`,
    changed: (what, from, to) => `${what} von ${from} auf ${to}`,
    together:
      'Wo sich mehreres zugleich änderte, trennt kein Lauf die Anteile: trainieren Sie einen mit jeder Änderung allein.',
    elsewhere: (change, better, worse, same) =>
      `${change}, bei sonst Gleichem, anderswo: besser in ${better}, schlechter in ${worse}${same ? `, gleich in ${same}` : ''}.`,
    seeds: (metric, limit, runs) =>
      `Schon der Startwert bringt ${metric} bis zu ${limit} auseinander (2,8 Standardabweichungen, ${runs} Läufe).`,
    also: (changes) => `Auch nicht gleich: ${changes}.`,
  },
);
