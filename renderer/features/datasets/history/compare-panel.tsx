import { Button, Select } from '@mantine/core';
import { Equal } from 'lucide-react';
import { useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { useJobCall } from '../../../api/jobs.ts';
import type { OutputOf } from '../../../api/methods.ts';
import { EmptyState } from '../../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { DiffTable } from './diff-table.tsx';
import { words } from './words.ts';

interface Props {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly schema: readonly Field[];
}

type Diff = OutputOf<'datasets.diff'>;

/** What changed between two versions: asked for by a button, as it may take a while the first time. */
export function ComparePanel({ name, from, to, schema }: Props) {
  const [key, setKey] = useState<string | null>(null);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const diff = useJobCall('datasets.diff');
  const input = { from: `${name}@${from}`, to: `${name}@${to}` };
  const compare = (): void => {
    const columns = key === null ? [] : [key];
    setAsked(columns);
    void diff.start({ ...input, key: columns });
  };
  return (
    <section className="panel" aria-label={words.compare.title(from, to)}>
      <header>{words.compare.title(from, to)}</header>
      <div className="body stack">
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            compare();
          }}
        >
          <Select
            label={words.compare.tell}
            data={[
              { value: '', label: words.compare.position },
              ...schema.map((field) => ({ value: `=${field.name}`, label: field.name })),
            ]}
            value={key === null ? '' : `=${key}`}
            onChange={(value) => setKey(value ? value.slice(1) : null)}
            allowDeselect={false}
            searchable={schema.length > 12}
          />
          <Button
            type="submit"
            variant="filled"
            loading={diff.running}
            disabled={from === to}
            style={{ alignSelf: 'end' }}
          >
            {words.compare.start}
          </Button>
        </form>
        {diff.running ? (
          <JobProgress job={diff.job} stops={words.compare.stops} onCancel={diff.cancel} />
        ) : null}
        {diff.error ? <ErrorPanel error={diff.error} what={words.compare.what} /> : null}
        {diff.result ? <Result diff={diff.result} input={{ ...input, key: [...asked] }} /> : null}
      </div>
    </section>
  );
}

function Result({ diff, input }: { diff: Diff; input: { from: string; to: string; key: string[] } }) {
  const { columns, rows, cells } = diff;
  const moved = (['added', 'removed', 'retyped'] as const).filter((how) => columns[how].length > 0);
  const total = rows.added + rows.removed + rows.changed;
  if (total === 0 && moved.length === 0) return <EmptyState icon={Equal}>{words.compare.nothing}</EmptyState>;
  return (
    <>
      {moved.map((how) => (
        <p key={how}>
          {words.compare.columns[how]}: <span className="mono">{columns[how].join(', ')}</span>
        </p>
      ))}
      {total === 0 ? (
        <p className="dim">{words.compare.noRow}</p>
      ) : (
        <DiffTable input={input} rows={rows} cells={cells.changed} />
      )}
    </>
  );
}
