import { openSnapshot } from '../../datasets/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import type { Records } from '../store.ts';
import type { Thing } from './activities.ts';
import type { FacetMaker } from './facets.ts';

interface Field {
  readonly name: string;
  readonly type?: string;
}

export interface Things {
  snapshot(dataset: string, snapshot: string): Promise<Thing>;
  file(source: { file: string; size: number; sha256: string }, fields?: readonly Field[]): Thing;
  /** The model of a run, before it has a name. */
  trained(run: { id: string; model: string | null; target: string; task: string }): Thing;
  model(reference: string, version: number, field: Field): Thing;
  predictions(row: { id: string; sha256: string; rows: number }, field: Field): Thing;
  bundle(digest: string, model: string, namespace: string): Thing;
  fieldsOf(snapshot: string): Promise<readonly Field[]>;
}

/** Names everything by what it is in the workspace; a file by its name alone, for no folder is recorded. */
export function createThings(
  records: Records,
  objects: ObjectReader,
  facet: FacetMaker,
  workspace: { readonly namespace: string; readonly name: string },
): Things {
  const { namespace } = workspace;
  const snapshots = new Map(
    records.all<{ id: string; manifest: string; rows: number }>('snapshots').map((row) => [row.id, row]),
  );
  const schemas = new Map<string, readonly Field[]>();
  const fieldsOf = async (id: string): Promise<readonly Field[]> => {
    const manifest = snapshots.get(id)?.manifest;
    const known = schemas.get(id);
    if (known || manifest === undefined || !objects.has(manifest)) return known ?? [];
    const { schema } = await openSnapshot(objects, manifest);
    schemas.set(id, schema);
    return schema;
  };
  const describe = (fields: readonly Field[], version: string, type: string) => ({
    ...facet('schema', {
      fields: fields.map(({ name, type: kind }) => ({ name, ...(kind ? { type: kind } : {}) })),
    }),
    ...facet('version', { datasetVersion: version }),
    ...facet('datasetType', { datasetType: type }),
  });
  const here = facet('dataSource', { name: workspace.name, uri: namespace });
  return {
    fieldsOf,
    async snapshot(dataset, snapshot) {
      const rows = snapshots.get(snapshot)?.rows;
      return {
        namespace,
        name: `datasets/${dataset}`,
        facets: { ...here, ...describe(await fieldsOf(snapshot), snapshot, 'TABLE') },
        ...(rows === undefined ? {} : { rows }),
      };
    },
    file: ({ file, size, sha256 }, fields = []) => ({
      namespace: 'file',
      name: file,
      facets: {
        ...facet('dataSource', { name: file, uri: `file:${encodeURIComponent(file)}` }),
        ...describe(
          fields.map(({ name }) => ({ name })),
          sha256,
          'FILE',
        ),
      },
      size,
    }),
    trained: ({ id, model, target, task }) => ({
      namespace,
      name: `runs/${id}/model`,
      facets: { ...here, ...describe([{ name: target, type: task }], model ?? id, 'MODEL') },
    }),
    model: (name, version, field) => ({
      namespace,
      name: `models/${name}`,
      facets: { ...here, ...describe([field], String(version), 'MODEL') },
    }),
    predictions: ({ id, sha256, rows }, field) => ({
      namespace,
      name: `predictions/${id}`,
      facets: { ...here, ...describe([field], sha256, 'FILE') },
      rows,
    }),
    bundle: (digest, model, where) => ({
      namespace: where,
      name: `bundles/${model}`,
      facets: { ...facet('dataSource', { name: where, uri: where }), ...describe([], digest, 'FILE') },
    }),
  };
}
