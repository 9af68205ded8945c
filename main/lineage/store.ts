import type { LineageEdge, LineageNode } from '../../preload/contract/lineage.ts';
import type { Db } from '../platform/database/index.ts';

export interface Graph {
  readonly nodes: Map<string, LineageNode>;
  readonly edges: LineageEdge[];
}

type Facts = LineageNode['facts'];

/** Reads every record that came from another, as one graph. Edges point from what was there first to what was made of it. */
export function readGraph(db: Db): Graph {
  const nodes = new Map<string, LineageNode>();
  const edges: LineageEdge[] = [];
  const node = (
    kind: LineageNode['kind'],
    key: string,
    label: string,
    at: string | null,
    facts: Facts,
  ): string => {
    const id = `${kind}:${key}`;
    if (!nodes.has(id)) nodes.set(id, { id, kind, label, at, facts });
    return id;
  };
  const seen = new Set<string>();
  const edge = (from: string, to: string, how: string): void => {
    const key = `${from} ${to} ${how}`;
    if (!seen.has(key)) edges.push({ from, to, how });
    seen.add(key);
  };
  const reader = { db, node, edge };
  readSnapshots(reader);
  readRuns(reader);
  readModels(reader);
  readBundles(reader);
  readVerdicts(reader);
  return { nodes, edges };
}

/** The node of `[model:]NAME[@N]`: the live version, or else the latest, where none is said. */
export function modelNode(db: Db, reference: string): string | undefined {
  const [name = '', version] = reference.replace(/^model:/, '').split('@');
  const rows = db.all<{ version: number; stage: string }>(
    'SELECT version, stage FROM model_versions WHERE model = ? ORDER BY version',
    name,
  );
  const row =
    version === undefined
      ? (rows.find(({ stage }) => stage === 'live') ?? rows.at(-1))
      : rows.find((one) => String(one.version) === version);
  return row && `model:${name}@${row.version}`;
}

/** The node of the snapshot that `DATASET[@N]` is; one snapshot may be versions of several datasets. */
export function snapshotNode(db: Db, reference: string): string | undefined {
  const [name = '', version] = reference.split('@');
  const rows = db.all<{ version: number; snapshot: string }>(
    'SELECT version, snapshot FROM versions WHERE dataset = ? ORDER BY version',
    name,
  );
  const row = version === undefined ? rows.at(-1) : rows.find((one) => String(one.version) === version);
  return row && `snapshot:${row.snapshot}`;
}

interface Reader {
  readonly db: Db;
  readonly node: (
    kind: LineageNode['kind'],
    key: string,
    label: string,
    at: string | null,
    facts: Facts,
  ) => string;
  readonly edge: (from: string, to: string, how: string) => void;
}

const short = (digest: string): string => digest.slice(0, 12);

function readSnapshots({ db, node, edge }: Reader): void {
  interface VersionRow {
    dataset: string;
    version: number;
    snapshot: string;
    created: string;
    actor: string;
    source: string;
    rejected: number;
    rows: number;
    columns: number;
  }
  for (const row of db.all<VersionRow>(
    'SELECT v.*, s.rows, s.columns FROM versions v JOIN snapshots s ON s.id = v.snapshot ORDER BY v.created, v.version',
  )) {
    const label = `${row.dataset}@${row.version}`;
    const snapshot = node('snapshot', row.snapshot, label, row.created, {
      dataset: row.dataset,
      version: row.version,
      snapshot: row.snapshot,
      rows: row.rows,
      columns: row.columns,
      rejected: row.rejected,
      by: row.actor,
    });
    const source = JSON.parse(row.source) as { file: string; size: number; sha256: string } | null;
    if (source)
      edge(node('source', source.sha256, source.file, row.created, { ...source }), snapshot, 'imported');
  }
}

