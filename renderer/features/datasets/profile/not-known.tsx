import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall, useFacts } from '../../../api/facts.ts';
import { Concept } from '../../../ui/help/concept.tsx';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { Seal } from '../../../ui/state/seal.tsx';
import { formatInstant } from '../../../ui/text/format.ts';
import { words } from '../words.ts';

const { notKnown: text } = words.profile;

interface Props {
  /** With its version: `houses@2`; what is declared holds for all of them. */
  readonly dataset: string;
  readonly column: string;
}

/** Whether a column is known when a prediction is asked for: declared here, with why, and taken back. */
export function NotKnown({ dataset, column }: Props) {
  const shown = useFacts('datasets.show', { dataset });
  const [why, setWhy] = useState('');
  const declare = useCall('datasets.not-known', () => setWhy(''));
  const declared = shown.data?.notKnown.find((one) => one.column === column);
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h3 className="row">
        <span>{text.heading}</span>
        <Concept id="leakage" />
      </h3>
      {declared ? (
        <>
          <p className="row">
            <Seal tone="warn" label={text.seal} />
          </p>
          <p className="small dim">
            {text.declared(declared.by, formatInstant(declared.at))}
            {declared.why === null ? '' : `: ${declared.why}`}
          </p>
          <Button
            loading={declare.isPending}
            onClick={() => declare.mutate({ dataset, column, remove: true })}
          >
            {text.takeBack}
          </Button>
        </>
      ) : (
        <form
          className="stack"
          style={{ gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            const reason = why.trim();
            declare.mutate({ dataset, column, ...(reason ? { why: reason } : {}) });
          }}
        >
          <p className="small dim">{text.about}</p>
          <TextInput
            label={text.why}
            placeholder={text.whyHint}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <Button type="submit" loading={declare.isPending} disabled={!shown.data}>
            {text.declare}
          </Button>
        </form>
      )}
      {declare.error ? <ErrorPanel error={declare.error} what={text.declaring} /> : null}
    </section>
  );
}
