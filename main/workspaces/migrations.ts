/**
 * The database's format, forward only: entry N brings a workspace from format N to N + 1. Never edit an entry that was released.
 * Columns named for an object (manifest, model, ...) refer to `objects`, so that SQLite itself refuses a record without its bytes.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    changes TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, created TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL, log TEXT NOT NULL, result TEXT NOT NULL
  ) STRICT;
  CREATE INDEX jobs_created ON jobs (created);

  CREATE TABLE objects (digest TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, children TEXT NOT NULL) STRICT;
  CREATE TABLE datasets (name TEXT PRIMARY KEY, created TEXT NOT NULL) STRICT;
  CREATE TABLE snapshots (
    id TEXT PRIMARY KEY, manifest TEXT NOT NULL REFERENCES objects, rows INTEGER NOT NULL, columns INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE versions (
    dataset TEXT NOT NULL REFERENCES datasets, version INTEGER NOT NULL, snapshot TEXT NOT NULL REFERENCES snapshots,
    created TEXT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL, options TEXT NOT NULL, rejected INTEGER NOT NULL,
    rejects TEXT REFERENCES objects, notes TEXT NOT NULL,
    PRIMARY KEY (dataset, version)
  ) STRICT;
  CREATE INDEX versions_snapshot ON versions (snapshot);
  CREATE TABLE summaries (snapshot TEXT PRIMARY KEY REFERENCES snapshots, object TEXT NOT NULL REFERENCES objects) STRICT;
  CREATE TABLE recipes (hash TEXT PRIMARY KEY, body TEXT NOT NULL, created TEXT NOT NULL) STRICT;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, dataset TEXT NOT NULL, version INTEGER NOT NULL, snapshot TEXT NOT NULL,
    target TEXT NOT NULL, task TEXT NOT NULL, family TEXT NOT NULL, recipe TEXT NOT NULL REFERENCES recipes, seed INTEGER NOT NULL,
    code TEXT NOT NULL, created TEXT NOT NULL, finished TEXT, duration REAL, actor TEXT NOT NULL, job TEXT,
    engine TEXT, metrics TEXT, notes TEXT NOT NULL, error TEXT,
    split TEXT REFERENCES objects, pipeline TEXT REFERENCES objects, model TEXT REFERENCES objects,
    evaluation TEXT REFERENCES objects, history TEXT REFERENCES objects, golden TEXT REFERENCES objects,
    manifest TEXT REFERENCES objects, origin TEXT
  ) STRICT;
  CREATE INDEX runs_created ON runs (created);
  CREATE INDEX runs_snapshot ON runs (snapshot);
  CREATE TABLE models (name TEXT PRIMARY KEY, created TEXT NOT NULL) STRICT;
  CREATE TABLE model_versions (
    model TEXT NOT NULL REFERENCES models, version INTEGER NOT NULL, run TEXT NOT NULL REFERENCES runs, stage TEXT NOT NULL,
    notes TEXT NOT NULL, created TEXT NOT NULL, actor TEXT NOT NULL, history TEXT NOT NULL, origin TEXT,
    PRIMARY KEY (model, version)
  ) STRICT;
  CREATE INDEX model_versions_run ON model_versions (run);
  CREATE TABLE verdicts (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
    evidence TEXT NOT NULL
  ) STRICT;
  CREATE INDEX verdicts_subject ON verdicts (subject, at);
  CREATE TABLE bundles (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, model TEXT NOT NULL, version INTEGER NOT NULL, direction TEXT NOT NULL,
    signer TEXT, with_data INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
    FOREIGN KEY (model, version) REFERENCES model_versions
  ) STRICT;
  CREATE TABLE transfers (
    id TEXT PRIMARY KEY, direction TEXT NOT NULL, remote TEXT NOT NULL, model TEXT NOT NULL, version INTEGER NOT NULL,
    bundle TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
    FOREIGN KEY (model, version) REFERENCES model_versions
  ) STRICT;
  CREATE TABLE predictions (
    id TEXT PRIMARY KEY, model TEXT NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL, rows INTEGER NOT NULL,
    sha256 TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
    FOREIGN KEY (model, version) REFERENCES model_versions
  ) STRICT;
  `,
  `
  CREATE TABLE diffs (
    earlier TEXT NOT NULL REFERENCES snapshots, later TEXT NOT NULL REFERENCES snapshots, told_by TEXT NOT NULL,
    object TEXT NOT NULL REFERENCES objects,
    PRIMARY KEY (earlier, later, told_by)
  ) STRICT;
  CREATE TABLE tags (
    dataset TEXT NOT NULL, tag TEXT NOT NULL, version INTEGER NOT NULL, created TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (dataset, tag), FOREIGN KEY (dataset, version) REFERENCES versions
  ) STRICT;
  CREATE TABLE version_notes (
    dataset TEXT NOT NULL, version INTEGER NOT NULL, note TEXT NOT NULL, created TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (dataset, version), FOREIGN KEY (dataset, version) REFERENCES versions
  ) STRICT;
  CREATE TABLE deletions (
    dataset TEXT NOT NULL REFERENCES datasets, version INTEGER NOT NULL, snapshot TEXT NOT NULL, deleted TEXT NOT NULL,
    actor TEXT NOT NULL, reason TEXT, affects TEXT NOT NULL, body TEXT NOT NULL, emptied TEXT,
    manifest TEXT REFERENCES objects, rejects TEXT REFERENCES objects,
    PRIMARY KEY (dataset, version)
  ) STRICT;
  CREATE INDEX deletions_snapshot ON deletions (snapshot);
  `,
  `
  CREATE TABLE suites (
    dataset TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, created TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (dataset, version)
  ) STRICT;
  `,
  `
  CREATE TABLE run_marks (
    run TEXT PRIMARY KEY, tags TEXT NOT NULL, note TEXT, at TEXT NOT NULL, actor TEXT NOT NULL
  ) STRICT;
  CREATE TABLE imported_runs (
    id TEXT PRIMARY KEY, tool TEXT NOT NULL, experiment TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, created TEXT NOT NULL,
    finished TEXT, duration REAL, actor TEXT NOT NULL, params TEXT NOT NULL, metrics TEXT NOT NULL, tags TEXT NOT NULL, note TEXT,
    history TEXT REFERENCES objects, digest TEXT NOT NULL, at TEXT NOT NULL, importer TEXT NOT NULL
  ) STRICT;
  CREATE TABLE run_environments (run TEXT PRIMARY KEY REFERENCES runs, body TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE column_profiles (
    snapshot TEXT NOT NULL REFERENCES snapshots, root TEXT NOT NULL, object TEXT NOT NULL REFERENCES objects,
    PRIMARY KEY (snapshot, root)
  ) STRICT;
  CREATE INDEX column_profiles_root ON column_profiles (root);
  CREATE TABLE snapshot_relations (
    snapshot TEXT PRIMARY KEY REFERENCES snapshots, object TEXT NOT NULL REFERENCES objects
  ) STRICT;
  `,
  `
  CREATE TABLE erasures (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT,
    snapshots TEXT NOT NULL, runs TEXT NOT NULL, models TEXT NOT NULL, bundles TEXT NOT NULL, folders TEXT NOT NULL,
    journal TEXT NOT NULL, finished TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE looks (
    id TEXT PRIMARY KEY, snapshot TEXT NOT NULL, test_rows TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
    actor TEXT NOT NULL, reason TEXT
  ) STRICT;
  CREATE INDEX looks_run ON looks (run);
  CREATE INDEX runs_split ON runs (split);
  `,
  `
  CREATE TABLE sweeps (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, status TEXT NOT NULL, dataset TEXT NOT NULL, version INTEGER NOT NULL,
    snapshot TEXT NOT NULL, plan TEXT NOT NULL, code TEXT NOT NULL, created TEXT NOT NULL, finished TEXT, actor TEXT NOT NULL,
    job TEXT, notes TEXT NOT NULL, error TEXT
  ) STRICT;
  CREATE TABLE trials (
    sweep TEXT NOT NULL REFERENCES sweeps, trial INTEGER NOT NULL, family TEXT NOT NULL, params TEXT NOT NULL, recipe TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs, score REAL, scores TEXT NOT NULL, seconds REAL NOT NULL, elapsed REAL NOT NULL, joules REAL,
    PRIMARY KEY (sweep, trial)
  ) STRICT;
  CREATE INDEX trials_run ON trials (run);
  `,
  `
  CREATE TABLE run_edits (
    run TEXT PRIMARY KEY REFERENCES runs, parent TEXT NOT NULL REFERENCES runs, edit TEXT NOT NULL, why TEXT NOT NULL
  ) STRICT;
  CREATE INDEX run_edits_parent ON run_edits (parent);
  `,
  `
  CREATE TABLE recipe_pins (
    name TEXT PRIMARY KEY, recipe TEXT NOT NULL REFERENCES recipes, at TEXT NOT NULL, actor TEXT NOT NULL
  ) STRICT;
  CREATE INDEX recipe_pins_recipe ON recipe_pins (recipe);
  `,
  `
  CREATE TABLE columns_not_known (
    dataset TEXT NOT NULL REFERENCES datasets, name TEXT NOT NULL, why TEXT, at TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (dataset, name)
  ) STRICT;
  `,
  `
  CREATE TABLE run_members (
    run TEXT NOT NULL REFERENCES runs, position INTEGER NOT NULL, member TEXT NOT NULL REFERENCES runs,
    PRIMARY KEY (run, position)
  ) STRICT;
  CREATE INDEX run_members_member ON run_members (member);
  `,
  `
  CREATE TABLE erased_sources (
    run TEXT NOT NULL REFERENCES runs, erasure TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (run, erasure)
  ) STRICT;
  `,
];

/** Marks the file as ours (`file` shows it): "HOLD" in ASCII. */
export const applicationId = 0x484f4c44;

