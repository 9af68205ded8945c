import type { ReactNode } from 'react';
import type { ColumnProfile, ComparedProfile } from '../../../../preload/contract/column-profile.ts';
import { DenseTable, type Column } from '../../../ui/table/dense-table.tsx';
import { formatPercent } from '../../../ui/text/format.ts';
import { typeWords, TypeIcon } from '../column-types.tsx';
import { locale, words } from '../words.ts';
import { MiniHistogram } from './mini-histogram.tsx';
import { ProfileValue } from './profile-value.tsx';

interface Props {
  readonly columns: readonly ComparedProfile[];
  /** What the two are called: `houses@2`. */
  readonly name: string;
  readonly other: string;
}

const text = words.profile.comparing;

/** Two versions, column beside column of the same name; those that hold the same values say so. */
export function ComparedProfiles({ columns, name, other }: Props) {
  return (
    <DenseTable
      label={text.title(other, name)}
      rows={columns}
      keyOf={(pair) => pair.name}
      columns={columnsFor(name, other)}
    />
  );
}

const facts: readonly {
  readonly id: string;
  readonly title: string;
  readonly tell: (profile: ColumnProfile) => ReactNode;
}[] = [
  {
    id: 'shape',
    title: words.profile.shape,
    tell: (profile) => <MiniHistogram profile={profile} />,
  },
  {
    id: 'missing',
    title: words.profile.missing,
    tell: ({ missing, rows }) =>
      missing ? formatPercent(missing / rows) : <span className="faint">{words.profile.none}</span>,
  },
  {
    id: 'distinct',
    title: words.profile.different,
    tell: ({ distinct }) => distinct.toLocaleString(locale),
  },
  {
    id: 'mean',
    title: words.profile.facts.mean,
    tell: (profile) => <ProfileValue of={profile} value={profile.numeric?.mean} />,
  },
];

function columnsFor(name: string, other: string): readonly Column<ComparedProfile>[] {
  return [
    {
      id: 'name',
      title: words.profile.column,
      value: (pair) => pair.name,
      render: ({ name: shown, here, there }) => (
        <span className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
          <TypeIcon type={(here ?? there)!.type} />
          <span className="truncate" title={shown}>
            {shown}
          </span>
        </span>
      ),
    },
    { id: 'change', title: text.change, value: changeOf, render: changeOf },
    ...facts.flatMap(({ id, title, tell }): Column<ComparedProfile>[] => [
      {
        id: `${id}-there`,
        title: `${title}, ${other}`,
        align: 'right',
        render: ({ there }) => tellOf(there, tell),
      },
      {
        id: `${id}-here`,
        title: `${title}, ${name}`,
        align: 'right',
        render: ({ here }) => tellOf(here, tell),
      },
    ]),
  ];
}

function tellOf(profile: ColumnProfile | null, tell: (profile: ColumnProfile) => ReactNode): ReactNode {
  return profile ? tell(profile) : <span className="faint">–</span>;
}

function changeOf({ change, here, there }: ComparedProfile): string {
  return change === 'retyped' && here && there
    ? text.retyped(typeWords(there.type).label, typeWords(here.type).label)
    : text.changes[change];
}
