import type { OutputOf } from '../../api/methods.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Num } from '../../ui/text/num.tsx';

/** How well each class is found, on test rows. */
export function ClassTable({ evaluated }: { evaluated: OutputOf<'evaluation.show'>['splits']['test'] }) {
  if (!evaluated.perClass.length) return null;
  return (
    <DenseTable
      label="Per class, on test rows"
      rows={evaluated.perClass}
      keyOf={(row) => row.class}
      columns={[
        { id: 'class', title: 'Class', value: (row) => row.class, render: (row) => row.class },
        {
          id: 'precision',
          title: 'Precision',
          about: 'of the rows said to be it, the share that is',
          align: 'right',
          value: (row) => row.precision,
          render: (row) => <Num value={row.precision} because="it was never predicted" />,
        },
        {
          id: 'recall',
          title: 'Recall',
          about: 'of the rows that are it, the share found',
          align: 'right',
          value: (row) => row.recall,
          render: (row) => <Num value={row.recall} because="no such row" />,
        },
        {
          id: 'f1',
          title: 'F1',
          align: 'right',
          value: (row) => row.f1,
          render: (row) => <Num value={row.f1} because="precision or recall is undefined" />,
        },
        {
          id: 'rows',
          title: 'Rows',
          align: 'right',
          value: (row) => row.support,
          render: (row) => row.support.toLocaleString(),
        },
      ]}
    />
  );
}
