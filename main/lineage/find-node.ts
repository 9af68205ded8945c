import { fail } from '../../preload/contract/errors.ts';
import type { LineageNode } from '../../preload/contract/lineage.ts';
import type { Graph } from './graph.ts';
import type { Records } from './store.ts';

/**
 * The node a person means by a run id, `dataset[@n]`, snapshot id, `model[@n]`, bundle digest, or an id of the graph itself.
 * A model outranks a dataset of the same name: it is further along, and its graph holds the dataset; `dataset:NAME` means the dataset.
 * Digests may be shortened to 8 or more digits while only one object matches. Throws `lineage-unknown`.
 */
export function findNode(records: Records, graph: Graph, id: string): LineageNode {
  const nodes = [...graph.nodes.values()];
  const shortened = /^[0-9a-f]{8,}$/.test(id) ? nodes.filter((node) => node.id.includes(`:${id}`)) : [];
  const found =
    graph.nodes.get(id) ??
    graph.nodes.get(modelNode(records, id) ?? '') ??
    graph.nodes.get(snapshotNode(records, id.replace(/^dataset:/, '')) ?? '') ??
    nodes.find((node) => node.id.slice(node.id.indexOf(':') + 1) === id) ??
    (shortened.length === 1 ? shortened[0] : undefined);
  if (!found) throw fail('lineage-unknown', { id });
  return found;
}

/** The node of `[model:]NAME[@N]`: the live version, or else the latest, where none is said. */
function modelNode(records: Records, reference: string): string | undefined {
  const [name = '', version] = reference.replace(/^model:/, '').split('@');
  const rows = records
    .all<{ model: string; version: number; stage: string }>('model_versions')
    .filter(({ model }) => model === name)
    .toSorted((a, b) => a.version - b.version);
  const row =
    version === undefined
      ? (rows.find(({ stage }) => stage === 'live') ?? rows.at(-1))
      : rows.find((one) => String(one.version) === version);
  return row && `model:${name}@${row.version}`;
}

/** The node of the snapshot that `DATASET[@N]` or `DATASET@TAG` is; one snapshot may be versions of several datasets. */
function snapshotNode(records: Records, reference: string): string | undefined {
  const [name = '', version] = reference.split('@');
  const rows = records
    .all<{ dataset: string; version: number; snapshot: string }>('versions')
    .filter(({ dataset }) => dataset === name)
    .toSorted((a, b) => a.version - b.version);
  const tagged = records
    .all<{ dataset: string; tag: string; version: number }>('tags')
    .find(({ dataset, tag }) => dataset === name && tag === version);
  const row =
    version === undefined
      ? rows.at(-1)
      : rows.find((one) => String(one.version) === version || one.version === tagged?.version);
  return row && `snapshot:${row.snapshot}`;
}
