import { defineTask } from '../jobs/index.ts';
import type { Gathered } from './gather.ts';
import type { WrittenBundle } from './write-bundle.ts';

export interface ExportPayload {
  readonly gathered: Gathered;
  readonly withData: boolean;
  /** Absolute. */
  readonly dir: string;
  readonly configFolder: string;
}

export interface ExportResult extends Omit<WrittenBundle, 'signature'> {
  /** Fingerprint of the key that signed. */
  readonly signer: string;
}

/** Writes a bundle folder; its signature is staged as an object, so that the same content is signed once only. */
export const exportTask = defineTask<ExportPayload, ExportResult>('bundles.export', async () => {
  const { runExport } = await import('./run-export.ts');
  return runExport;
});
