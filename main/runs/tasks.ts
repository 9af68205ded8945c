import { defineTask } from '../jobs/index.ts';
import type { ReadHistoryInput, ReadHistoryResult } from './importing/read-history.ts';

/** Reads the history of another tool. Untrusted bytes are parsed in this task's process alone. */
export const readHistoryTask = defineTask<ReadHistoryInput, ReadHistoryResult>('runs.import', async () => {
  const { readHistory } = await import('./importing/read-history.ts');
  return readHistory;
});
