import type { OutputOf } from '../../api/methods.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Num } from '../../ui/text/num.tsx';
import { locale } from '../../ui/text/words.ts';
import { words as folds } from './folds-words.ts';
import { words } from './words.ts';

interface Props {
  readonly evaluated: OutputOf<'evaluation.show'>['splits']['test'];
  /** The rows it is of. */
  readonly on: keyof typeof folds.scoredOn;
}

/** How well each class is found, on the rows that tell. */
export function ClassTable({ evaluated, on }: Props) {
  if (!evaluated.perClass.length) return null;
  return (
    <DenseTable
      label={words.classes.label(folds.scoredOn[on])}
      rows={evaluated.perClass}
      keyOf={(row) => row.class}
      columns={[
        { id: 'class', title: words.classes.class, value: (row) => row.class, render: (row) => row.class },
        {
          id: 'precision',
          title: words.classes.precision,
          about: words.classes.precisionAbout,
          align: 'right',
          value: (row) => row.precision,
          render: (row) => <Num value={row.precision} because={words.classes.neverPredicted} />,
        },
        {
          id: 'recall',
          title: words.classes.recall,
          about: words.classes.recallAbout,
          align: 'right',
          value: (row) => row.recall,
          render: (row) => <Num value={row.recall} because={words.classes.noRow} />,
        },
        {
          id: 'f1',
          title: 'F1',
          align: 'right',
          value: (row) => row.f1,
          render: (row) => <Num value={row.f1} because={words.classes.undefinedF1} />,
        },
        {
          id: 'rows',
          title: words.classes.rows,
          align: 'right',
          value: (row) => row.support,
          render: (row) => row.support.toLocaleString(locale),
        },
      ]}
    />
  );
}
