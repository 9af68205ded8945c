import { notifications } from '@mantine/notifications';
import type { OutputOf } from '../../../api/methods.ts';
import { plural } from '../../../ui/text/format.ts';

/** Says what an import came to: a new version, or nothing because it was there. */
export function notifyAdded({ dataset, version, snapshot, added }: OutputOf<'datasets.import'>): void {
  notifications.show({
    title: added ? `${dataset} version ${version}` : 'Nothing changed',
    message: added
      ? `${plural(snapshot.rows, 'row')} imported${snapshot.rejected ? `, ${snapshot.rejected.toLocaleString()} did not fit` : ''}.`
      : `The file holds the same as ${dataset} version ${version}; nothing was stored.`,
    color: snapshot.rejected ? 'orange' : 'accent',
    withCloseButton: true,
  });
}
