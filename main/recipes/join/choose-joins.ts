import { isNumeric, isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { refuseBlocked } from '../../checks/index.ts';
import { datasetNames, openSnapshot, resolveDataset } from '../../datasets/index.ts';
import type { Db } from '../../platform/database/index.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { unknownWords } from '../nearest.ts';
import type { Problem, ResolvedRecipe } from '../recipe.ts';
import { joinColumns, type JoinPlan, type WrittenJoin } from './plan.ts';

/** Where the rows of joined snapshots are, by snapshot: digests of manifests. */
export type JoinedData = Readonly<Record<string, string>>;

export interface ChosenJoins {
  readonly plans: readonly JoinPlan[];
  readonly data: JoinedData;
  readonly problems: readonly (Problem & { readonly failure?: Failure })[];
}

/** The snapshots that a recipe's joins mean in this workspace, with the columns they take, and what is wrong with them. */
export async function chooseJoins(
  written: readonly WrittenJoin[],
  { snapshot: own, manifest }: { readonly snapshot: string; readonly manifest: string },
  { workspace: { db, objects } }: Pick<CallContext, 'workspace'>,
): Promise<ChosenJoins> {
  const problems: (Problem & { readonly failure?: Failure })[] = [];
  const plans: JoinPlan[] = [];
  const data: Record<string, string> = {};
  const types = async (digest: string): Promise<Map<string, ColumnType>> =>
    new Map((await openSnapshot(objects, digest)).schema.map(({ name, type }) => [name, type]));
  const here = await types(manifest);
  for (const [i, join] of written.entries()) {
    const wrong = (key: string, message: string, failure?: Failure) =>
      problems.push({ path: `join[${i}]${key}`, message, ...(failure ? { failure } : {}) });
    const found = wordsOfFailure(
      () => snapshotOf(db, join),
      (failure) => wrong('.dataset', failure.message, failure),
    );
    if (!found) continue;
    if (found.snapshot === own) {
      wrong('.dataset', `${found.dataset} is the data itself, whose rows know what is to be predicted`);
      continue;
    }
    const there = await types(found.manifest);
    const before = problems.length;
    for (const [left, right] of Object.entries(join.on)) {
      const [a, b] = [here.get(left), there.get(right)];
      if (a === undefined) wrong(`.on`, unknownWords('column', left, [...here.keys()]));
      if (b === undefined) {
        wrong('.on', `in ${found.dataset}: ${unknownWords('column', right, [...there.keys()])}`);
      }
      if (a !== undefined && b !== undefined && groupOf(a) !== groupOf(b)) {
        wrong(
          '.on',
          `"${left}" is ${groupOf(a)} here and "${right}" is ${groupOf(b)} in ${found.dataset}, so they are not the same key; import them as the same type`,
        );
      }
    }
    const keys = new Set(Object.values(join.on));
    const { aggregate, prefix } = join;
    const columns =
      join.columns ??
      [...there.keys()].filter(
        (name) =>
          !keys.has(name) &&
          (aggregate === undefined || aggregate === 'count' || !isTextType(there.get(name)!)),
      );
    if (columns.length === 0) wrong('.columns', `${found.dataset} has no other column to take`);
    columns.forEach((name, at) => {
      const type = there.get(name);
      if (type === undefined) {
        wrong(`.columns[${at}]`, `in ${found.dataset}: ${unknownWords('column', name, [...there.keys()])}`);
      } else if (isTextType(type) && aggregate !== undefined && aggregate !== 'count') {
        wrong(
          `.columns[${at}]`,
          `"${name}" is text, of which there is no ${aggregate}; "count" counts values`,
        );
      }
    });
    if (problems.length > before) continue;
    const plan: JoinPlan = {
      dataset: found.dataset,
      snapshot: found.snapshot,
      on: join.on,
      columns,
      ...(prefix === undefined || prefix === '' ? {} : { prefix }),
      ...(aggregate === undefined ? {} : { aggregate }),
    };
    for (const { name, of } of joinColumns(plan)) {
      if (here.has(name)) {
        wrong('', `there is a column "${name}" already; give the join a "prefix", or name other "columns"`);
      }
      here.set(name, madeType(there.get(of)!, aggregate));
    }
    plans.push(plan);
    data[found.snapshot] = found.manifest;
  }
  return { plans, data, problems };
}

/** The type of a column after a join. */
function madeType(type: ColumnType, aggregate: JoinPlan['aggregate']): ColumnType {
  if (aggregate === undefined || aggregate === 'min' || aggregate === 'max') return type;
  return aggregate === 'count' ? 'int64' : 'float64';
}

/** Values of one group can be equal. */
function groupOf(type: ColumnType): string {
  if (isTextType(type)) return 'text';
  if (type === 'bool') return 'true or false';
  return isNumeric(type) ? 'a number' : 'a date or time';
}

function wordsOfFailure<Result>(work: () => Result, say: (failure: Failure) => unknown): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(error);
    return undefined;
  }
}

/** A snapshot that is named outright counts; a dataset beside it must not say otherwise. */
function snapshotOf(db: Db, { dataset, snapshot }: WrittenJoin) {
  if (snapshot === undefined) {
    if (dataset === undefined) throw fail('join-dataset-missing', { known: datasetNames(db) });
    const row = resolveDataset(db, dataset);
    refuseBlocked(db, row);
    return { dataset: `${row.dataset}@${row.version}`, snapshot: row.snapshot, manifest: row.manifest };
  }
  const name = dataset ?? versionOf(db, snapshot) ?? snapshot.slice(0, 12);
  const manifest = snapshotManifest(db, snapshot);
  if (manifest === undefined) throw fail('join-data-missing', { dataset: name, snapshot });
  const row = wordsOfFailure(
    () => resolveDataset(db, name),
    () => undefined,
  );
  if (row && row.snapshot !== snapshot) {
    throw fail('join-data-other', { dataset: name, snapshot, found: row.snapshot });
  }
  if (row) refuseBlocked(db, row);
  return { dataset: name, snapshot, manifest };
}

function versionOf(db: Db, snapshot: string): string | undefined {
  return db.get<{ name: string }>(
    `SELECT dataset || '@' || version AS name FROM versions WHERE snapshot = ? ORDER BY created LIMIT 1`,
    snapshot,
  )?.name;
}

/** Where the rows of a snapshot are, if they are here. */
export function snapshotManifest(db: Db, snapshot: string): string | undefined {
  return db.get<{ manifest: string }>('SELECT manifest FROM snapshots WHERE id = ?', snapshot)?.manifest;
}

/** Where the snapshots that a resolved recipe joins are. Throws `join-data-missing`. */
export function joinedData(db: Db, { join }: Pick<ResolvedRecipe, 'join'>): { joined?: JoinedData } {
  if (!join) return {};
  return {
    joined: Object.fromEntries(
      join.map(({ dataset, snapshot }) => {
        const manifest = snapshotManifest(db, snapshot);
        if (manifest === undefined) throw fail('join-data-missing', { dataset, snapshot });
        return [snapshot, manifest];
      }),
    ),
  };
}
