import { resolve } from 'node:path';
import { fail, Failure } from '../../preload/contract/errors.ts';
import type { LineageNode } from '../../preload/contract/lineage.ts';
import type { Db } from '../platform/database/index.ts';
import { replaceFile } from '../platform/files/index.ts';
import { readJournal, refuseOwnFile, type Service } from '../workspaces/index.ts';
import { auditPage } from './audit/audit-page.ts';
import { collectAudit } from './audit/collect-audit.ts';
import { findNode } from './find-node.ts';
import type { Graph } from './graph.ts';
import { groupGraph } from './group.ts';
import { writeOpenLineage } from './openlineage/write-events.ts';
import { pathBetween } from './path.ts';
import { around } from './reach.ts';
import { readGraph } from './read-graph.ts';
import { changesOf, currentRecords, lastInstant, recordsAt, type Records } from './store.ts';

export const lineageService: Omit<Service<'lineage'>, 'reproduce'> = {
  show({ id, until, group, open = [], keep = [] }, { workspace: { db } }) {
    const { records, graph } = graphAt(db, until);
    const focus = id === undefined ? null : nodeAt(db, records, graph, id, until);
    const part = focus ? around(graph, focus.id) : graph;
    const shown = groupGraph(part, { by: group, open, keep: focus ? [focus.id, ...keep] : keep });
    return {
      focus: focus?.id ?? null,
      nodes: [...shown.nodes.values()],
      edges: [...shown.edges],
      total: { nodes: part.nodes.size, edges: part.edges.length },
      moments: momentsOf(db, until === undefined ? part : partNow(db, focus)),
    };
  },
  path({ from, to, until }, { workspace: { db } }) {
    const { records, graph } = graphAt(db, until);
    const one = nodeAt(db, records, graph, from, until);
    const other = nodeAt(db, records, graph, to, until);
    return { from: one.id, to: other.id, ...pathBetween(graph, one.id, other.id) };
  },
  export: ({ out, format, id }, context) => writeOpenLineage({ out, format, id }, context),
  async audit({ id, out, html }, context) {
    const { workspace } = context;
    const { records, graph } = graphAt(workspace.db, undefined);
    const audit = await collectAudit(findNode(records, graph, id), context);
    const page = html || out !== undefined ? auditPage(audit) : null;
    if (out !== undefined && page !== null) {
      await refuseOwnFile(workspace.dir, out);
      await replaceFile(resolve(out), page);
    }
    return { audit, out: out === undefined ? null : resolve(out), html: html ? page : null };
  },
  journal({ before, limit }, { workspace }) {
    const records = readJournal(workspace.db, before ?? Number.MAX_SAFE_INTEGER, limit);
    return {
      records: records.map(({ seq, at, actor, action, changes, hash }) => ({
        seq,
        at,
        by: actor,
        action,
        subjects: subjectsOf(seq, changes),
        hash,
      })),
    };
  },
};

export function subjectsOf(seq: number, changes: string): string[] {
  return changesOf(seq, changes)
    .filter(({ table }) => table !== 'objects')
    .map(({ table, key }) => `${table} ${key.join('@')}`);
}

function graphAt(db: Db, until: string | undefined): { records: Records; graph: Graph } {
  const records = until === undefined ? currentRecords(db) : recordsAt(db, lastInstant(until));
  return { records, graph: readGraph(records) };
}

/** As `findNode`; says so when the object is there today and was not then. Throws `lineage-not-yet`. */
function nodeAt(db: Db, records: Records, graph: Graph, id: string, until: string | undefined): LineageNode {
  try {
    return findNode(records, graph, id);
  } catch (error) {
    if (until === undefined || !(error instanceof Failure)) throw error;
    const now = graphAt(db, undefined);
    const { at } = findNode(now.records, now.graph, id);
    throw fail('lineage-not-yet', { id, until, first: at }, error);
  }
}

function partNow(db: Db, focus: LineageNode | null): Graph {
  const { graph } = graphAt(db, undefined);
  return focus ? around(graph, focus.id) : graph;
}

const mostMoments = 200;

/** An object is there from the journal record on that wrote it, which was made a moment after the time the object bears. */
function momentsOf(db: Db, { nodes }: Graph): string[] {
  const written = db.all<{ at: string }>('SELECT DISTINCT at FROM journal ORDER BY at').map(({ at }) => at);
  const made = [...new Set([...nodes.values()].flatMap(({ at }) => at ?? []))].toSorted();
  const found = new Set<string>();
  let next = 0;
  for (const at of made) {
    while (next < written.length && (written[next] ?? '') < at) next++;
    const record = written[next];
    if (record !== undefined) found.add(record);
  }
  const all = [...found];
  if (all.length <= mostMoments) return all;
  return Array.from(
    { length: mostMoments },
    (_, i) => all[Math.round((i * (all.length - 1)) / (mostMoments - 1))] ?? '',
  );
}
