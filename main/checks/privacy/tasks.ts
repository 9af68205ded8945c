import { defineTask } from '../../jobs/index.ts';
import type { Anonymity } from '../../../preload/contract/privacy.ts';
import type { AnonymityInput } from './anonymity/measure.ts';
import type { KeepModelsInput, KeepModelsResult } from './subject/keep-models.ts';
import type { RewriteInput, RewriteResult } from './subject/rewrite-without.ts';
import type { ScanFilesInput, ScanFilesResult } from './subject/scan-files.ts';
import type { SearchInput, SearchResult } from './subject/search.ts';
import type { ScanInput, ScanResult } from './scan.ts';
import type { TreatInput, TreatResult } from './treat.ts';

/** Looks at every value of a snapshot. */
export const scanTask = defineTask<ScanInput, ScanResult>('privacy.scan', async () => {
  const { scanTable } = await import('./scan.ts');
  return scanTable;
});

/** Writes a snapshot anew with its columns treated. */
export const treatTask = defineTask<TreatInput, TreatResult>('privacy.treat', async () => {
  const { treatTable } = await import('./treat.ts');
  return treatTable;
});

/** Measures how well rows hide among others. */
export const anonymityTask = defineTask<AnonymityInput, Anonymity>('privacy.anonymity', async () => {
  const { measureAnonymity } = await import('./anonymity/measure.ts');
  return measureAnonymity;
});

/** Looks for a value in every snapshot and object. */
export const searchTask = defineTask<SearchInput, SearchResult>('privacy.find', async () => {
  const { searchValue } = await import('./subject/search.ts');
  return searchValue;
});

/** Writes snapshots anew without a person's rows. */
export const rewriteTask = defineTask<RewriteInput, RewriteResult>('privacy.rewrite', async () => {
  const { rewriteWithout } = await import('./subject/rewrite-without.ts');
  return rewriteWithout;
});

/** Looks for a value in the bytes of every file of a folder. */
export const scanFilesTask = defineTask<ScanFilesInput, ScanFilesResult>('privacy.scan-files', async () => {
  const { scanFiles } = await import('./subject/scan-files.ts');
  return scanFiles;
});

/** What of kept models holds a person's words, and their golden rows without that person's. */
export const keepModelsTask = defineTask<KeepModelsInput, KeepModelsResult>(
  'privacy.keep-models',
  async () => {
    const { checkKeptModels } = await import('./subject/keep-models.ts');
    return checkKeptModels;
  },
);

export const privacyTasks = [
  keepModelsTask,
  scanTask,
  treatTask,
  anonymityTask,
  searchTask,
  rewriteTask,
  scanFilesTask,
] as const;
