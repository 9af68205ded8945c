import { defineWords } from '../../ui/text/words.ts';

export const words = defineWords(
  {
    title: (count: number) => `${count} folds`,
    label: 'Folds',
    about:
      'Each fold has a model of its own, learned from the rows of the others (by time: of those before it), and judged by its own. The model of this run is learned from all training rows.',
    fold: 'Fold',
    train: 'Learned from',
    trainAbout: 'rows that the model of the fold learned from',
    rows: 'Judged by',
    rowsAbout: 'rows of the fold, which its model did not see',
    mean: 'mean of folds',
    spread: (deviation: string) => `± ${deviation}`,
    spreadAbout: 'standard deviation over the folds',
    scoredOn: { test: 'test rows', validation: 'validation rows', folds: 'folds, mean' },
    scoredAbout:
      'This run has no test score: its test rows are sealed, or there are none. What is shown is of the rows it was tuned by.',
  },
  {
    title: (count) => `${count} Teile im Wechsel`,
    label: 'Teile',
    about:
      'Jeder Teil hat ein eigenes Modell, gelernt aus den Zeilen der anderen (nach Zeit: der früheren), und beurteilt nach den eigenen. Das Modell dieses Laufs ist aus allen Trainingszeilen gelernt.',
    fold: 'Teil',
    train: 'Gelernt aus',
    trainAbout: 'Zeilen, aus denen das Modell des Teils lernte',
    rows: 'Beurteilt nach',
    rowsAbout: 'Zeilen des Teils, die sein Modell nicht sah',
    mean: 'Mittel der Teile',
    spread: (deviation) => `± ${deviation}`,
    spreadAbout: 'Standardabweichung über die Teile',
    scoredOn: { test: 'Testzeilen', validation: 'Validierungszeilen', folds: 'Teile, Mittel' },
    scoredAbout:
      'Dieser Lauf hat keine Testzahl: seine Testzeilen sind versiegelt, oder es gibt keine. Gezeigt wird die der Zeilen, nach denen er eingestellt wurde.',
  },
);
