import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import { useFacts } from '../../../api/facts.ts';
import { Answer } from '../../../ui/state/answer.tsx';
import { DenseTable, type Column } from '../../../ui/table/dense-table.tsx';
import { formatPercent } from '../../../ui/text/format.ts';
import { typeWords, TypeIcon } from '../column-types.tsx';
import { ComparedProfiles } from './compared-profiles.tsx';
import { MiniHistogram } from './mini-histogram.tsx';
import { ProfilePanel, traitsOf } from './profile-panel.tsx';
import { ProfileValue } from './profile-value.tsx';
import { locale, words } from '../words.ts';

interface Props {
  /** With its version: `houses@2`. */
  readonly dataset: string;
}

/** One line a column; the one that is chosen is told in full beside. Or another version beside this one. */
export function ProfileTab({ dataset }: Props) {
  const [other, setOther] = useState<string | null>(null);
  return (
    <div className="stack">
      <OtherVersion dataset={dataset} other={other} onChange={setOther} />
      <Profiles dataset={dataset} other={other} />
    </div>
  );
}

/** Versions of this dataset, and the latest of every other. */
function OtherVersion({
  dataset,
  other,
  onChange,
}: Props & { readonly other: string | null; readonly onChange: (other: string | null) => void }) {
  const name = dataset.slice(0, dataset.lastIndexOf('@'));
  const all = useFacts('datasets.list', {});
  const shown = useFacts('datasets.show', { dataset: name });
  const own = shown.data?.versions.map(({ version }) => `${name}@${version}`) ?? [];
  const foreign = all.data?.datasets.flatMap((one) =>
    one.name === name ? [] : [`${one.name}@${one.latest.version}`],
  );
  const data = [...own.toReversed(), ...(foreign ?? [])].filter((one) => one !== dataset);
  if (data.length === 0) return null;
  return (
    <Select
      label={words.profile.comparing.with}
      placeholder={words.profile.comparing.nothing}
      data={data}
      value={other}
      onChange={onChange}
      clearable
      searchable
      w={260}
    />
  );
}

function Profiles({ dataset, other }: Props & { readonly other: string | null }) {
  const profile = useFacts('datasets.profile', { dataset });
  const compared = useFacts(
    'datasets.profile',
    { dataset, ...(other === null ? {} : { against: other }) },
    { when: other !== null },
  );
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Answer of={profile} what={words.profile.reading}>
      {(data) => {
        if (other !== null) {
          return (
            <Answer of={compared} what={words.profile.reading}>
              {({ against }) =>
                against ? <ComparedProfiles columns={against.columns} name={dataset} other={other} /> : null
              }
            </Answer>
          );
        }
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
            {detail ? <ProfilePanel profile={detail} dataset={dataset} /> : null}
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
    render: (column) => <span className="dim">{typeWords(column.type).label}</span>,
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
    render: (column) => (
      <ProfileValue of={column} value={column.numeric?.min} exact={column.numeric?.exact?.min} />
    ),
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
    render: (column) => (
      <ProfileValue of={column} value={column.numeric?.max} exact={column.numeric?.exact?.max} />
    ),
  },
];