function readRuns({ db, node, edge }: Reader): void {
  interface RunFacts {
    id: string;
    status: string;
    dataset: string;
    version: number;
    snapshot: string;
    target: string;
    family: string;
    recipe: string;
    seed: number;
    code: string;
    created: string;
    actor: string;
    engine: string | null;
    split: string | null;
    origin: string | null;
  }
  for (const row of db.all<RunFacts>('SELECT * FROM runs ORDER BY created, rowid')) {
    const engine = row.engine
      ? (JSON.parse(row.engine) as { id: string; version: string; detail: string })
      : null;
    const run = node('run', row.id, `${row.family} on ${row.target}`, row.created, {
      run: row.id,
      status: row.status,
      seed: row.seed,
      code: row.code,
      engine: engine ? `${engine.id} ${engine.version}` : null,
      'engine detail': engine?.detail ?? null,
      by: row.actor,
      from: row.origin,
    });
    // A pulled run's data may not be here: its snapshot is then known by its id only.
    edge(
      node('snapshot', row.snapshot, `${row.dataset}@${row.version}`, null, {
        snapshot: row.snapshot,
        here: false,
      }),
      run,
      'data',
    );
    edge(
      node('recipe', row.recipe, `recipe ${short(row.recipe)}`, row.created, {
        hash: row.recipe,
        family: row.family,
        target: row.target,
      }),
      run,
      'recipe',
    );
    if (row.split) {
      const split = node('split', row.split, `split ${short(row.split)}`, row.created, { digest: row.split });
      edge(`snapshot:${row.snapshot}`, split, 'split');
      edge(split, run, 'rows');
    }
  }
}

function readModels({ db, node, edge }: Reader): void {
  interface VersionFacts {
    model: string;
    version: number;
    run: string;
    stage: string;
    notes: string;
    created: string;
    actor: string;
    origin: string | null;
  }
  for (const row of db.all<VersionFacts>('SELECT * FROM model_versions ORDER BY created, version')) {
    const label = `${row.model}@${row.version}`;
    const facts = { stage: row.stage, notes: row.notes, by: row.actor, from: row.origin };
    edge(`run:${row.run}`, node('model', label, label, row.created, facts), 'entered');
  }
}

function readBundles({ db, node, edge }: Reader): void {
  interface BundleFacts {
    digest: string;
    model: string;
    version: number;
    direction: string;
    signer: string | null;
    at: string;
    actor: string;
  }
  for (const row of db.all<BundleFacts>('SELECT * FROM bundles ORDER BY at, rowid')) {
    const bundle = node('bundle', row.digest, `bundle ${short(row.digest)}`, row.at, {
      digest: row.digest,
      signer: row.signer,
      by: row.actor,
    });
    const model = `model:${row.model}@${row.version}`;
    if (row.direction === 'pull') edge(bundle, model, 'pulled');
    else edge(model, bundle, 'exported');
  }
  interface TransferFacts {
    direction: string;
    remote: string;
    model: string;
    version: number;
    bundle: string;
    digest: string;
    at: string;
    actor: string;
  }
  for (const row of db.all<TransferFacts>('SELECT * FROM transfers ORDER BY at, rowid')) {
    const remote = node('remote', row.remote, row.remote, row.at, { digest: row.digest, by: row.actor });
    const bundle = node('bundle', row.bundle, `bundle ${short(row.bundle)}`, row.at, { digest: row.bundle });
    if (row.direction === 'pull') edge(remote, bundle, 'pulled');
    else {
      edge(`model:${row.model}@${row.version}`, bundle, 'exported');
      edge(bundle, remote, 'pushed');
    }
  }
  interface PredictionFacts {
    id: string;
    model: string;
    version: number;
    source: string;
    rows: number;
    sha256: string;
    at: string;
    actor: string;
  }
  for (const row of db.all<PredictionFacts>('SELECT * FROM predictions ORDER BY at, rowid')) {
    const facts = { rows: row.rows, 'sha256 of the result': row.sha256, by: row.actor };
    const prediction = node('prediction', row.id, `${row.rows} predictions`, row.at, facts);
    edge(`model:${row.model}@${row.version}`, prediction, 'predicted');
    const source = JSON.parse(row.source) as { file: string; size: number; sha256: string };
    edge(node('source', source.sha256, source.file, row.at, { ...source }), prediction, 'input');
  }
}

function readVerdicts({ db, node, edge }: Reader): void {
  interface VerdictFacts {
    id: string;
    kind: string;
    subject: string;
    outcome: string;
    at: string;
    actor: string;
  }
  for (const row of db.all<VerdictFacts>('SELECT * FROM verdicts ORDER BY at, rowid')) {
    edge(
      `run:${row.subject}`,
      node('verdict', row.id, `${row.kind}: ${row.outcome}`, row.at, { outcome: row.outcome, by: row.actor }),
      row.kind,
    );
  }
}
