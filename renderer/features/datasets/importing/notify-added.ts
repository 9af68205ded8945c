import { notifications } from '@mantine/notifications';
import type { OutputOf } from '../../../api/methods.ts';
import { words } from './words.ts';

/** Says what an import came to: a new version, or nothing because it was there. */
export function notifyAdded({ dataset, version, snapshot, added }: OutputOf<'datasets.import'>): void {
  notifications.show({
    title: added ? words.version(dataset, version) : words.nothingChanged,
    message: added ? words.imported(snapshot.rows, snapshot.rejected) : words.same(dataset, version),
    color: snapshot.rejected ? 'orange' : 'accent',
    withCloseButton: true,
  });
}
