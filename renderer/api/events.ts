import type { QueryClient } from '@tanstack/react-query';
import type { AppEvent } from '../../preload/contract/events.ts';
import { isLasting } from './facts.ts';
import { followJobEvent, forgetFollowed } from './jobs.ts';

/** Keeps the query cache honest: what changed is asked again, another workspace drops everything. */
export function createEventListener(queries: QueryClient): (event: AppEvent) => void {
  let due: ReturnType<typeof setTimeout> | null = null;
  const refresh = () => {
    due ??= setTimeout(() => {
      due = null;
      void queries.invalidateQueries({ predicate: (query) => !isLasting(query.queryKey) });
    }, 60);
  };
  const known = new Set<string>();
  const ended = new Set<string>();
  return (event) => {
    if (event.type === 'changed') refresh();
    else if (event.type === 'workspace') {
      forgetFollowed();
      queries.removeQueries({
        predicate: (query) => isLasting(query.queryKey) && query.getObserversCount() === 0,
      });
      void queries.resetQueries();
    } else {
      followJobEvent(event);
      const isOver = event.job.status !== 'queued' && event.job.status !== 'running';
      if (!isOver && !known.has(event.job.id)) {
        known.add(event.job.id);
        void queries.invalidateQueries({ queryKey: ['jobs.list'] });
      }
      if (isOver && !ended.has(event.job.id)) {
        ended.add(event.job.id);
        refresh();
      }
    }
  };
}
