import { sha256 } from '../../platform/files/index.ts';
import { userPaths } from '../../platform/paths.ts';
import { reachable, recordVersion, resolveDataset } from '../../datasets/index.ts';
import type { Service } from '../../workspaces/index.ts';
import { ensureSecretKey, type SecretKey } from './secret-key.ts';
import { treatTask } from './tasks.ts';

/** Treats a dataset's version; the result is the next version of it, or of `name`, and its record names the parent and the steps. */
export const treatDataset: Service<'privacy'>['treat'] = async (
  { dataset: reference, steps, name },
  context,
) => {
  const parent = resolveDataset(context.workspace.db, reference);
  const dataset = name ?? parent.dataset;
  context.about({ dataset }, `treat ${parent.dataset}@${parent.version}`);
  const names = new Set(
    steps.flatMap((step) => (step.treat === 'pseudonym' || step.treat === 'noise' ? [step.key] : [])),
  );
  const keys = new Map<string, SecretKey>();
  for (const key of names) keys.set(key, await ensureSecretKey(userPaths().config, key));
  const { result, objects } = await context.task(treatTask, {
    manifest: parent.manifest,
    steps,
    keys: Object.fromEntries([...keys].map(([key, { bytes }]) => [key, bytes])),
  });
  const recorded = steps.map((step) => {
    const fingerprint = 'key' in step ? keys.get(step.key)?.fingerprint : undefined;
    return fingerprint === undefined ? { ...step } : { ...step, fingerprint };
  });
  const text = JSON.stringify(recorded);
  const made = {
    snapshot: result.snapshot,
    rejected: 0,
    rejects: null,
    notes: [],
    source: {
      file: 'treatment',
      size: Buffer.byteLength(text),
      sha256: sha256(text),
      treatment: {
        steps: recorded,
        parents: [{ dataset: parent.dataset, version: parent.version, snapshot: parent.snapshot }],
      },
    },
  };
  const version = await recordVersion(made, reachable(objects, made), { dataset, options: {} }, context);
  const { id, rows, columns } = result.snapshot;
  return {
    dataset,
    ...version,
    parent: { dataset: parent.dataset, version: parent.version },
    snapshot: { id, rows, columns, rejected: 0 },
    columns: [...result.columns],
    keys: [...keys.values()].map(({ name: of, fingerprint }) => ({ name: of, fingerprint })),
  };
};
