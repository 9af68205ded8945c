import type { Facts, GraphBuilder } from './graph.ts';
import { short } from './graph.ts';
import type { Answers } from './read-runs.ts';
import { compare } from './read-snapshots.ts';
import type { Records } from './store.ts';

interface VersionRow {
  readonly model: string;
  readonly version: number;
  readonly run: string;
  readonly stage: string;
  readonly notes: string;
  readonly created: string;
  readonly actor: string;
  readonly origin: string | null;
}

/** Model versions; gives what each answers, by `model@version`. */
export function readModels(records: Records, { node, edge }: GraphBuilder, runs: Answers): Answers {
  const answers = new Map<string, Facts>();
  const rows = records
    .all<VersionRow>('model_versions')
    .toSorted((a, b) => compare(a.created, b.created) || a.version - b.version);
  for (const row of rows) {
    const label = `${row.model}@${row.version}`;
    const own = { run: row.run, ...runs.get(row.run) };
    answers.set(label, own);
    const facts = { stage: row.stage, ...own, notes: row.notes, by: row.actor, from: row.origin };
    edge(`run:${row.run}`, node('model', label, label, row.created, facts), 'entered');
  }
  return answers;
}

interface BundleRow {
  readonly digest: string;
  readonly model: string;
  readonly version: number;
  readonly direction: string;
  readonly signer: string | null;
  readonly at: string;
  readonly actor: string;
}

interface TransferRow {
  readonly direction: string;
  readonly remote: string;
  readonly model: string;
  readonly version: number;
  readonly bundle: string;
  readonly digest: string;
  readonly at: string;
  readonly actor: string;
}

export function readBundles(records: Records, { node, edge }: GraphBuilder, models: Answers): void {
  const bundleNode = (
    digest: string,
    row: Pick<BundleRow, 'model' | 'version' | 'at' | 'actor'>,
    signer: string | null,
  ) =>
    node('bundle', digest, `bundle ${short(digest)}`, row.at, {
      digest,
      model: `${row.model}@${row.version}`,
      ...models.get(`${row.model}@${row.version}`),
      signer,
      by: row.actor,
    });
  for (const row of records.all<BundleRow>('bundles').toSorted((a, b) => compare(a.at, b.at))) {
    const bundle = bundleNode(row.digest, row, row.signer);
    const model = `model:${row.model}@${row.version}`;
    if (row.direction === 'pull') edge(bundle, model, 'pulled');
    else edge(model, bundle, 'exported');
  }
  for (const row of records.all<TransferRow>('transfers').toSorted((a, b) => compare(a.at, b.at))) {
    const remote = node('remote', row.remote, row.remote, row.at, { digest: row.digest, by: row.actor });
    const bundle = bundleNode(row.bundle, row, null);
    if (row.direction === 'pull') edge(remote, bundle, 'pulled');
    else {
      edge(`model:${row.model}@${row.version}`, bundle, 'exported');
      edge(bundle, remote, 'pushed');
    }
  }
}

interface PredictionRow {
  readonly id: string;
  readonly model: string;
  readonly version: number;
  readonly source: string;
  readonly rows: number;
  readonly sha256: string;
  readonly at: string;
  readonly actor: string;
}

export function readPredictions(records: Records, { node, edge }: GraphBuilder, models: Answers): void {
  for (const row of records.all<PredictionRow>('predictions').toSorted((a, b) => compare(a.at, b.at))) {
    const model = `${row.model}@${row.version}`;
    const source = JSON.parse(row.source) as { file: string; size: number; sha256: string };
    const prediction = node('prediction', row.id, `${row.rows} predictions`, row.at, {
      model,
      ...models.get(model),
      'predicted rows': row.rows,
      'for the file': source.file,
      'sha256 of the result': row.sha256,
      by: row.actor,
    });
    edge(`model:${model}`, prediction, 'predicted');
    edge(node('source', source.sha256, source.file, row.at, { ...source }), prediction, 'input');
  }
}
