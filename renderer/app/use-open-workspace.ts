import { useLayoutEffect } from 'react';
import { openTabs, placeLeft } from '../ui/navigation/tabs.ts';
import { currentPlace, go } from '../ui/navigation/router.ts';
import { openDrafts } from '../ui/state/drafts.ts';
import { openRecent } from './recent.ts';

let first = true;

/** Brings back what a workspace was left with: tabs, drafts, and at the start of the app the place that was looked at. */
export function useOpenWorkspace(id: string | null): void {
  useLayoutEffect(() => {
    openTabs(id);
    openDrafts(id);
    openRecent(id);
    if (id && first && currentPlace().full === '/') go(placeLeft(id, '/'), { replace: true });
    if (id) first = false;
  }, [id]);
}
