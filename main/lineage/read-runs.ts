import type { Facts, GraphBuilder } from './graph.ts';
import { short } from './graph.ts';
import { compare } from './read-snapshots.ts';
import type { Records } from './store.ts';

interface RunRow {
  readonly id: string;
  readonly status: string;
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly target: string;
  readonly family: string;
  readonly recipe: string;
  readonly seed: number;
  readonly code: string;
  readonly created: string;
  readonly actor: string;
  readonly engine: string | null;
  readonly split: string | null;
  readonly origin: string | null;
}

/** Which rows, which steps, which code and engine: by run id, what everything made of the run answers too. */
export type Answers = ReadonlyMap<string, Facts>;

export function readRuns(records: Records, builder: GraphBuilder): Answers {
  const bodies = records.all<{ hash: string; body: string }>('recipes');
  const recipes = new Map(bodies.map(({ hash, body }) => [hash, readBody(body)]));
  const trials = trialWords(records);
  const answers = new Map<string, Facts>();
  for (const row of records.all<RunRow>('runs').toSorted((a, b) => compare(a.created, b.created))) {
    const recipe = recipes.get(row.recipe);
    const facts = answersOf(row, recipe?.steps ?? null);
    answers.set(row.id, facts);
    addRun(row, facts, deletionFacts(records, row.snapshot), trials.get(row.id) ?? null, builder);
    for (const { dataset, snapshot } of recipe?.joins ?? []) {
      const other = builder.node('snapshot', snapshot, dataset, null, {
        dataset: dataset.slice(0, dataset.lastIndexOf('@')),
        snapshot,
        here: false,
        ...deletionFacts(records, snapshot),
      });
      builder.edge(other, `run:${row.id}`, 'joined');
    }
  }
  for (const { split, recipe } of records.all<RunRow>('runs')) {
    const from = recipes.get(recipe)?.inherits;
    if (split !== null && from !== undefined && from !== split)
      builder.edge(`split:${from}`, `split:${split}`, 'inherited');
  }
  for (const row of records.all<EditRow>('run_edits'))
    builder.edge(`run:${row.parent}`, `run:${row.run}`, 'edited');
  for (const row of records.all<MemberRow>('run_members'))
    builder.edge(`run:${row.member}`, `run:${row.run}`, 'combined');
  return answers;
}

interface MemberRow {
  readonly run: string;
  readonly member: string;
}

interface EditRow {
  readonly run: string;
  readonly parent: string;
}

function answersOf(row: RunRow, steps: string | null): Facts {
  const engine = row.engine
    ? (JSON.parse(row.engine) as { id: string; version: string; detail: string })
    : null;
  return {
    rows: `${row.dataset}@${row.version}, ${row.split ? `split ${short(row.split)}` : 'not divided'}`,
    steps,
    code: row.code,
    engine: engine ? `${engine.id} ${engine.version}` : null,
    'engine detail': engine?.detail ?? null,
  };
}

/** `first, trial 3`, by run: of trials of the same recipe the first made it. */
function trialWords(records: Records): ReadonlyMap<string, string> {
  const names = new Map(
    records.all<{ id: string; name: string }>('sweeps').map(({ id, name }) => [id, name]),
  );
  const words = new Map<string, string>();
  for (const one of records.all<{ sweep: string; trial: number; run: string }>('trials')) {
    if (words.has(one.run)) continue;
    words.set(one.run, `${names.get(one.sweep) ?? one.sweep}, trial ${one.trial + 1}`);
  }
  return words;
}

interface DeletionFacts {
  readonly snapshot: string;
  readonly deleted: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly emptied: string | null;
}

/** Who took a snapshot's rows away, and why; nothing where nobody did. */
function deletionFacts(records: Records, snapshot: string): Facts {
  const row = records
    .all<DeletionFacts>('deletions')
    .filter((one) => one.snapshot === snapshot)
    .at(-1);
  if (!row) return {};
  const { deleted, actor, reason, emptied } = row;
  return { deleted, 'deleted by': actor, because: reason, 'in the trash': emptied === null };
}

function addRun(
  row: RunRow,
  answers: Facts,
  gone: Facts,
  /** Of which sweep it is a trial. */
  sweep: string | null,
  { node, edge }: GraphBuilder,
): void {
  const run = node('run', row.id, `${row.family} on ${row.target}`, row.created, {
    run: row.id,
    status: row.status,
    seed: row.seed,
    ...answers,
    by: row.actor,
    from: row.origin,
    sweep,
  });
  // A pulled run's data may not be here, or no longer: its snapshot is then known by its id only.
  const snapshot = node('snapshot', row.snapshot, `${row.dataset}@${row.version}`, null, {
    dataset: row.dataset,
    version: row.version,
    snapshot: row.snapshot,
    here: false,
    ...gone,
  });
  edge(snapshot, run, 'data');
  const recipe = node('recipe', row.recipe, `recipe ${short(row.recipe)}`, row.created, {
    hash: row.recipe,
    family: row.family,
    target: row.target,
    steps: answers['steps'] ?? null,
  });
  edge(recipe, run, 'recipe');
  if (row.split) {
    const split = node('split', row.split, `split ${short(row.split)}`, row.created, {
      digest: row.split,
      rows: `${row.dataset}@${row.version}`,
    });
    edge(snapshot, split, 'split');
    edge(split, run, 'rows');
  }
}

/** `impute, scale, one-hot, then linear`, the snapshots it took columns from, and the split whose sides it keeps. */
function readBody(body: string): {
  readonly steps: string;
  readonly joins: readonly { readonly dataset: string; readonly snapshot: string }[];
  readonly inherits: string | undefined;
} {
  const { steps, family, members, join, split } = JSON.parse(body) as {
    join?: { dataset: string; snapshot: string }[];
    steps: { step: string }[];
    family: string;
    members?: { family: string }[];
    split?: { inherit?: { from: string } };
  };
  const before = members ? members.map((member) => member.family) : steps.map(({ step }) => step);
  return {
    steps: `${before.join(', ') || 'no step'}, then ${family}`,
    joins: join ?? [],
    inherits: split?.inherit?.from,
  };
}

interface VerdictRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly outcome: string;
  readonly at: string;
  readonly actor: string;
  readonly evidence: string;
}

/** Verdicts on runs; a verdict that worked itself tells its own code and engine. */
export function readVerdicts(records: Records, { node, edge }: GraphBuilder, answers: Answers): void {
  for (const row of records.all<VerdictRow>('verdicts').toSorted((a, b) => compare(a.at, b.at))) {
    const evidence = JSON.parse(row.evidence) as {
      code?: unknown;
      engine?: { id?: unknown; version?: unknown };
    };
    const verdict = node('verdict', row.id, `${row.kind}: ${row.outcome}`, row.at, {
      outcome: row.outcome,
      run: row.subject,
      ...answers.get(row.subject),
      ...(typeof evidence.code === 'string' ? { code: evidence.code } : {}),
      ...(typeof evidence.engine?.id === 'string'
        ? { engine: `${evidence.engine.id} ${String(evidence.engine.version)}` }
        : {}),
      by: row.actor,
    });
    edge(`run:${row.subject}`, verdict, row.kind);
  }
}
