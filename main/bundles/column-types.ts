import type { BundleContent, Golden } from './content.ts';

/** How a table in memory holds a raw column: what a data frame makes of it, not what the graph takes. */
export type TableType = 'double' | 'long' | 'boolean' | 'string';

export interface TableColumn {
  readonly name: string;
  readonly type: TableType;
}

/**
 * The raw columns as a table holds them. Whole numbers and yes/no stay so where the data has no gaps; with gaps both become
 * double, as they do in pandas; dates are numbers (days).
 */
export function tableColumns({ graph, data }: Pick<BundleContent, 'graph' | 'data'>): readonly TableColumn[] {
  const known = new Map(data.columns.map((column) => [column.name, column]));
  return graph.inputs.map(({ name, type }) => {
    const column = known.get(name);
    if (type === 'string') return { name, type };
    if (column?.nulls === 0 && column.type === 'int64') return { name, type: 'long' };
    if (column?.nulls === 0 && column.type === 'bool') return { name, type: 'boolean' };
    return { name, type: 'double' };
  });
}

type GoldenValue = Golden['rows'][number]['inputs'][string];

/** A value as JSON that reads back with the column's type: doubles keep a point (`2.0`), yes/no are true and false. */
export function jsonValue(value: GoldenValue, type: TableType): string {
  if (typeof value === 'number' && type === 'boolean') return String(value !== 0);
  if (typeof value !== 'number' || type !== 'double') return JSON.stringify(value);
  const text = Object.is(value, -0) ? '-0' : JSON.stringify(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
