import type { RunChange } from '../../../preload/contract/runs.ts';
import type { RunEntry } from '../read-entries.ts';

/** What a run was made of, in parts that are changed one at a time: name to value as text. */
export type Units = ReadonlyMap<string, string>;

/** Engine and code are told where they differ, but are no choice of whoever trains: no step is made of them. */
const surroundings = ['engine', 'code'] as const;

/**
 * The parts of a run: data, features, each step, each way to split, family, each parameter, seed. A seed of the split that is that of
 * the run is no part of its own.
 */
export function unitsOf({ facts, recipe }: RunEntry): Units {
  const cells = recipe();
  const units = new Map<string, string>([
    ['data', String(facts['snapshot'])],
    ['seed', String(facts['seed'])],
    ['family', String(facts['family'])],
  ]);
  const steps = new Map<string, string[]>();
  for (const [path, cell] of cells) {
    if (path === 'split.seed' && cell === facts['seed']) continue;
    const [, index = ''] = /^steps\[(\d+)\]\./.exec(path) ?? [];
    if (index === '') units.set(path, String(cell));
    else
      steps.set(index, [
        ...(steps.get(index) ?? []),
        `${path.slice(path.indexOf('.') + 1)}: ${String(cell)}`,
      ]);
  }
  const order: string[] = [];
  for (const [index, parts] of steps) {
    const kind = String(cells.get(`steps[${index}].step`));
    const times = order.filter((one) => one === kind).length;
    order.push(kind);
    units.set(`step ${kind}${times ? ` ${times + 1}` : ''}`, parts.join(', '));
  }
  if (order.length) units.set('order', order.join(', '));
  return units;
}

/** What differs between two runs, as single changes: another family with its own parameters is one. */
export function changesBetween(a: RunEntry, b: RunEntry): RunChange[] {
  const [before, after] = [unitsOf(a), unitsOf(b)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  const otherFamily = differing.includes('family');
  const sameSteps = !differing.some((name) => name.startsWith('step '));
  return differing
    .filter((name) => !(otherFamily && name.startsWith('params')) && (name !== 'order' || sameSteps))
    .map((name): RunChange => {
      const [left = null, right = null] = [before.get(name), after.get(name)];
      if (name === 'data') return { kind: 'data', what: 'data', before: dataOf(a), after: dataOf(b) };
      if (name === 'features') return { kind: 'recipe', what: name, ...listChange(left, right) };
      return { kind: kindOf(name), what: name.replace(/^params\./, ''), before: left, after: right };
    });
}

/** Engine and code, where they differ. */
export function surroundingChanges(a: RunEntry, b: RunEntry): RunChange[] {
  return surroundings.flatMap((what): RunChange[] => {
    const [before, after] = [told(a, what), told(b, what)];
    return before === after ? [] : [{ kind: 'engine', what, before, after }];
  });
}

function told({ facts }: RunEntry, what: (typeof surroundings)[number]): string | null {
  const text = facts[what] ?? null;
  if (what === 'code' || text === null) return text === null ? null : String(text);
  const { id, version, detail } = JSON.parse(String(text)) as Record<string, string>;
  return `${id} ${version} (${detail})`;
}

function kindOf(name: string): RunChange['kind'] {
  if (name === 'seed' || name === 'family') return name;
  if (name.startsWith('params.')) return 'parameter';
  return name.startsWith('split') ? 'split' : 'recipe';
}

function dataOf({ facts }: RunEntry): string {
  return `${String(facts['data'])} (${String(facts['snapshot']).slice(0, 12)})`;
}

/** Of two lists only what the other has not. */
function listChange(left: string | null, right: string | null): Pick<RunChange, 'before' | 'after'> {
  const [a, b] = [left?.split(', ') ?? [], right?.split(', ') ?? []];
  return { before: only(a, b), after: only(b, a) };
}

function only(list: readonly string[], other: readonly string[]): string | null {
  return list.filter((name) => !other.includes(name)).join(', ') || null;
}
