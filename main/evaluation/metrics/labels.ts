import { defineClassMetric, type Metric } from '../metric.ts';
import { averaged, perClass } from '../per-class.ts';
import { positiveClass, type ScoredClasses } from '../scored.ts';

type Of = 'precision' | 'recall' | 'f1';

const ofPositive = (scored: ScoredClasses, of: Of): number => perClass(scored)[positiveClass]?.[of] ?? 0;

const words: Record<Of, { title: string; doc: string; formula: string }> = {
  precision: {
    title: 'Precision',
    doc: 'Of the rows predicted to be of the class, the share that are.',
    formula: 'true positives / predicted positives',
  },
  recall: {
    title: 'Recall',
    doc: 'Of the rows that are of the class, the share that was found.',
    formula: 'true positives / actual positives',
  },
  f1: {
    title: 'F1',
    doc: 'Precision and recall in one number: high only where both are.',
    formula: '2 · precision · recall / (precision + recall)',
  },
};

function family(of: Of): Metric[] {
  const { title, doc, formula } = words[of];
  const facts = { formula, direction: 'higher', unit: 'ratio' } as const;
  return [
    defineClassMetric({ ...facts, id: of, title, doc, only: 'binary', of: (s) => ofPositive(s, of) }),
    defineClassMetric({
      ...facts,
      id: `${of}_macro`,
      title: `${title}, macro`,
      doc: `${doc} Mean over classes, each counting the same.`,
      of: (s) => averaged(s, of, 'macro'),
    }),
    defineClassMetric({
      ...facts,
      id: `${of}_weighted`,
      title: `${title}, weighted`,
      doc: `${doc} Mean over classes, each counting by its rows.`,
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
    of(s) {
      const present = perClass(s).filter(({ support }) => support > 0);
      return present.reduce((sum, { recall }) => sum + recall, 0) / present.length;
    },
  }),
  ...family('precision'),
  ...family('recall'),
  ...family('f1'),
];
