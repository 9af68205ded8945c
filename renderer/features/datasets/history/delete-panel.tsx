import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Affected } from '../../../../preload/contract/datasets.ts';
import { useCall, useFacts } from '../../../api/facts.ts';
import { go, pathOf } from '../../../ui/navigation/router.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { words } from './words.ts';

interface Props {
  readonly name: string;
  readonly version: number;
  /** Whether the page shows this version. */
  readonly shown: boolean;
  /** The versions that stay. */
  readonly left: readonly number[];
  readonly onClose: () => void;
}

/** Says what goes and what depends on it, then moves the version to the trash; the notice takes it back. */
export function DeletePanel({ name, version, shown, left, onClose }: Props) {
  const exact = `${name}@${version}`;
  const [reason, setReason] = useState('');
  const restore = useCall('datasets.restore');
  const remove = useCall('datasets.delete', () => {
    const notice = notifications.show({
      message: (
        <span className="row">
          <span className="grow">{words.deleting.done(exact)}</span>
          <Button
            onClick={() => {
              restore.mutate({ dataset: exact });
              notifications.hide(notice);
            }}
          >
            {words.deleting.undo}
          </Button>
        </span>
      ),
      autoClose: 10_000,
      withCloseButton: true,
    });
    onClose();
    if (shown) go(left.length > 0 ? pathOf('data', name, 'history') : pathOf('data', 'trash'));
  });
  const asked = useFacts('datasets.delete', { dataset: exact, dryRun: true });
  const affects =
    asked.data && Object.values(asked.data.affects).some(({ length }) => length > 0)
      ? asked.data.affects
      : null;
  return (
    <section
      className="history-list__panel stack"
      aria-label={words.deleting.title(exact)}
      aria-live="polite"
    >
      <strong>{words.deleting.title(exact)}</strong>
      {affects ? (
        <>
          <p>{words.deleting.loses}</p>
          <ul className="history-list__affected">
            {Object.entries(affects)
              .filter(([, names]) => names.length > 0)
              .map(([kind, names]) => (
                <li key={kind}>
                  {words.deleting.kinds[kind as keyof Affected]}:{' '}
                  <span className="mono">{names.join(', ')}</span>
                </li>
              ))}
          </ul>
          <TextInput
            label={words.deleting.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      ) : asked.data ? (
        <p>{words.deleting.free}</p>
      ) : null}
      {asked.error ? <ErrorPanel error={asked.error} what={words.deleting.what} /> : null}
      {remove.error ? <ErrorPanel error={remove.error} what={words.deleting.what} /> : null}
      <div className="row">
        <Button
          variant="filled"
          color={affects ? 'red.9' : 'accent'}
          loading={remove.isPending}
          disabled={!asked.data || (affects !== null && !reason.trim())}
          onClick={() =>
            remove.mutate(affects ? { dataset: exact, force: true, reason } : { dataset: exact })
          }
        >
          {affects ? words.deleting.anyway : words.deleting.yes}
        </Button>
        <Button onClick={onClose}>{words.deleting.no}</Button>
      </div>
    </section>
  );
}
