import { useEffect } from 'react';
import { isAvailable, shortcutsOf, type Action } from '../ui/actions/action.ts';
import { isMac, isModified, isPressed, isWriting } from '../ui/actions/shortcut.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { go } from '../ui/navigation/router.ts';
import { navPages } from './routes.ts';

const chordTime = 1200;

/** Listens for the shortcuts of all actions that are offered: held keys, letters, and `g d` and the like. */
export function useShortcuts(commands: readonly Action[]): void {
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null;
    const offered = () => [...Object.values(useShownActions.getState().lists).flat(), ...commands];
    const run = (event: KeyboardEvent, action: Action | undefined): boolean => {
      if (!action || !isAvailable(action)) return false;
      event.preventDefault();
      first = null;
      action.perform();
      return true;
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return held(event);
      if (isWriting(event.target) || event.key.length !== 1 || isInDialog(event.target)) return;
      const key = event.key.toLowerCase();
      const chord = first && event.timeStamp - first.at < chordTime ? `${first.key} ${key}` : null;
      const action = offered().find((one) =>
        shortcutsOf(one).some((shortcut) => shortcut === chord || shortcut === key),
      );
      if (!run(event, action)) first = { key, at: event.timeStamp };
    };
    const held = (event: KeyboardEvent) => {
      // Option and a letter writes a sign on a Mac.
      if (isMac && event.altKey && isWriting(event.target)) return;
      const page = /^Digit[1-9]$/.test(event.code) ? navPages[Number(event.code.slice(5)) - 1] : undefined;
      if (page && event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        go(page.pattern);
        return;
      }
      run(
        event,
        offered().find((one) =>
          shortcutsOf(one).some((shortcut) => isModified(shortcut) && isPressed(shortcut, event)),
        ),
      );
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [commands]);
}

/** What lies in front has the keyboard to itself. */
function isInDialog(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null
  );
}
