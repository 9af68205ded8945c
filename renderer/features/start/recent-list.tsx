import { ActionIcon } from '@mantine/core';
import { Pin, PinOff, X } from 'lucide-react';
import type { output } from 'zod';
import type { RecentWorkspace } from '../../../preload/contract/workspaces.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCall } from '../../api/facts.ts';
import { placeLeft } from '../../ui/navigation/tabs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { askToLeave } from '../../ui/state/leaving.ts';
import { Seal } from '../../ui/state/seal.tsx';
import { Moment } from '../../ui/text/moment.tsx';
import { useLeaveStart } from './use-leave-start.ts';
import { words } from './words.ts';

export function RecentList({ workspaces }: { workspaces: readonly output<typeof RecentWorkspace>[] }) {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['workspaces.recent'] });
  const { ask, leave } = useLeaveStart();
  const open = useCall('workspaces.open', ({ workspace }) => leave(placeLeft(workspace.id)));
  const pin = useCall('workspaces.pin', refresh);
  const forget = useCall('workspaces.forget', refresh);
  if (!workspaces.length) {
    return <p className="dim">{words.recent.none}</p>;
  }
  return (
    <div className="stack">
      {open.error ? <ErrorPanel error={open.error} what={words.recent.opening} /> : null}
      <ul className="recent-list">
        {workspaces.map((one) => (
          <li key={one.dir}>
            <button
              type="button"
              className="recent-list__open"
              disabled={one.missing || open.isPending}
              onClick={() =>
                askToLeave(() => {
                  ask();
                  open.mutate({ dir: one.dir });
                })
              }
            >
              <strong className="truncate" style={{ fontWeight: 500 }}>
                {one.name}
              </strong>
              <span className="dim small truncate" title={one.dir} style={{ lineHeight: '20px' }}>
                {one.dir}
              </span>
              <span className="dim small" style={{ lineHeight: '20px' }}>
                <Moment at={one.opened} />
              </span>
            </button>
            {one.missing ? (
              <Seal tone="warn" label={words.recent.missing} title={words.recent.missingWhy} />
            ) : null}
            <ActionIcon
              aria-label={one.pinned ? words.recent.unpin(one.name) : words.recent.pin(one.name)}
              title={one.pinned ? words.recent.unpinWhat : words.recent.pinWhat}
              onClick={() => pin.mutate({ dir: one.dir, pinned: !one.pinned })}
            >
              {one.pinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
            </ActionIcon>
            <ActionIcon
              aria-label={words.recent.forget(one.name)}
              title={words.recent.forgetWhat}
              onClick={() => forget.mutate({ dir: one.dir })}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  );
}
