import { fail } from '../../../../preload/contract/errors.ts';
import type { Design } from '../../../recipes/index.ts';

/** Monotone constraints in the order of the features; undefined when there are none. Throws `family-param` for a name that can't have one. */
export function constraintList(
  constraints: Readonly<Record<string, -1 | 0 | 1>>,
  design: Design,
): string | undefined {
  const wanted = new Map(Object.entries(constraints).filter(([, way]) => way !== 0));
  if (wanted.size === 0) return undefined;
  const list = design.blocks.flatMap((block) => {
    if (block.kind === 'dense') return block.names.map((name) => take(name));
    if (wanted.has(block.name))
      throw wrong(`"${block.name}" is a category; only numbers can be held to one way`);
    return block.kind === 'codes' ? [0] : block.levels.map(() => 0);
  });
  const [unknown] = wanted.keys();
  if (unknown !== undefined) {
    const numbers = design.blocks.flatMap((block) => (block.kind === 'dense' ? block.names : []));
    throw wrong(`there is no number feature "${unknown}"; there are ${numbers.join(', ') || 'none'}`);
  }
  return list.join(',');

  function take(name: string): number {
    const way = wanted.get(name) ?? 0;
    wanted.delete(name);
    return way;
  }
}

function wrong(message: string) {
  return fail('family-param', { family: 'boosting', param: 'monotone_constraints', message });
}
