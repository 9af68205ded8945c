import { featureNames, type Design, type DesignBlock } from './design.ts';

/** What stands before the names of features of one of several models: `2: sqft`. */
export function memberPrefix(index: number): string {
  return `${index + 1}: `;
}

/** The features of several models beside each other, each under its own name. All have the same rows. */
export function joinDesigns(designs: readonly Design[]): Design {
  const blocks = designs.flatMap((design, i) =>
    design.blocks.map((block) => renamed(block, memberPrefix(i))),
  );
  return { rows: designs[0]?.rows ?? 0, width: featureNames({ blocks }).length, blocks };
}

/** One of the designs that were joined. */
export function memberDesign({ rows, blocks }: Design, index: number): Design {
  const prefix = memberPrefix(index);
  const own = blocks.flatMap((block) => {
    const name = block.kind === 'dense' ? block.names[0] : block.name;
    if (!name?.startsWith(prefix)) return [];
    const strip = (full: string): string => full.slice(prefix.length);
    return [
      block.kind === 'dense'
        ? { ...block, names: block.names.map(strip) }
        : { ...block, name: strip(block.name) },
    ];
  });
  return { rows, width: featureNames({ blocks: own }).length, blocks: own };
}

function renamed(block: DesignBlock, prefix: string): DesignBlock {
  if (block.kind !== 'dense') return { ...block, name: `${prefix}${block.name}` };
  return { ...block, names: block.names.map((name) => `${prefix}${name}`) };
}
