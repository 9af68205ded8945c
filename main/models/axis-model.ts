import * as z from 'zod';
import { fail } from '../../preload/contract/errors.ts';
import type { AxisColumn } from './axes.ts';
import type { ModelArtifact } from './family.ts';
import type { TreeLayout } from './trees/layout.ts';

/** What a model over axes (see axes.ts) says of its columns: numbers, and categories with their levels. */
export const AxisColumnSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), name: z.string() }),
  z.strictObject({ kind: z.literal('levels'), name: z.string(), levels: z.array(z.string()) }),
]);
export type AxisColumnSpec = z.infer<typeof AxisColumnSpec>;

export function axisColumnSpecs(columns: readonly AxisColumn[]): AxisColumnSpec[] {
  return columns.map((column) =>
    column.kind === 'number'
      ? { kind: 'number', name: column.name }
      : { kind: 'levels', name: column.name, levels: [...column.levels] },
  );
}

/** Throws `model-damaged` unless blocks, columns, features and classes of a model fit each other. */
export function checkAxisModel(
  artifact: ModelArtifact,
  { layout, columns }: { readonly layout: TreeLayout; readonly columns: readonly AxisColumnSpec[] },
): void {
  const blocks = layout.flatMap((block): (number | null)[] => {
    if (block.kind === 'dense') return Array.from({ length: block.size }, () => null);
    return [block.kind === 'codes' ? block.levels.length : block.size];
  });
  const same =
    blocks.length === columns.length &&
    columns.every((column, c) => blocks[c] === (column.kind === 'number' ? null : column.levels.length));
  if (!same) throw damaged('its columns do not fit its blocks');
  const width = layout.reduce((sum, block) => sum + (block.kind === 'codes' ? 1 : block.size), 0);
  if (width !== artifact.features.length) throw damaged('its blocks do not add up to its features');
  if ((artifact.task === 'regression') !== (artifact.classes.length === 0))
    throw damaged('its classes do not fit its task');
}

/** A tensor of doubles, of that length where it is given. Throws `model-damaged`. */
export function doublesOf(artifact: ModelArtifact, name: string, length?: number): Float64Array {
  const data = artifact.tensors[name]?.data;
  if (!(data instanceof Float64Array) || (length !== undefined && data.length !== length))
    throw damaged(`its tensor "${name}" is not ${length ?? 'any'} doubles`);
  return data;
}

export function damaged(reason: string) {
  return fail('model-damaged', { reason });
}
