import { NumberInput, Select } from '@mantine/core';
import type { PersonalColumn } from '../../../../preload/contract/privacy.ts';
import { DenseTable } from '../../../ui/table/dense-table.tsx';
import { sizes, treatmentIds, type TreatmentDraft } from './treatment-draft.ts';
import { kindWords, words } from './words.ts';

interface Props {
  readonly columns: readonly PersonalColumn[];
  readonly drafts: Readonly<Record<string, TreatmentDraft>>;
  readonly onChange: (column: string, draft: TreatmentDraft) => void;
}

const none: TreatmentDraft = { id: 'none', size: 0 };
const choices = treatmentIds.map((id) => ({ value: id, label: words.treatments[id] }));

/** What was found in each column, and what is to become of it. */
export function ColumnsTable({ columns, drafts, onChange }: Props) {
  return (
    <DenseTable
      label={words.table}
      rows={columns}
      keyOf={({ name }) => name}
      columns={[
        { id: 'column', title: words.column, value: ({ name }) => name, render: ({ name }) => name },
        {
          id: 'kind',
          title: words.kind,
          value: ({ kind }) => kind ?? '',
          render: ({ kind }) => (kind === null ? '' : kindWords(kind)),
        },
        {
          id: 'confidence',
          title: words.confidence,
          align: 'right',
          width: 96,
          value: ({ confidence }) => confidence,
          render: ({ kind, confidence }) => (kind === null ? '' : `${Math.round(confidence * 100)} %`),
        },
        {
          id: 'matches',
          title: words.matches,
          align: 'right',
          width: 130,
          value: ({ matches }) => matches,
          render: ({ kind, matches, values }) =>
            kind === null ? '' : words.of(matches.toLocaleString(), values.toLocaleString()),
        },
        {
          id: 'examples',
          title: words.examples,
          render: ({ examples }) => <span className="mono">{examples.slice(0, 2).join('  ')}</span>,
        },
        {
          id: 'treatment',
          title: words.treatment,
          width: 230,
          render: ({ name }) => {
            const draft = drafts[name] ?? none;
            return (
              <span className="privacy__treatment">
                <Select
                  aria-label={words.treatmentOf(name)}
                  size="xs"
                  data={choices}
                  value={draft.id}
                  allowDeselect={false}
                  onChange={(id) => id !== null && onChange(name, { id, size: sizes[id] ?? 0 })}
                />
                {sizes[draft.id] === undefined ? null : (
                  <NumberInput
                    aria-label={words.valueOf(name)}
                    size="xs"
                    min={draft.id === 'prefix' ? 0 : 1}
                    hideControls
                    value={draft.size}
                    onChange={(size) => onChange(name, { ...draft, size: Number(size) })}
                  />
                )}
              </span>
            );
          },
        },
      ]}
    />
  );
}
