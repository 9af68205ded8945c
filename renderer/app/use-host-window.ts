import { useEffect, useEffectEvent, useRef } from 'react';
import type { Opening } from '../../preload/contract/bridge.ts';
import { readLink } from '../../preload/contract/links.ts';
import { useImportDraft } from '../features/datasets/importing/store.ts';
import { isAvailable, type Action } from '../ui/actions/action.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { go } from '../ui/navigation/router.ts';
import { useTabs } from '../ui/navigation/tabs.ts';
import { followLink } from './follow-link.ts';
import { windowMenu } from './window-menu.ts';

/** In a window of its own: its menu shows what can be done here, and the system hands it files and links. Else nothing. */
export function useHostWindow(commands: readonly Action[], workspace: string | null): void {
  useWindowMenu(commands);
  useOpenings(workspace);
}

function useWindowMenu(commands: readonly Action[]): void {
  const lists = useShownActions((state) => state.lists);
  useEffect(() => {
    const bridge = window.holdfast;
    if (!bridge) return undefined;
    const offered = [...Object.values(lists).flat(), ...commands];
    // A page offers its actions in several steps while it appears.
    const show = () => bridge.showMenu(windowMenu(offered));
    const timer = setTimeout(show, 50);
    // What can be done with tabs depends on which there are.
    const endTabs = useTabs.subscribe(show);
    const end = bridge.onMenu((id) => {
      const action = offered.find((one) => one.id === id);
      if (action && isAvailable(action)) action.perform();
    });
    return () => {
      clearTimeout(timer);
      endTabs();
      end();
    };
  }, [commands, lists]);
}

function useOpenings(workspace: string | null): void {
  const waiting = useRef<Opening[]>([]);
  const openWaiting = useEffectEvent(() => {
    // A table needs a workspace to go into: it waits for one.
    if (workspace !== null) for (const opening of waiting.current.splice(0)) open(opening);
  });
  useEffect(
    () =>
      window.holdfast?.onOpen((opening) => {
        waiting.current.push(opening);
        openWaiting();
      }),
    [],
  );
  useEffect(() => {
    if (workspace !== null) openWaiting();
  }, [workspace]);
}

function open(opening: Opening): void {
  if (opening.kind === 'table') {
    useImportDraft.getState().begin({ path: opening.path });
    go('/data/import');
  } else {
    const link = readLink(opening.text);
    if (link) followLink(link);
  }
}
