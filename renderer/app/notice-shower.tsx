import { notifications } from '@mantine/notifications';
import type { Notice } from '../ui/state/notices.ts';
import { useSettings } from '../ui/state/settings.ts';
import type { Tone } from '../ui/state/seal.tsx';
import { words } from './words.ts';

const colours: Readonly<Record<Tone, string>> = {
  good: 'green',
  warn: 'orange',
  bad: 'red',
  busy: 'accent',
  plain: 'accent',
  none: 'gray',
};

/** A notice in the corner for a moment; the history in the tray has it for good. */
export function showNotice({ title, message, tone, path }: Notice): void {
  if (!useSettings.getState().notices) return;
  const id = notifications.show({
    title,
    message: (
      <>
        {message}
        {path ? (
          <>
            {' '}
            <a href={`#${path}`} onClick={() => notifications.hide(id)}>
              {words.tray.show}
            </a>
          </>
        ) : null}
      </>
    ),
    color: colours[tone],
    withCloseButton: true,
    ...(tone === 'bad' ? { autoClose: 12_000 } : {}),
  });
}
