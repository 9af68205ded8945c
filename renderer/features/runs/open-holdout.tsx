import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Look } from '../../../preload/contract/holdout.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { words } from './holdout-words.ts';

interface Props {
  readonly run: string;
  readonly looks: readonly Look[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks why, and opens the sealed test rows for a run; opened before, an override is asked for too. */
export function OpenHoldout({ run, looks, opened, onClose }: Props) {
  const [why, setWhy] = useState('');
  const [override, setOverride] = useState(false);
  const open = useJobCall('holdout.open');
  const earlier = looks.find(({ kind }) => kind !== 'judged');
  return (
    <Modal opened={opened && !open.result} onClose={onClose} title={words.open}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void open.start({ run, why, override });
        }}
      >
        <p>{words.explain}</p>
        {earlier ? (
          <>
            <p role="alert">
              {words.spent(earlier.run, earlier.by, formatInstant(earlier.at), earlier.why ?? '')}
            </p>
            <Checkbox
              label={words.override}
              checked={override}
              onChange={(event) => setOverride(event.currentTarget.checked)}
            />
          </>
        ) : null}
        <Textarea
          label={words.whyLabel}
          description={words.whyAbout}
          autosize
          minRows={2}
          value={why}
          data-autofocus
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        {open.error ? <ErrorPanel error={open.error} what={words.opening} /> : null}
        <Button
          type="submit"
          variant="filled"
          loading={open.running}
          disabled={why.trim().length < 5 || (earlier !== undefined && !override)}
        >
          {earlier ? words.confirmOverride : words.confirm}
        </Button>
      </form>
    </Modal>
  );
}
