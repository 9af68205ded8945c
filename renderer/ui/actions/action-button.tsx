import { Button, Kbd } from '@mantine/core';
import { isAvailable, shortcutsOf, type Action } from './action.ts';
import { shortcutWords } from './shortcut.ts';

interface Props {
  readonly action: Action;
  /** The one thing this page is for. */
  readonly primary?: boolean;
  readonly loading?: boolean;
}

export function ActionButton({ action, primary = false, loading = false }: Props) {
  const Icon = action.icon;
  const [shortcut] = shortcutsOf(action);
  const available = isAvailable(action);
  const why = available ? null : (action.why?.() ?? null);
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      leftSection={<Icon size={14} aria-hidden />}
      {...(shortcut && !primary ? { rightSection: <Kbd>{shortcutWords(shortcut)}</Kbd> } : {})}
      title={why ?? (shortcut ? `${action.label} (${shortcutWords(shortcut)})` : action.label)}
      disabled={!available}
      loading={loading}
      onClick={() => action.perform()}
    >
      {action.label}
    </Button>
  );
}
