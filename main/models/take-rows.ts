import { fail } from '../../preload/contract/errors.ts';
import type { Design, Target } from '../recipes/index.ts';
import type { Labelled } from './family.ts';

export interface Weighed {
  readonly design: Design;
  readonly target: Target;
  /** Each above 0. */
  readonly weights: Float64Array;
}

/** The rows that count, with their weights (1 where there are none). Throws `family-rows-none` where no row is left. */
export function countingRows(family: string, { design, target, weights }: Labelled): Weighed {
  if (design.rows === 0) throw fail('family-rows-none', { family });
  if (weights === undefined) return { design, target, weights: new Float64Array(design.rows).fill(1) };
  const rows = Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  if (rows.length === 0) throw fail('family-rows-none', { family });
  if (rows.length === design.rows) return { design, target, weights };
  return {
    design: takeRows(design, rows),
    target:
      target.task === 'regression'
        ? { ...target, values: Float64Array.from(rows, (row) => target.values[row]!) }
        : { ...target, codes: Int32Array.from(rows, (row) => target.codes[row]!) },
    weights: Float64Array.from(rows, (row) => weights[row]!),
  };
}

/** The rows of a design at the given places, in their order; a place may come several times. */
export function takeRows(design: Design, rows: Int32Array): Design {
  return {
    ...design,
    rows: rows.length,
    blocks: design.blocks.map((block) =>
      block.kind === 'dense'
        ? { ...block, columns: block.columns.map((column) => Float64Array.from(rows, (row) => column[row]!)) }
        : { ...block, codes: Int32Array.from(rows, (row) => block.codes[row]!) },
    ),
  };
}
