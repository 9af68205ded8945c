import { Kbd, Menu } from '@mantine/core';
import { isAvailable, shortcutsOf, type Action } from './action.ts';
import { shortcutWords } from './shortcut.ts';

/** Actions as the entries of a menu that stands around them. */
export function ActionItems({ actions }: { actions: readonly Action[] }) {
  return actions.map((action) => {
    const Icon = action.icon;
    const [shortcut] = shortcutsOf(action);
    const available = isAvailable(action);
    return (
      <Menu.Item
        key={action.id}
        leftSection={<Icon size={14} strokeWidth={1.75} aria-hidden />}
        {...(shortcut ? { rightSection: <Kbd>{shortcutWords(shortcut)}</Kbd> } : {})}
        {...(action.danger ? { color: 'red' } : {})}
        title={available ? action.about : (action.why?.() ?? undefined)}
        disabled={!available}
        onClick={() => action.perform()}
      >
        {action.label}
      </Menu.Item>
    );
  });
}
