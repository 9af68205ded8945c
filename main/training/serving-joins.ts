import { fail } from '../../preload/contract/errors.ts';
import { openSnapshot } from '../datasets/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import {
  inputTypeOf,
  joinColumns,
  joinedNames,
  joinWords,
  lookUp,
  readJoined,
  snapshotManifest,
  unmatchedNote,
  type FittedPipeline,
  type JoinedData,
  type JoinPlan,
  type NamedInput,
  type RawColumn,
} from '../recipes/index.ts';
import type { Db } from '../platform/database/index.ts';
import { runRecipe } from './run-details.ts';
import { servingInputs } from './serving-columns.ts';
import type { RunRow } from './store.ts';

/** The joins by which a model's recipe took columns from other snapshots, and where those are in this workspace. */
export interface ServingJoins {
  readonly plans: readonly JoinPlan[];
  readonly joined: JoinedData;
}

export const noJoins: ServingJoins = { plans: [], joined: {} };

/** The joins of a run whose snapshots are in this workspace; the columns of others must be given. */
export function servingJoins(db: Db, run: RunRow): ServingJoins {
  const plans = runRecipe(db, run).join ?? [];
  const joined: Record<string, string> = {};
  for (const { snapshot } of plans) {
    const manifest = snapshotManifest(db, snapshot);
    if (manifest !== undefined) joined[snapshot] = manifest;
  }
  return { plans, joined };
}

/**
 * The inputs to read of a table that has the columns `present`: those of the pipeline or what their lags are worked out from, and in the place of columns
 * that can be looked up the keys they are found by. Throws `join-column-missing`.
 */
export async function inputsWithLookups(
  reader: ObjectReader,
  pipeline: FittedPipeline,
  joins: ServingJoins,
  present: readonly string[],
): Promise<{ readonly inputs: readonly NamedInput[]; readonly lookups: Lookups }> {
  const wanted = servingInputs(pipeline, [...present, ...joinedNames(joins.plans)]);
  const lookups = await planLookups(
    reader,
    joins,
    wanted.map(({ name }) => name),
    present,
  );
  for (const plan of joins.plans) {
    const { dataset, on, snapshot } = plan;
    const gap = joinColumns(plan).find(
      ({ name }) =>
        wanted.some((input) => input.name === name) && ![...present, ...lookups.made].includes(name),
    );
    if (!gap) continue;
    const here = joins.joined[snapshot] !== undefined;
    throw fail('join-column-missing', {
      column: gap.name,
      dataset,
      keys: Object.keys(on),
      here,
      known: [...present],
    });
  }
  return { inputs: withKeys(servingInputs(pipeline, [...present, ...lookups.made]), lookups), lookups };
}

/** What is looked up for a table, and what of the table that takes. */
export interface Lookups {
  readonly plans: readonly JoinPlan[];
  /** Columns that come from other snapshots. */
  readonly made: readonly string[];
  readonly keys: readonly NamedInput[];
}

/**
 * Which of the columns a model wants are looked up: those that the table has not, of joins whose key it has and whose snapshot is here. Columns
 * that are given are taken as they are.
 */
async function planLookups(
  reader: ObjectReader,
  { plans, joined }: ServingJoins,
  wanted: readonly string[],
  present: readonly string[],
): Promise<Lookups> {
  const looked: JoinPlan[] = [];
  const made: string[] = [];
  const keys: NamedInput[] = [];
  const needed = new Set([...wanted, ...plans.flatMap(({ on }) => Object.keys(on))]);
  for (const plan of plans) {
    const known = [...present, ...made];
    const columns = joinColumns(plan).filter(({ name }) => needed.has(name) && !known.includes(name));
    const manifest = joined[plan.snapshot];
    if (columns.length === 0 || manifest === undefined) continue;
    if (!Object.keys(plan.on).every((name) => known.includes(name))) continue;
    const { schema } = await openSnapshot(reader, manifest);
    for (const [name, there] of Object.entries(plan.on)) {
      const type = schema.find((one) => one.name === there)!.type;
      if (!made.includes(name)) keys.push({ name, type: inputTypeOf(type) });
    }
    looked.push({ ...plan, columns: columns.map(({ of }) => of) });
    made.push(...columns.map(({ name }) => name));
  }
  return { plans: looked, made, keys };
}

/** What to read of the table itself: what is wanted and not looked up, and the keys. */
function withKeys(inputs: readonly NamedInput[], { made, keys }: Lookups): NamedInput[] {
  const own = inputs.filter(({ name }) => !made.includes(name));
  const more = keys.filter(({ name }, i) => keys.findIndex((key) => key.name === name) === i);
  return [...own, ...more.filter(({ name }) => !own.some((input) => input.name === name))];
}

/** The columns read, and behind them those looked up; `notes` counts rows for which nothing was found. */
export async function withLookups(
  reader: ObjectReader,
  { joined }: ServingJoins,
  { plans }: Lookups,
  columns: readonly RawColumn[],
  signal?: AbortSignal,
): Promise<{ readonly columns: readonly RawColumn[]; readonly notes: readonly string[] }> {
  const all = [...columns];
  const notes: string[] = [];
  for (const plan of plans) {
    const found = lookUp(plan, all, await readJoined(reader, plan, joined, signal));
    const note = unmatchedNote(plan, found, all, joinWords(plan));
    if (note !== undefined) notes.push(note);
    all.push(...found.columns.map(({ column }) => column));
  }
  return { columns: all, notes };
}
