import { useState } from 'react';
import type { ColumnSummary } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { formatPercent } from '../../ui/text/format.ts';
import { columnTypes, TypeIcon } from './column-types.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { SummaryValue } from './summary-value.tsx';
import { locale, words } from './words.ts';

/** One line a column; the one that is chosen is told in full beside. */
export function SummaryTab({ dataset }: { dataset: string }) {
  const summary = useFacts('datasets.summary', { dataset });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Answer of={summary} what={words.summary.summing}>
      {(data) => {
        const detail = data.columns.find(({ name }) => name === chosen) ?? data.columns[0];
        return (
          <div className="summary-detail">
            <DenseTable
              label={words.summary.columns}
              rows={data.columns}
              keyOf={(column) => column.name}
              anchorOf={(column) => `column-${column.name}`}
              columns={columns}
              onOpen={(column) => setChosen(column.name)}
              isSelected={(column) => column.name === detail?.name}
            />
            {detail ? <SummaryPanel summary={detail} /> : null}
          </div>
        );
      }}
    </Answer>
  );
}

const columns: readonly Column<ColumnSummary>[] = [
  {
    id: 'name',
    title: words.summary.column,
    value: (column) => column.name,
    render: (column) => (
      <span className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
        <TypeIcon type={column.type} />
        <span className="truncate" title={column.name}>
          {column.name}
        </span>
      </span>
    ),
  },
  {
    id: 'type',
    title: words.summary.type,
    value: (column) => column.type,
    render: (column) => <span className="dim">{columnTypes[column.type].label}</span>,
  },
  {
    id: 'shape',
    title: words.summary.shape,
    width: 96,
    render: (column) => <MiniHistogram summary={column} />,
  },
  {
    id: 'missing',
    title: words.summary.missing,
    align: 'right',
    value: (column) => column.missing,
    render: (column) =>
      column.missing ? (
        <span title={column.missing.toLocaleString(locale)}>
          {formatPercent(column.missing / Math.max(1, column.count + column.missing))}
        </span>
      ) : (
        <span className="faint">{words.summary.none}</span>
      ),
  },
  {
    id: 'distinct',
    title: words.summary.different,
    align: 'right',
    value: (column) => column.distinct,
    render: (column) => `${column.distinctAtLeast ? '≥ ' : ''}${column.distinct.toLocaleString(locale)}`,
  },
  {
    id: 'min',
    title: words.summary.smallest,
    align: 'right',
    value: (column) => column.numeric?.min ?? null,
    render: (column) => <SummaryValue of={column} value={column.numeric?.min} />,
  },
  {
    id: 'median',
    title: words.summary.median,
    align: 'right',
    value: (column) => column.numeric?.quantiles.q50 ?? null,
    render: (column) => <SummaryValue of={column} value={column.numeric?.quantiles.q50} />,
  },
  {
    id: 'max',
    title: words.summary.largest,
    align: 'right',
    value: (column) => column.numeric?.max ?? null,
    render: (column) => <SummaryValue of={column} value={column.numeric?.max} />,
  },
];
