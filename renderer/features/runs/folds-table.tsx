import type { Run } from '../../../preload/contract/training.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Num } from '../../ui/text/num.tsx';
import { locale } from '../../ui/text/words.ts';
import { words } from './folds-words.ts';
import { headlineMetrics, metricShort, metricWords } from './headline.ts';

/** How good the model of each fold is on the fold's rows; nothing where the split has no folds. */
export function FoldsTable({ run }: { run: Run }) {
  const { folds = [] } = run.metrics ?? {};
  const names = headlineMetrics[run.task].filter((name) => folds.some(({ metrics }) => name in metrics));
  if (!folds.length) return null;
  return (
    <section className="stack">
      <h2>{words.title(folds.length)}</h2>
      <p className="dim small">{words.about}</p>
      <DenseTable
        label={words.label}
        rows={folds}
        keyOf={({ fold }) => String(fold)}
        columns={[
          {
            id: 'fold',
            title: words.fold,
            align: 'right',
            value: ({ fold }) => fold,
            render: ({ fold }) => fold,
          },
          {
            id: 'train',
            title: words.train,
            about: words.trainAbout,
            align: 'right',
            value: ({ train }) => train,
            render: ({ train }) => train.toLocaleString(locale),
          },
          {
            id: 'rows',
            title: words.rows,
            about: words.rowsAbout,
            align: 'right',
            value: ({ rows }) => rows,
            render: ({ rows }) => rows.toLocaleString(locale),
          },
          ...names.map((name) => ({
            id: name,
            title: metricShort(name),
            about: metricWords(name),
            align: 'right' as const,
            value: ({ metrics }: (typeof folds)[number]) => metrics[name] ?? null,
            render: ({ metrics, undefinedBecause }: (typeof folds)[number]) => (
              <Num value={metrics[name]} because={undefinedBecause[name]} />
            ),
          })),
        ]}
      />
    </section>
  );
}
