import { useState } from 'react';
import type { ColumnProfile } from '../../../../preload/contract/datasets.ts';
import { useFacts } from '../../../api/facts.ts';
import { Answer } from '../../../ui/state/answer.tsx';
import { DenseTable, type Column } from '../../../ui/table/dense-table.tsx';
import { formatPercent } from '../../../ui/text/format.ts';
import { columnTypes, TypeIcon } from '../column-types.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { ProfilePanel, traitsOf } from './profile-panel.tsx';
import { ProfileValue } from './profile-value.tsx';
import { locale, words } from '../words.ts';

/** One line a column; the one that is chosen is told in full beside. */
export function ProfileTab({ dataset }: { dataset: string }) {
  const profile = useFacts('datasets.profile', { dataset });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Answer of={profile} what={words.profile.reading}>
      {(data) => {
        const detail = data.columns.find(({ name }) => name === chosen) ?? data.columns[0];
        return (
          <div className="profile-detail">
            <DenseTable
              label={words.profile.columns}
              rows={data.columns}
              keyOf={(column) => column.name}
              anchorOf={(column) => `column-${column.name}`}
              columns={columns}
              onOpen={(column) => setChosen(column.name)}
              isSelected={(column) => column.name === detail?.name}
            />
            {detail ? <ProfilePanel profile={detail} /> : null}
          </div>
        );
      }}
    </Answer>
  );
}

const columns: readonly Column<ColumnProfile>[] = [
  {
    id: 'name',
    title: words.profile.column,
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
    title: words.profile.type,
    value: (column) => column.type,
    render: (column) => <span className="dim">{columnTypes[column.type].label}</span>,
  },
  {
    id: 'shape',
    title: words.profile.shape,
    width: 96,
    render: (column) => <MiniHistogram profile={column} />,
  },
  {
    id: 'missing',
    title: words.profile.missing,
    align: 'right',
    value: (column) => column.missing,
    render: (column) =>
      column.missing ? (
        <span title={column.missing.toLocaleString(locale)}>
          {formatPercent(column.missing / Math.max(1, column.rows))}
        </span>
      ) : (
        <span className="faint">{words.profile.none}</span>
      ),
  },
  {
    id: 'distinct',
    title: words.profile.different,
    align: 'right',
    value: (column) => column.distinct,
    render: (column) => column.distinct.toLocaleString(locale),
  },
  {
    id: 'traits',
    title: words.profile.traits.title,
    value: (column) => traitsOf(column).join(', '),
    render: (column) => <span className="dim">{traitsOf(column).join(', ')}</span>,
  },
  {
    id: 'min',
    title: words.profile.smallest,
    align: 'right',
    value: (column) => column.numeric?.min ?? null,
    render: (column) => <ProfileValue of={column} value={column.numeric?.min} />,
  },
  {
    id: 'median',
    title: words.profile.median,
    align: 'right',
    value: (column) => column.numeric?.quantiles.q50 ?? null,
    render: (column) => <ProfileValue of={column} value={column.numeric?.quantiles.q50} />,
  },
  {
    id: 'max',
    title: words.profile.largest,
    align: 'right',
    value: (column) => column.numeric?.max ?? null,
    render: (column) => <ProfileValue of={column} value={column.numeric?.max} />,
  },
];
