import { columnsNotKnown } from '../datasets/index.ts';
import { Failure } from '../../preload/contract/errors.ts';
import type { CallContext } from '../workspaces/index.ts';
import type { TableFacts } from './column-facts.ts';
import { findRecordedSplit } from './split/inherit/recorded-split.ts';
import { canonicalJson } from './canonical-json.ts';
import { chooseJoins, joinColumns, type ChosenJoins, type JoinPlan } from './join/index.ts';
import type { Db } from '../platform/database/index.ts';
import { rowsProblem } from './check-rows.ts';
import { readRecipe } from './read-recipe.ts';
import { factsTask } from './tasks.ts';

/**
 * The facts of a snapshot as a recipe sees it, the columns it joins among them; `manifest` is the digest of its manifest. With what is declared of the
 * columns of its dataset, and of those joined.
 */
export type FactsOf = (
  snapshot: SnapshotPlace,
  /** The recipe as written. */
  recipe: unknown,
  context: CallContext,
) => Promise<TableFacts>;

interface SnapshotPlace {
  readonly dataset: string;
  readonly snapshot: string;
  readonly manifest: string;
}

const kept = 8;

/** Remembers the facts of the snapshots asked about last, so that a form can resolve at every key. A snapshot never changes. */
export function createFactsCache(): FactsOf {
  const known = new Map<string, TableFacts>();
  const factsOf = async (
    { dataset, snapshot, manifest }: SnapshotPlace,
    joins: Pick<ChosenJoins, 'plans' | 'data'> | undefined,
    context: CallContext,
  ): Promise<TableFacts> => {
    const key = joins ? `${snapshot} ${canonicalJson(joins.plans)}` : snapshot;
    const input = { manifest, ...(joins ? { join: joins.plans, joined: joins.data } : {}) };
    const facts = known.get(key) ?? (await context.task(factsTask, input, [0, 0.05])).result;
    known.delete(key);
    known.set(key, facts);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    const { db } = context.workspace;
    const elsewhere = (joins?.plans ?? []).flatMap((plan) => declaredInJoin(db, plan));
    const notKnown = [...declaredOf(db, dataset), ...elsewhere];
    return {
      ...facts,
      notKnown,
      recordedSplit: (reference, data) => findRecordedSplit(db, reference, data),
    };
  };
  return async (place, written, context) => {
    const join = readRecipe(written).recipe?.join;
    if (!join) return factsOf(place, undefined, context);
    const { problems, ...chosen } = await chooseJoins(join, place, context);
    const refused = async (wrong: ChosenJoins['problems']): Promise<TableFacts> => ({
      ...(await factsOf(place, undefined, context)),
      joined: { plans: [], notes: [], problems: wrong },
    });
    if (problems.length > 0) return refused(problems);
    try {
      return await factsOf(place, chosen, context);
    } catch (failure) {
      const problem = rowsProblem(failure);
      if (problem?.path !== 'join' || !(failure instanceof Failure)) throw failure;
      return refused([{ ...problem, failure }]);
    }
  };
}

function declaredOf(db: Db, dataset: string) {
  return columnsNotKnown(db, dataset).map(({ column, why, by }) => ({ dataset, column, why, by }));
}

/** What is declared of another dataset's columns, by their names here. */
function declaredInJoin(db: Db, plan: JoinPlan) {
  const made = joinColumns(plan);
  return declaredOf(db, plan.dataset.replace(/@\d+$/, '')).flatMap((one) =>
    made.filter(({ of }) => of === one.column).map(({ name }) => ({ ...one, column: name })),
  );
}
