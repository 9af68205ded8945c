import { readJournal, type Service } from '../workspaces/index.ts';
import { readGraph } from './store.ts';
import { around, findNode } from './walk.ts';

export const lineageService: Pick<Service<'lineage'>, 'show' | 'journal'> = {
  show({ id }, { workspace }) {
    const graph = readGraph(workspace.db);
    if (id === undefined) return { focus: null, nodes: [...graph.nodes.values()], edges: graph.edges };
    const focus = findNode(workspace.db, graph, id);
    return { focus: focus.id, ...around(graph, focus.id) };
  },
  journal({ before, limit }, { workspace }) {
    const records = readJournal(workspace.db, before ?? Number.MAX_SAFE_INTEGER, limit);
    return {
      records: records.map(({ seq, at, actor, action, changes, hash }) => ({
        seq,
        at,
        by: actor,
        action,
        subjects: subjectsOf(changes),
        hash,
      })),
    };
  },
};

function subjectsOf(changes: string): string[] {
  const parsed = JSON.parse(changes) as { table: string; key: (string | number)[] }[];
  return parsed
    .filter(({ table }) => table !== 'objects')
    .map(({ table, key }) => `${table} ${key.join('@')}`);
}