/**
 * Tables whose every row is in the journal too, with their key columns. `verify` replays the journal and compares: a row that was
 * changed behind Holdfast's back, by a person or a flipped bit, is named.
 */
export const recordTables = {
  meta: ['key'],
  objects: ['digest'],
  datasets: ['name'],
  snapshots: ['id'],
  versions: ['dataset', 'version'],
  /** Written before there were profiles, read no more; journals tell of them. */
  summaries: ['snapshot'],
  recipes: ['hash'],
  runs: ['id'],
  models: ['name'],
  model_versions: ['model', 'version'],
  verdicts: ['id'],
  looks: ['id'],
  bundles: ['id'],
  transfers: ['id'],
  predictions: ['id'],
  diffs: ['earlier', 'later', 'told_by'],
  tags: ['dataset', 'tag'],
  version_notes: ['dataset', 'version'],
  deletions: ['dataset', 'version'],
  suites: ['dataset', 'version'],
  run_marks: ['run'],
  imported_runs: ['id'],
  run_environments: ['run'],
  column_profiles: ['snapshot', 'root'],
  snapshot_relations: ['snapshot'],
  erasures: ['id'],
  sweeps: ['id'],
  trials: ['sweep', 'trial'],
  run_edits: ['run'],
  recipe_pins: ['name'],
  columns_not_known: ['dataset', 'name'],
  run_members: ['run', 'position'],
  erased_sources: ['run', 'erasure'],
} as const satisfies Record<string, readonly string[]>;

export type RecordTable = keyof typeof recordTables;
