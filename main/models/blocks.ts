import { fail } from '../../preload/contract/errors.ts';
import type { Design } from '../recipes/index.ts';

/** The shape of a design whose categories are one-hot: what such a family was trained on. */
export interface BlockShape {
  readonly kind: 'dense' | 'one-hot';
  /** Numbers, or levels. */
  readonly size: number;
}

/** Throws `codes-not-taken` for a category that is one feature of codes. */
export function blockShapes(family: string, design: Design): BlockShape[] {
  return design.blocks.map((block) => {
    if (block.kind === 'codes') throw fail('codes-not-taken', { family, column: block.name });
    return { kind: block.kind, size: block.kind === 'dense' ? block.names.length : block.levels.length };
  });
}

/** A shape that may have categories as codes, which are one feature each; `size` is then the number of levels. */
interface AnyBlockShape {
  readonly kind: 'dense' | 'one-hot' | 'codes';
  readonly size: number;
}

function anyBlockShapes({ blocks }: Design): AnyBlockShape[] {
  return blocks.map((block) => ({
    kind: block.kind,
    size: block.kind === 'dense' ? block.names.length : block.levels.length,
  }));
}

/** Throws `model-input-mismatch` unless the design has the blocks that a model was trained on. */
export function checkBlocks(family: string, expected: readonly AnyBlockShape[], design: Design): void {
  const takesCodes = expected.some(({ kind }) => kind === 'codes');
  const found = takesCodes ? anyBlockShapes(design) : blockShapes(family, design);
  const same =
    found.length === expected.length &&
    found.every(({ kind, size }, i) => kind === expected[i]?.kind && size === expected[i].size);
  if (!same) {
    throw fail('model-input-mismatch', {
      family,
      expected: describeBlocks(expected),
      found: describeBlocks(found),
    });
  }
}

function describeBlocks(blocks: readonly AnyBlockShape[]): string {
  return blocks
    .map(({ kind, size }) => {
      if (kind === 'dense') return `${size} numbers`;
      return kind === 'codes' ? `a category of ${size} levels as codes` : `a category of ${size} levels`;
    })
    .join(', ');
}
