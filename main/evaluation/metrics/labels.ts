import { defineClassMetric, type Metric } from '../metric.ts';
import { averaged, perClass } from '../per-class.ts';
import { positiveClass, type ScoredClasses } from '../scored.ts';

type Of = 'precision' | 'recall' | 'f1';

const ofPositive = (scored: ScoredClasses, of: Of): number => perClass(scored)[positiveClass]?.[of] ?? 0;

interface Words {
  readonly title: string;
  readonly doc: string;
  readonly formula: string;
  readonly working: { readonly positive: string; readonly macro: string; readonly weighted: string };
}

const words: Record<Of, Words> = {
  precision: {
    title: 'Precision',
    doc: 'Of the rows predicted to be of the class, the share that are.',
    formula: 'true positives / predicted positives',
    working: {
      positive: '2 / (2 + 2) = 0.5',
      macro: '(2/4 + 3/4) / 2 = 0.625',
      weighted: '(3 · 2/4 + 5 · 3/4) / 8 = 0.65625',
    },
  },
  recall: {
    title: 'Recall',
    doc: 'Of the rows that are of the class, the share that was found.',
    formula: 'true positives / actual positives',
    working: {
      positive: '2 / (2 + 1) = 0.6667',
      macro: '(2/3 + 3/5) / 2 = 0.6333',
      weighted: '(3 · 2/3 + 5 · 3/5) / 8 = 0.625',
    },
  },
  f1: {
    title: 'F1',
    doc: 'Precision and recall in one number: high only where both are.',
    formula: '2 · precision · recall / (precision + recall)',
    working: {
      positive: '2 · 2/4 · 2/3 / (2/4 + 2/3) = 0.5714',
      macro: '(4/7 + 6/9) / 2 = 0.619',
      weighted: '(3 · 4/7 + 5 · 6/9) / 8 = 0.631',
    },
  },
};

function family(of: Of): Metric[] {
  const { title, doc, formula, working } = words[of];
  const facts = { formula, direction: 'higher', unit: 'ratio' } as const;
  return [
    defineClassMetric({
      ...facts,
      id: of,
      title,
      doc,
      working: working.positive,
      only: 'binary',
      of: (s) => ofPositive(s, of),
    }),
    defineClassMetric({
      ...facts,
      id: `${of}_macro`,
      title: `${title}, macro`,
      doc: `${doc} Mean over classes, each counting the same.`,
      working: working.macro,
      of: (s) => averaged(s, of, 'macro'),
    }),
    defineClassMetric({
      ...facts,
      id: `${of}_weighted`,
      title: `${title}, weighted`,
      doc: `${doc} Mean over classes, each counting by its rows.`,
      working: working.weighted,
      of: (s) => averaged(s, of, 'weighted'),
    }),
  ];
}

export const labelMetrics: readonly Metric[] = [
  defineClassMetric({
    id: 'accuracy',
    title: 'Accuracy',
    doc: 'The share of rows whose class was predicted right. Misleading where one class is rare.',
    formula: 'right / all',
    direction: 'higher',
    unit: 'ratio',
    working: '(2 + 3) / 8 = 0.625',
    of: ({ classes, confusion, rows }) =>
      classes.reduce((right, _, k) => right + (confusion[k * classes.length + k] ?? 0), 0) / rows,
  }),
  defineClassMetric({
    id: 'balanced_accuracy',
    title: 'Balanced accuracy',
    doc: 'Mean recall over the classes that occur, so that rare classes count as much as common ones.',
    formula: 'mean over classes of recall',
    direction: 'higher',
    unit: 'ratio',
    working: '(2/3 + 3/5) / 2 = 0.6333',
    of(s) {
      const present = perClass(s).filter(({ support }) => support > 0);
      return present.reduce((sum, { recall }) => sum + recall, 0) / present.length;
    },
  }),
  ...family('precision'),
  ...family('recall'),
  ...family('f1'),
];
