import type { ReactNode } from 'react';
import type { Slice, ThresholdRow } from '../../../preload/contract/evaluation.ts';
import type { OutputOf } from '../../api/methods.ts';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { Missing, Num } from '../../ui/text/num.tsx';
import { words } from './analysis-words.ts';

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function IntervalsTable({ found }: { found: OutputOf<'evaluation.intervals'> }) {
  const number = (id: 'value' | 'low' | 'high') =>
    ({
      id,
      title: words[id],
      align: 'right',
      value: (row: (typeof found.metrics)[number]) => row[id],
      render: (row: (typeof found.metrics)[number]) => <Num value={row[id]} />,
    }) as const;
  return (
    <Titled title={words.intervals}>
      <DenseTable
        label={words.intervals}
        rows={found.metrics}
        keyOf={({ metric }) => metric}
        columns={[
          { id: 'metric', title: words.metric, render: ({ metric }) => metric.replaceAll('_', ' ') },
          number('value'),
          number('low'),
          number('high'),
        ]}
      />
    </Titled>
  );
}

function thresholdColumn(
  id: keyof ThresholdRow,
  title: string,
): Column<ThresholdRow & { readonly by: string }> {
  return { id, title, align: 'right', render: (row) => <Num value={row[id]} /> };
}

export function ThresholdsTable({ found }: { found: OutputOf<'evaluation.thresholds'> }) {
  const rows = [
    { by: words.usual, ...found.usual },
    { by: 'F1', ...found.best.f1 },
    { by: words.youden, ...found.best.youden },
    { by: words.cost, ...found.best.cost },
  ];
  return (
    <Titled title={words.thresholds(found.positive)}>
      <DenseTable
        label={words.thresholds(found.positive)}
        rows={rows}
        keyOf={({ by }) => by}
        columns={[
          { id: 'by', title: words.bestBy, render: ({ by }) => by },
          thresholdColumn('threshold', words.threshold),
          thresholdColumn('precision', words.precision),
          thresholdColumn('recall', words.recall),
          thresholdColumn('f1', 'F1'),
          thresholdColumn('falsePositives', words.falseAlarms),
          thresholdColumn('falseNegatives', words.missed),
        ]}
      />
    </Titled>
  );
}

export function CoverageFacts({ found }: { found: OutputOf<'evaluation.coverage'> }) {
  return (
    <Titled title={words.coverage(found.level)}>
      <p>{found.sentence}</p>
      <p className="dim">
        {words.coverageSize[found.task](
          formatNumber(found.size),
          words.learnedFrom[found.learnedFrom](found.learned),
        )}
      </p>
    </Titled>
  );
}

export function SlicesTable({ found }: { found: OutputOf<'evaluation.slices'> }) {
  const columns: readonly Column<Slice>[] = [
    { id: 'slice', title: words.part, render: ({ slice }) => <span title={slice}>{slice}</span> },
    {
      id: 'rows',
      title: words.rows,
      align: 'right',
      value: ({ rows }) => rows,
      render: ({ rows }) => rows.toLocaleString(),
    },
    {
      id: 'loss',
      title: words.loss[found.loss],
      align: 'right',
      value: ({ loss }) => loss,
      render: ({ loss }) => <Num value={loss} />,
    },
    {
      id: 'others',
      title: words.others,
      align: 'right',
      value: ({ others }) => others,
      render: ({ others }) => <Num value={others} />,
    },
    {
      id: 'difference',
      title: words.difference,
      align: 'right',
      render: ({ low, high }) =>
        low === null || high === null ? '' : `${formatNumber(low)} … ${formatNumber(high)}`,
    },
  ];
  return (
    <>
      <Titled title={words.worst}>
        {found.worst.length ? (
          <DenseTable label={words.worst} rows={found.worst} keyOf={({ slice }) => slice} columns={columns} />
        ) : (
          <p className="dim">{words.noWorst}</p>
        )}
      </Titled>
      <Titled title={words.slices}>
        <DenseTable
          label={words.slices}
          rows={found.slices}
          keyOf={({ slice }) => slice}
          columns={columns}
          maxHeight={420}
        />
      </Titled>
    </>
  );
}

function answer(value: string | number) {
  return typeof value === 'number' ? <Num value={value} /> : value;
}

export function ErrorsTable({ found }: { found: OutputOf<'evaluation.errors'> }) {
  type Row = (typeof found.errors)[number];
  const features = Object.keys(found.errors[0]?.values ?? {});
  return (
    <Titled title={words.errors}>
      <DenseTable
        label={words.errors}
        rows={found.errors}
        keyOf={({ row }) => String(row)}
        maxHeight={420}
        columns={[
          {
            id: 'row',
            title: words.row,
            align: 'right',
            value: ({ row }) => row,
            render: ({ row }) => row.toLocaleString(),
          },
          { id: 'actual', title: words.actual, render: ({ actual }) => answer(actual) },
          { id: 'predicted', title: words.predicted, render: ({ predicted }) => answer(predicted) },
          {
            id: 'loss',
            title: words.loss[found.loss],
            align: 'right',
            value: ({ loss }) => loss,
            render: ({ loss }) => <Num value={loss} />,
          },
          ...features.map((name): Column<Row> => ({
            id: `value ${name}`,
            title: name,
            render: ({ values }) => values[name] ?? <Missing />,
          })),
        ]}
      />
    </Titled>
  );
}
