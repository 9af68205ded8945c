import { Menu } from '@mantine/core';
import type { MouseEvent } from 'react';
import { create } from 'zustand';
import type { Action } from './action.ts';
import { ActionItems } from './action-items.tsx';

interface Shown {
  readonly actions: readonly Action[];
  readonly x: number;
  readonly y: number;
  /** Gets the focus back. */
  readonly from: HTMLElement | null;
}

const useShown = create<{ readonly shown: Shown | null }>()(() => ({ shown: null }));

/** For `onContextMenu`: shows the actions where it was asked for, by the mouse or by the menu key. */
export function contextMenu(actions: readonly Action[]): (event: MouseEvent) => void {
  return (event) => {
    if (!actions.length) return;
    event.preventDefault();
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    useShown.setState({
      shown: {
        actions,
        x: byKey ? box.left + 8 : event.clientX,
        y: byKey ? box.bottom : event.clientY,
        from: document.activeElement instanceof HTMLElement ? document.activeElement : null,
      },
    });
  };
}

/** The one context menu of the window; the shell shows it. */
export function ContextMenu() {
  const shown = useShown((state) => state.shown);
  const close = () => {
    useShown.setState({ shown: null });
    shown?.from?.focus();
  };
  return (
    <Menu
      opened={shown !== null}
      onClose={close}
      position="bottom-start"
      offset={2}
      returnFocus={false}
      {...(shown ? { key: `${shown.x} ${shown.y}` } : {})}
    >
      <Menu.Target>
        <span
          aria-hidden
          style={{ position: 'fixed', left: shown?.x ?? 0, top: shown?.y ?? 0, width: 1, height: 1 }}
        />
      </Menu.Target>
      <Menu.Dropdown>{shown ? <ActionItems actions={shown.actions} /> : null}</Menu.Dropdown>
    </Menu>
  );
}
