import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { words } from './costs-words.ts';

/** More cells than this side squared can't be filled by hand. */
const mostClasses = 8;

/** What the mistakes of a model of classes cost, by costs that the person gives. Nothing for numbers. */
export function CostsPanel({ run }: { run: string }) {
  const classes = useFacts('evaluation.show', { run }).data?.splits.train.classes ?? [];
  if (classes.length < 2) return null;
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={words.title}>
      <h2>{words.title}</h2>
      {classes.length > mostClasses ? (
        <p className="dim">{words.many(classes.length, mostClasses)}</p>
      ) : (
        <CostsForm run={run} classes={classes} />
      )}
    </section>
  );
}

function CostsForm({ run, classes }: { run: string; classes: readonly string[] }) {
  const job = useJobCall('evaluation.costs');
  const [costs, setCosts] = useState<readonly (readonly (number | string)[])[]>(() =>
    classes.map((_, k) => classes.map((__, j) => (k === j ? 0 : 1))),
  );
  const set = (k: number, j: number, value: number | string): void =>
    setCosts(costs.map((row, i) => (i === k ? row.map((cell, at) => (at === j ? value : cell)) : row)));
  return (
    <form
      className="stack"
      style={{ gap: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        const given = classes.map((actual, k) => [
          actual,
          Object.fromEntries(classes.map((decided, j) => [decided, Number(costs[k]?.[j] ?? 0)])),
        ]);
        void job.start({ run, costs: Object.fromEntries(given) });
      }}
    >
      <div className="row">
        <p className="grow dim">{words.about}</p>
        <Button type="submit" loading={job.running} disabled={costs.flat().includes('')}>
          {words.run}
        </Button>
      </div>
      <DenseTable
        label={words.matrix}
        rows={classes.map((actual, k) => ({ actual, k }))}
        keyOf={({ actual }) => actual}
        columns={[
          { id: ' actual', title: words.actual, render: ({ actual }) => actual },
          ...classes.map((decided, j) => ({
            id: decided,
            title: decided,
            render: ({ actual, k }: { actual: string; k: number }) => (
              <NumberInput
                size="xs"
                aria-label={words.costOf(actual, decided)}
                value={costs[k]?.[j] ?? ''}
                hideControls
                onChange={(value) => set(k, j, value)}
              />
            ),
          })),
        ]}
      />
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.running} /> : null}
      {job.result ? <CostsFound found={job.result} /> : null}
    </form>
  );
}

function CostsFound({ found }: { found: OutputOf<'evaluation.costs'> }) {
  const { classes, usual, cheapest, always } = found;
  const decisions = [
    { name: words.usual, ...usual },
    { name: words.cheapest, ...cheapest },
    { name: words.always(always.class), cost: always.cost, accuracy: null },
  ];
  return (
    <>
      <p role="status">
        {found.sentence}. {words.expected(formatNumber(found.expected))}
      </p>
      <DenseTable
        label={words.decision}
        rows={decisions}
        keyOf={({ name }) => name}
        columns={[
          { id: 'name', title: words.decision, render: ({ name }) => name },
          { id: 'cost', title: words.cost, align: 'right', render: ({ cost }) => <Num value={cost} /> },
          {
            id: 'accuracy',
            title: words.accuracy,
            align: 'right',
            render: ({ accuracy }) => <Num value={accuracy} />,
          },
        ]}
      />
      <p className="small dim">{words.decided}</p>
      <DenseTable
        label={words.decided}
        rows={classes.map((actual, k) => ({ actual, row: cheapest.confusion[k] ?? [] }))}
        keyOf={({ actual }) => actual}
        columns={[
          { id: ' actual', title: words.actual, render: ({ actual }) => actual },
          ...classes.map((decided, j) => ({
            id: decided,
            title: decided,
            align: 'right' as const,
            render: ({ row }: { row: readonly number[] }) => <Num value={row[j] ?? 0} />,
          })),
        ]}
      />
      {found.notes.map((note) => (
        <p key={note} className="small dim">
          {note}
        </p>
      ))}
    </>
  );
}
