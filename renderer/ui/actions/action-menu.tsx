import { Button, Menu } from '@mantine/core';
import { MoreHorizontal } from 'lucide-react';
import type { Action } from './action.ts';
import { ActionItems } from './action-items.tsx';
import { words } from './words.ts';

interface Props {
  readonly actions: readonly Action[];
  readonly label?: string;
}

/** The actions that have no button of their own, behind three dots. */
export function ActionMenu({ actions, label = words.more }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button aria-label={label} title={label}>
          <MoreHorizontal size={14} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}
