import { useEffect } from 'react';
import { create } from 'zustand';
import type { Action } from './action.ts';

/** Actions of the page that is looked at, for the palette; each list is kept under the key of who offers it. */
export const useShownActions = create<{ readonly lists: Readonly<Record<string, readonly Action[]>> }>()(
  () => ({
    lists: {},
  }),
);

/** Offers actions in the palette and by shortcut while the calling component is on the screen. */
export function useOfferActions(key: string, actions: readonly Action[]): void {
  useEffect(() => {
    useShownActions.setState(({ lists }) => ({ lists: { ...lists, [key]: actions } }));
    return () =>
      useShownActions.setState(({ lists }) => {
        const { [key]: gone, ...rest } = lists;
        return gone === undefined ? { lists } : { lists: rest };
      });
  }, [key, actions]);
}
