import { Button } from '@mantine/core';
import { Radar } from 'lucide-react';
import type { Sweep } from '../../../preload/contract/sweeps.ts';
import { useFacts } from '../../api/facts.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { SpacePanel } from './space-panel.tsx';
import { StartForm } from './start-form.tsx';
import { sweepSeals } from './sweep-seals.ts';
import { words } from './words.ts';
import './sweeps.css';

/** Start one, and all there are. */
export function SweepsView() {
  const datasets = useFacts('datasets.list', {});
  const sweeps = useFacts('sweeps.list', {});
  return (
    <PageBody>
      <PageHead title={words.title} facts={[words.about]} />
      <Answer of={datasets} what={words.reading}>
        {(data) =>
          data.datasets.length ? (
            <Answer of={sweeps} what={words.reading}>
              {(known) => (
                <div className="sweeps">
                  <StartForm datasets={data.datasets} taken={known.sweeps.map(({ name }) => name)} />
                  <div className="stack sweeps__right">
                    <SpacePanel />
                    <section className="stack">
                      <h2>{words.list}</h2>
                      {known.sweeps.length ? (
                        <DenseTable
                          label={words.list}
                          rows={known.sweeps}
                          columns={columns}
                          keyOf={({ id }) => id}
                          onOpen={({ name }) => go(pathOf('sweeps', name))}
                        />
                      ) : (
                        <p className="dim">{words.none}</p>
                      )}
                    </section>
                  </div>
                </div>
              )}
            </Answer>
          ) : (
            <EmptyState
              icon={Radar}
              action={
                <Button variant="filled" onClick={() => go('/data/import')}>
                  {words.import}
                </Button>
              }
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
    </PageBody>
  );
}

const { column } = words;

const columns: readonly Column<Sweep>[] = [
  {
    id: 'name',
    title: column.sweep,
    value: ({ name }) => name,
    render: ({ name }) => <a href={`#${pathOf('sweeps', name)}`}>{name}</a>,
  },
  {
    id: 'status',
    title: column.status,
    value: ({ status }) => status,
    render: ({ status }) => <Seal {...sweepSeals[status]} />,
  },
  {
    id: 'data',
    title: column.data,
    value: ({ dataset }) => dataset,
    render: ({ dataset, version }) => `${dataset}@${version}`,
  },
  { id: 'target', title: column.target, value: ({ target }) => target, render: ({ target }) => target },
  {
    id: 'trials',
    title: column.trials,
    align: 'right',
    value: ({ spent }) => spent.trials,
    render: ({ spent }) => spent.trials,
  },
  {
    id: 'best',
    title: column.best,
    align: 'right',
    render: ({ best }) => <Num value={best?.score} />,
  },
  { id: 'family', title: column.family, render: ({ best }) => best?.family ?? '' },
  {
    id: 'when',
    title: column.when,
    value: ({ created }) => created,
    render: ({ created }) => <Moment at={created} />,
  },
];
