import { notifications } from '@mantine/notifications';
import type { OutputOf } from '../../../api/methods.ts';
import { words } from './words.ts';

/** Says what an import came to: a new version, or nothing because it was there. */
export function notifyAdded({
  dataset,
  version,
  snapshot,
  added,
  checks,
}: OutputOf<'datasets.import'>): void {
  if (checks?.failed.length) {
    const count = (severity: 'note' | 'warn' | 'block'): number =>
      checks.failed.filter((failed) => failed.severity === severity).length;
    notifications.show({
      title: words.checksFailed(checks.failed.length, checks.of),
      message: words.failedBy(count('block'), count('warn'), count('note')),
      color: checks.verdict === 'blocked' ? 'red' : 'orange',
      withCloseButton: true,
    });
  }
  notifications.show({
    title: added ? words.version(dataset, version) : words.nothingChanged,
    message: added ? words.imported(snapshot.rows, snapshot.rejected) : words.same(dataset, version),
    color: snapshot.rejected ? 'orange' : 'accent',
    withCloseButton: true,
  });
}
