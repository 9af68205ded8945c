import { useRef } from 'react';
import { currentPlace, go } from '../../ui/navigation/router.ts';

/**
 * Leaves the start page once a workspace is open, unless the page was left meanwhile: a file that waited for a workspace is
 * shown as soon as one is open, which may be before or after the answer to who opened it.
 */
export function useLeaveStart() {
  const from = useRef<string | null>(null);
  return {
    /** Before a workspace is asked for. */
    ask: () => {
      from.current = currentPlace().full;
    },
    leave: (path: string) => {
      if (currentPlace().full === from.current) go(path);
    },
  };
}
