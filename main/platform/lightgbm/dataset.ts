import { check, handleFrom, type Library } from './library.ts';
import { fillBlock, sampleOf, type TreeColumn } from './rows.ts';

/** What LightGBM is asked to learn: one feature per column, `rows` values each. */
export interface TreeRows {
  readonly rows: number;
  readonly columns: readonly TreeColumn[];
}

/** LightGBM's own binned copy of a table: about one byte per value. */
export interface TreeDataset {
  readonly handle: bigint;
  readonly rows: number;
  /** One value per row; LightGBM keeps single precision. */
  setLabel(values: Float32Array): void;
  setWeight(values: Float32Array): void;
  dispose(): void;
}

export type DatasetParameters = Readonly<Record<string, string | number | boolean>>;

/** C_API_DTYPE_FLOAT32 and C_API_DTYPE_FLOAT64. */
const float32 = 0;
const float64 = 1;

/** Bytes of rows handed over at a time. */
const blockBytes = 4_194_304;
/**
 * Bins a table for training. Bins come from LightGBM's own sample of the rows (`bin_construct_sample_cnt`), so that they are those its
 * other interfaces make; rows are pushed in blocks, so no second copy of the table exists. `turn` is called between blocks and may throw.
 */
export async function createDataset(
  library: Library,
  { rows, columns }: TreeRows,
  parameters: DatasetParameters,
  turn: () => Promise<void>,
): Promise<TreeDataset> {
  const text = parameterText(parameters);
  const sampled = sampleRows(library, rows, text);
  const values: Float64Array[] = [];
  const indices: Int32Array[] = [];
  for (const column of columns) {
    const { values: known, places } = sampleOf(column, sampled);
    values.push(known);
    indices.push(places);
    await turn();
  }
  const handle = handleFrom(library, (out) =>
    library.datasetFromSample(
      addresses(library, values),
      addresses(library, indices),
      columns.length,
      Int32Array.from(values, (one) => one.length),
      sampled.length,
      rows,
      BigInt(rows),
      text,
      out,
    ),
  );
  return filled(library, handle, { rows, columns }, turn);
}

/** Bins rows as another dataset's were binned: for validation. */
export async function createDatasetLike(
  library: Library,
  reference: TreeDataset,
  rows: TreeRows,
  turn: () => Promise<void>,
): Promise<TreeDataset> {
  const handle = handleFrom(library, (out) =>
    library.datasetByReference(reference.handle, BigInt(rows.rows), out),
  );
  return filled(library, handle, rows, turn);
}

/** `key=value` pairs as LightGBM reads them. */
export function parameterText(parameters: DatasetParameters): string {
  return Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

async function filled(
  library: Library,
  handle: bigint,
  { rows, columns }: TreeRows,
  turn: () => Promise<void>,
): Promise<TreeDataset> {
  const width = columns.length;
  const size = Math.max(1, Math.min(rows, Math.floor(blockBytes / (8 * width))));
  const block = new Float64Array(size * width);
  try {
    for (let first = 0; first < rows; first += size) {
      const count = Math.min(size, rows - first);
      fillBlock(block, columns, first, count);
      check(library, library.pushRows(handle, block, float64, count, width, first));
      await turn();
    }
  } catch (error) {
    library.freeDataset(handle);
    throw error;
  }
  const setField = (name: string, values: Float32Array): void =>
    check(library, library.setField(handle, name, values, values.length, float32));
  return {
    handle,
    rows,
    setLabel: (values) => setField('label', values),
    setWeight: (values) => setField('weight', values),
    dispose: () => void library.freeDataset(handle),
  };
}

function sampleRows(library: Library, rows: number, parameters: string): Int32Array {
  const length = [0];
  check(library, library.sampleCount(rows, parameters, length));
  const out = new Int32Array(length[0] ?? 0);
  check(library, library.sampleIndices(rows, parameters, out, length));
  return out.subarray(0, length[0]);
}

/** An array of pointers to arrays. An empty array has no memory of its own to point to. */
function addresses(library: Library, arrays: readonly (Float64Array | Int32Array)[]): BigUint64Array {
  return BigUint64Array.from(arrays, (one) => (one.length > 0 ? library.address(one) : 0n));
}
