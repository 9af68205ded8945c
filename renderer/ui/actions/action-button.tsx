import { Button, Kbd } from '@mantine/core';
import type { Action } from './action.ts';
import { shortcutWords } from './shortcut.ts';

interface Props {
  readonly action: Action;
  /** The one thing this page is for. */
  readonly primary?: boolean;
  readonly loading?: boolean;
}

export function ActionButton({ action, primary = false, loading = false }: Props) {
  const Icon = action.icon;
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      leftSection={<Icon size={14} aria-hidden />}
      {...(action.shortcut && !primary ? { rightSection: <Kbd>{shortcutWords(action.shortcut)}</Kbd> } : {})}
      title={action.shortcut ? `${action.label} (${shortcutWords(action.shortcut)})` : action.label}
      disabled={!(action.isAvailable?.() ?? true)}
      loading={loading}
      onClick={() => action.perform()}
    >
      {action.label}
    </Button>
  );
}
