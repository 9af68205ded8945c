import type { Facets } from './facets.ts';

/** A table, file or model that an activity read or made. */
export interface Thing {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  /** Rows and bytes, where they are known. */
  readonly rows?: number;
  readonly size?: number;
}

/** Something that was done, with what it was done to: one run of a job in OpenLineage's words. */
export interface Activity {
  /** The node of the lineage it stands for. */
  readonly node: string;
  /** Unique in the workspace. */
  readonly key: string;
  readonly job: string;
  readonly type: string;
  readonly started: string;
  /** Null while it has not ended. */
  readonly ended: { readonly at: string; readonly how: 'COMPLETE' | 'FAIL' | 'ABORT' } | null;
  readonly jobFacets: Facets;
  readonly runFacets: Facets;
  readonly inputs: readonly Thing[];
  readonly outputs: readonly Thing[];
}
