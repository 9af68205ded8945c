import { useEffect } from 'react';
import type { Action } from '../ui/actions/action.ts';
import { isWriting } from '../ui/actions/shortcut.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { go } from '../ui/navigation/router.ts';
import { navPages } from './routes.ts';

const chordTime = 1200;

/** Listens for `g d` and the like, and Alt with a digit for the pages in their order. */
export function useShortcuts(commands: readonly Action[]): void {
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      if (event.altKey) {
        const page = /^Digit[1-9]$/.test(event.code) ? navPages[Number(event.code.slice(5)) - 1] : undefined;
        if (!page) return;
        event.preventDefault();
        go(page.pattern);
        return;
      }
      if (isWriting(event.target) || event.key.length !== 1) return;
      const key = event.key.toLowerCase();
      const chord = first && event.timeStamp - first.at < chordTime ? `${first.key} ${key}` : null;
      const offered = [...commands, ...Object.values(useShownActions.getState().lists).flat()];
      const action = offered.find(({ shortcut }) => shortcut === chord || shortcut === key);
      if (action && (action.isAvailable?.() ?? true)) {
        event.preventDefault();
        first = null;
        action.perform();
      } else first = { key, at: event.timeStamp };
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [commands]);
}
