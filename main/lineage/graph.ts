import type { LineageEdge, LineageNode } from '../../preload/contract/lineage.ts';

export interface Graph {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly edges: readonly LineageEdge[];
}

export type Kind = LineageNode['kind'];
export type Facts = LineageNode['facts'];

/** What the readers of records add to. Edges point from what was there first to what was made of it. */
export interface GraphBuilder {
  /** Adds a node unless it is there; gives its id. */
  readonly node: (kind: Kind, key: string, label: string, at: string | null, facts: Facts) => string;
  /** Adds an edge unless it is there. */
  readonly edge: (from: string, to: string, how: string) => void;
}

export function createGraphBuilder(): GraphBuilder & { readonly graph: Graph } {
  const nodes = new Map<string, LineageNode>();
  const edges: LineageEdge[] = [];
  const seen = new Set<string>();
  return {
    graph: { nodes, edges },
    node(kind, key, label, at, facts) {
      const id = `${kind}:${key}`;
      if (!nodes.has(id)) nodes.set(id, { id, kind, label, at, facts });
      return id;
    },
    edge(from, to, how) {
      const key = `${from} ${to} ${how}`;
      if (!seen.has(key)) edges.push({ from, to, how });
      seen.add(key);
    },
  };
}

export const short = (digest: string): string => digest.slice(0, 12);
