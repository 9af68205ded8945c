import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../../../preload/contract/training.ts';
import { useFacts } from '../../api/facts.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Moment } from '../../ui/text/moment.tsx';
import { words } from './holdout-words.ts';
import { OpenHoldout } from './open-holdout.tsx';

/** The test rows of a run: sealed or not, every look at them, and the way to open them. */
export function HoldoutTab({ run }: { run: Run }) {
  const ledger = useFacts('holdout.looks', { run: run.id });
  const [opening, setOpening] = useState(false);
  return (
    <Answer of={ledger} what={words.reading}>
      {({ state, looks }) => (
        <div className="stack">
          <div className="row">
            <p className="grow">{words.states[state]}</p>
            {state === 'sealed' ? (
              <Button variant="filled" onClick={() => setOpening(true)}>
                {words.open}
              </Button>
            ) : null}
          </div>
          {looks.length ? (
            <section className="stack" style={{ gap: 8 }}>
              <h2>{words.ledger}</h2>
              <DenseTable
                label={words.ledger}
                rows={looks.map((look, index) => ({ ...look, index: index + 1 }))}
                keyOf={({ index }) => String(index)}
                columns={[
                  {
                    id: 'number',
                    title: '#',
                    width: 48,
                    align: 'right',
                    value: ({ index }) => index,
                    render: ({ index }) => index,
                  },
                  {
                    id: 'when',
                    title: words.when,
                    value: ({ at }) => at,
                    render: ({ at }) => <Moment at={at} />,
                  },
                  { id: 'by', title: words.by, value: ({ by }) => by, render: ({ by }) => by },
                  {
                    id: 'look',
                    title: words.look,
                    value: ({ kind }) => kind,
                    render: ({ kind }) => words.kinds[kind],
                  },
                  {
                    id: 'run',
                    title: words.run,
                    value: (look) => look.run,
                    render: (look) => (
                      <a className="mono" href={`#${pathOf('runs', look.run)}`}>
                        {look.run}
                      </a>
                    ),
                  },
                  { id: 'why', title: words.why, render: ({ why }) => why ?? '' },
                ]}
              />
            </section>
          ) : (
            <p className="dim">{words.none}</p>
          )}
          <OpenHoldout run={run.id} looks={looks} opened={opening} onClose={() => setOpening(false)} />
        </div>
      )}
    </Answer>
  );
}
