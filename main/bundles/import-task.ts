import { defineTask } from '../jobs/index.ts';
import type { BundleRecord } from './content.ts';
import type { Problem } from './check-files.ts';
import type { Signer } from './signer.ts';

export interface OpenPayload {
  /** Absolute. */
  readonly dir: string;
  readonly configFolder: string;
  /** Stage the objects inside, for adoption, when all of it verifies. */
  readonly stage: boolean;
}

export interface OpenResult {
  readonly problems: readonly Problem[];
  readonly signer: Signer | null;
  readonly digest: string | null;
  readonly withData: boolean;
  /** Null as soon as there is any problem. */
  readonly record: BundleRecord | null;
}

/** Verifies a bundle folder, and stages what is inside. */
export const openTask = defineTask<OpenPayload, OpenResult>('bundles.open', async () => {
  const { runOpen } = await import('./run-open.ts');
  return runOpen;
});
