import * as z from 'zod';
import { fail } from '../../../preload/contract/errors.ts';
import type { TreeColumn } from '../../platform/lightgbm/index.ts';
import type { Design } from '../../recipes/index.ts';

/** The blocks of the design that trees were grown on, in order; a level of a one-hot block is a feature, a block of codes is one. */
export const TreeLayout = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('dense'), size: z.int().min(0) }),
    z.strictObject({ kind: z.literal('one-hot'), size: z.int().min(0) }),
    z.strictObject({ kind: z.literal('codes'), levels: z.array(z.string()) }),
  ]),
);
export type TreeLayout = z.infer<typeof TreeLayout>;

export function layoutOf(design: Design): TreeLayout {
  return design.blocks.map((block) => {
    if (block.kind === 'codes') return { kind: 'codes', levels: [...block.levels] };
    return { kind: block.kind, size: block.kind === 'dense' ? block.names.length : block.levels.length };
  });
}

/** One entry per feature: the levels of a category that is one feature, null for numbers and 0/1 features. */
export function featureLevels(layout: TreeLayout): (readonly string[] | null)[] {
  return layout.flatMap((block): (readonly string[] | null)[] =>
    block.kind === 'codes' ? [block.levels] : Array.from({ length: block.size }, () => null),
  );
}

/** One column per feature; nothing is copied. */
export function treeColumns(design: Design): TreeColumn[] {
  return design.blocks.flatMap((block): TreeColumn[] => {
    if (block.kind === 'dense') return block.columns.map((values) => ({ kind: 'number', values }));
    const { codes } = block;
    if (block.kind === 'codes') return [{ kind: 'codes', codes }];
    return block.levels.map((_, level) => ({ kind: 'level', codes, level }));
  });
}

/** Throws `model-input-mismatch` unless the design has the blocks the trees were grown on. */
export function checkLayout(family: string, expected: TreeLayout, design: Design): void {
  const found = layoutOf(design);
  const same =
    found.length === expected.length &&
    found.every((block, i) => block.kind === expected[i]?.kind && sizeOf(block) === sizeOf(expected[i]));
  if (!same) {
    throw fail('model-input-mismatch', { family, expected: describe(expected), found: describe(found) });
  }
}

function sizeOf(block: TreeLayout[number]): number {
  return block.kind === 'codes' ? block.levels.length : block.size;
}

function describe(layout: TreeLayout): string {
  const words = { dense: 'numbers', 'one-hot': 'one-hot levels', codes: 'levels of a category' };
  return layout.map((block) => `${sizeOf(block)} ${words[block.kind]}`).join(', ');
}
