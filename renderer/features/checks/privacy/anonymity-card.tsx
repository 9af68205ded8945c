import { Button, MultiSelect, Select } from '@mantine/core';
import { useState } from 'react';
import type { Anonymity } from '../../../../preload/contract/privacy.ts';
import { useJobCall } from '../../../api/jobs.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { DenseTable } from '../../../ui/table/dense-table.tsx';
import { formatNumber } from '../../../ui/text/format.ts';
import { words } from './words.ts';

interface Props {
  readonly dataset: string;
  readonly columns: readonly string[];
  /** Versions to compare with. */
  readonly versions: readonly string[];
}

/** How well a row hides among others, before and after. */
export function AnonymityCard({ dataset, columns, versions }: Props) {
  const [quasi, setQuasi] = useState<string[]>([]);
  const [sensitive, setSensitive] = useState<string | null>(null);
  const [before, setBefore] = useState<string | null>(null);
  const job = useJobCall('privacy.anonymity');
  const chosen = quasi.filter((name) => columns.includes(name));
  const found = job.result;
  return (
    <section className="checks__card stack" aria-labelledby="anonymity">
      <h2 id="anonymity">{words.anonymity}</h2>
      <p className="dim">{words.anonymityAbout}</p>
      <form
        className="privacy__anonymity"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({
            dataset,
            quasi: chosen,
            ...(sensitive === null ? {} : { sensitive }),
            ...(before === null ? {} : { before }),
          });
        }}
      >
        <MultiSelect
          label={words.quasi}
          data={columns}
          value={chosen}
          searchable
          clearable
          onChange={setQuasi}
        />
        <Select
          label={words.sensitive}
          data={columns}
          value={sensitive}
          searchable
          clearable
          onChange={setSensitive}
        />
        <Select
          label={words.before}
          data={versions}
          value={before}
          searchable
          clearable
          onChange={setBefore}
        />
        <Button type="submit" disabled={chosen.length === 0} loading={job.running}>
          {words.measure}
        </Button>
      </form>
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.measuring} /> : null}
      {found ? <Numbers {...found} /> : null}
    </section>
  );
}

interface Found {
  readonly dataset: string;
  readonly version: number;
  readonly after: Anonymity;
  readonly before: (Anonymity & { readonly dataset: string; readonly version: number }) | null;
}

function Numbers({ dataset, version, after, before }: Found) {
  const earlier = before && factsOf(before);
  return (
    <>
      <DenseTable
        label={words.numbers}
        rows={factsOf(after).map(([what, value], at) => ({
          what,
          value,
          before: earlier?.[at]?.[1] ?? null,
        }))}
        keyOf={({ what }) => what}
        columns={[
          { id: 'what', title: words.what, render: ({ what }) => what },
          ...(before
            ? [
                {
                  id: 'before',
                  title: `${before.dataset}@${before.version}`,
                  align: 'right' as const,
                  render: (row: { before: number | null }) =>
                    row.before === null ? '' : formatNumber(row.before),
                },
              ]
            : []),
          {
            id: 'value',
            title: `${dataset}@${version}`,
            align: 'right',
            render: ({ value }) => formatNumber(value),
          },
        ]}
      />
      {after.below.rows > 0 ? (
        <DenseTable
          label={words.risky}
          rows={after.risky.filter(({ size }) => size < after.below.k)}
          keyOf={({ rows }) => String(rows[0])}
          columns={[
            {
              id: 'size',
              title: words.size,
              width: 110,
              align: 'right',
              render: ({ size }) => size.toLocaleString(),
            },
            {
              id: 'rows',
              title: words.risky,
              render: ({ rows }) => rows.map((row) => row.toLocaleString()).join(' · '),
            },
          ]}
        />
      ) : null}
    </>
  );
}

function factsOf({ rows, groups, smallest, unique, below, diversity }: Anonymity): [string, number][] {
  return [
    [words.rows, rows],
    [words.groups, groups],
    [words.smallest, smallest],
    [words.unique, unique],
    [words.below(String(below.k)), below.rows],
    ...(diversity
      ? ([
          [words.distinct, diversity.distinct],
          [words.entropy, diversity.entropy],
          [words.closeness, diversity.closeness],
          [words.alike, diversity.alike],
        ] satisfies [string, number][])
      : []),
  ];
}
