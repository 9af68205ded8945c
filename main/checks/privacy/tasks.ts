import { defineTask } from '../../jobs/index.ts';
import type { ScanInput, ScanResult } from './scan.ts';

/** Looks at every value of a snapshot. */
export const scanTask = defineTask<ScanInput, ScanResult>('privacy.scan', async () => {
  const { scanTable } = await import('./scan.ts');
  return scanTable;
});

export const privacyTasks = [scanTask] as const;
