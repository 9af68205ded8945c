import { openOnnx, type OnnxColumn, type OnnxInput, type OnnxOutput } from '../platform/onnx/index.ts';
import type { Golden } from './content.ts';

/** One value that came out differently. */
export interface GoldenDifference {
  readonly row: number;
  readonly output: string;
  readonly expected: number | string;
  readonly found: number | string | undefined;
}

/**
 * Predicts the golden rows with the graph and lists what differs by more than the tolerance: relative for numbers beyond 1,
 * absolute below (probabilities). Throws the runtime's words when the graph can't run or lacks an input or output.
 */
export async function checkGolden(graph: Uint8Array, golden: Golden): Promise<readonly GoldenDifference[]> {
  const session = await openOnnx(graph);
  try {
    const results = await session.run(columnsOf(golden, session.inputs));
    return golden.rows.flatMap(({ row, outputs }, index) =>
      Object.entries(outputs).flatMap(([output, expected]): GoldenDifference[] => {
        const found = valueAt(results[output], index);
        return agrees(expected, found, golden.tolerance) ? [] : [{ row, output, expected, found }];
      }),
    );
  } finally {
    await session.close();
  }
}

function agrees(expected: number | string, found: number | string | undefined, tolerance: number): boolean {
  if (typeof expected !== 'number' || typeof found !== 'number') return expected === found;
  return Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** Missing numbers as NaN, missing text as ''. */
function columnsOf(golden: Golden, inputs: readonly OnnxInput[]): Record<string, OnnxColumn> {
  const columns: Record<string, OnnxColumn> = {};
  for (const { name, type } of inputs) {
    const values = golden.rows.map((row) => row.inputs[name] ?? null);
    columns[name] =
      type === 'string'
        ? values.map((value) => (value === null ? '' : String(value)))
        : Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)));
  }
  return columns;
}

function valueAt(output: OnnxOutput | undefined, index: number): number | string | undefined {
  const value = output?.data[index];
  return typeof value === 'string' || value === undefined ? value : Number(value);
}
