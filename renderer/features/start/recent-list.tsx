import { ActionIcon } from '@mantine/core';
import { Pin, PinOff, X } from 'lucide-react';
import type { output } from 'zod';
import type { RecentWorkspace } from '../../../preload/contract/workspaces.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCall } from '../../api/facts.ts';
import { go } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { Moment } from '../../ui/text/moment.tsx';

export function RecentList({ workspaces }: { workspaces: readonly output<typeof RecentWorkspace>[] }) {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['workspaces.recent'] });
  const open = useCall('workspaces.open', () => go('/data'));
  const pin = useCall('workspaces.pin', refresh);
  const forget = useCall('workspaces.forget', refresh);
  if (!workspaces.length) {
    return (
      <p className="dim">Workspaces you have opened will be listed here. Make one, or try the sample.</p>
    );
  }
  return (
    <div className="stack">
      {open.error ? <ErrorPanel error={open.error} what="Opening the workspace" /> : null}
      <ul className="recent-list">
        {workspaces.map((one) => (
          <li key={one.dir}>
            <button
              type="button"
              className="recent-list__open"
              disabled={one.missing || open.isPending}
              onClick={() => open.mutate({ dir: one.dir })}
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
              <Seal tone="warn" label="not found" title="the folder was moved or its disk is not connected" />
            ) : null}
            <ActionIcon
              aria-label={`${one.pinned ? 'Unpin' : 'Pin'} ${one.name}`}
              title={one.pinned ? 'no longer keep on top' : 'keep on top'}
              onClick={() => pin.mutate({ dir: one.dir, pinned: !one.pinned })}
            >
              {one.pinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
            </ActionIcon>
            <ActionIcon
              aria-label={`Take ${one.name} off this list`}
              title="take off this list; the folder stays"
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
