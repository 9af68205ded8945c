import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall, useFacts } from '../../api/facts.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { severityTones, verdictTones } from './tones.ts';
import { words } from './words.ts';

const { suite: text } = words;

/** What the suite said last of a version, and the way past a block. */
export function SuiteResults({ reference }: { reference: string }) {
  const results = useFacts('checks.results', { dataset: reference });
  return (
    <Answer of={results} what={text.running}>
      {({ checked, override }) =>
        checked ? (
          <>
            <p className="row" role="status">
              <Seal tone={verdictTones[checked.verdict]} label={text.verdicts[checked.verdict]} />
              <span className="small dim">
                {text.when(formatInstant(checked.at), checked.by, checked.suite)}
              </span>
            </p>
            {override ? (
              <p className="small">
                {text.overridden(override.by, formatInstant(override.at), override.why)}
              </p>
            ) : null}
            {checked.verdict === 'blocked' && !override ? <Override reference={reference} /> : null}
            <DenseTable
              label={text.table}
              rows={checked.results.map((result, i) => ({ ...result, number: i + 1 }))}
              keyOf={({ number }) => String(number)}
              columns={[
                {
                  id: 'result',
                  title: text.result,
                  width: 110,
                  value: ({ passed }) => (passed ? 1 : 0),
                  render: ({ passed, severity }) =>
                    passed ? (
                      <Seal tone="good" label={text.passed} />
                    ) : (
                      <Seal tone={severityTones[severity]} label={words.leakage.severities[severity]} />
                    ),
                },
                {
                  id: 'expected',
                  title: text.expected,
                  render: ({ says }) => <span className="checks__sentence">{says}</span>,
                },
                {
                  id: 'found',
                  title: text.found,
                  render: ({ observed }) => <span className="checks__sentence">{observed}</span>,
                },
                {
                  id: 'rows',
                  title: text.rows,
                  width: 190,
                  value: ({ failing }) => failing,
                  render: ({ number, failing, says }) =>
                    failing > 0 ? (
                      <a
                        href={failingPath(reference, number, checked.suite)}
                        aria-label={`${text.showRows(failing.toLocaleString())}: ${says}`}
                      >
                        {text.showRows(failing.toLocaleString())}
                      </a>
                    ) : null,
                },
              ]}
            />
          </>
        ) : (
          <p className="dim">{text.never}</p>
        )
      }
    </Answer>
  );
}

function failingPath(reference: string, number: number, suite: number): string {
  const query = new URLSearchParams({
    dataset: reference,
    failing: String(number),
    suite: String(suite),
  });
  return `#/checks/suite?${query.toString()}`;
}

function Override({ reference }: { reference: string }) {
  const [why, setWhy] = useState('');
  const override = useCall('checks.override');
  return (
    <form
      className="stack checks__card"
      style={{ gap: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        override.mutate({ dataset: reference, why });
      }}
    >
      <p>{text.blocked}</p>
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <TextInput
          className="grow"
          label={text.why}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Button type="submit" disabled={why.trim().length < 5} loading={override.isPending}>
          {text.override}
        </Button>
      </div>
      {override.error ? <ErrorPanel error={override.error} what={text.overriding} /> : null}
    </form>
  );
}
