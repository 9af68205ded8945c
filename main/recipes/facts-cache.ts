import { columnsNotKnown } from '../datasets/index.ts';
import type { CallContext } from '../workspaces/index.ts';
import type { TableFacts } from './column-facts.ts';
import { findRecordedSplit } from './split/inherit/recorded-split.ts';
import { factsTask } from './tasks.ts';

/** The facts of a snapshot; `manifest` is the digest of its manifest. With what is declared of the dataset's columns. */
export type FactsOf = (
  snapshot: { readonly dataset: string; readonly snapshot: string; readonly manifest: string },
  context: CallContext,
) => Promise<TableFacts>;

const kept = 8;

/** Remembers the facts of the snapshots asked about last, so that a form can resolve at every key. A snapshot never changes. */
export function createFactsCache(): FactsOf {
  const known = new Map<string, TableFacts>();
  return async ({ dataset, snapshot, manifest }, context) => {
    const facts = known.get(snapshot) ?? (await context.task(factsTask, { manifest }, [0, 0.05])).result;
    known.delete(snapshot);
    known.set(snapshot, facts);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    const { db } = context.workspace;
    return {
      ...facts,
      notKnown: columnsNotKnown(db, dataset).map(({ column, why, by }) => ({ dataset, column, why, by })),
      recordedSplit: (reference, data) => findRecordedSplit(db, reference, data),
    };
  };
}
