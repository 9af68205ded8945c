import { isTextType } from '../../../preload/contract/column-types.ts';
import type { LeakageFinding } from '../../../preload/contract/recipes.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { TypedColumn } from '../column-facts.ts';
import type { RawColumn } from '../columns.ts';
import { divideRows } from '../divide-rows.ts';
import type { TargetColumn } from '../make-target.ts';
import { readRecipeTable, type RecipeData } from '../join/index.ts';
import type { ResolvedRecipe } from '../recipe.ts';
import { readInherited } from '../split/inherit/read-inherited.ts';
import { part, splitRows, type Split } from '../split/split.ts';
import { explainedAlone } from './alone.ts';
import { rowHashes } from './row-hashes.ts';

export interface LeakageInput extends RecipeData {
  readonly recipe: ResolvedRecipe;
  /** Columns that are not known when a prediction is asked for. */
  readonly notKnown: readonly string[];
}

interface Looked {
  readonly recipe: ResolvedRecipe;
  readonly table: readonly TypedColumn[];
  readonly features: readonly RawColumn[];
  readonly target: TargetColumn;
  readonly split: Split;
}

/** What of the test rows, or of the answer, the training rows may know already; the gravest first. */
export async function findLeakage(
  { recipe, notKnown, ...data }: LeakageInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<LeakageFinding[]> {
  progress(0, 'reading the data');
  const { table } = await readRecipeTable(reader, data, recipe, { signal });
  const inherited = await readInherited(reader, data.manifest, recipe.split, { signal });
  const { target, split } = divideRows(recipe, table, inherited);
  const features = table.map(({ column }) => column).filter(({ name }) => recipe.features.includes(name));
  const looked: Looked = { recipe, table, features, target, split };
  const findings: LeakageFinding[] = [];
  const steps = [
    () => undeclared(recipe, notKnown),
    () => proxies(looked),
    () => duplicates(looked),
    () => groups(looked),
    () => identifiers(looked),
    () => order(looked),
  ];
  for (const [i, step] of steps.entries()) {
    signal.throwIfAborted();
    progress(0.2 + (0.8 * i) / steps.length, 'looking for leakage');
    findings.push(...step());
    await new Promise(setImmediate);
  }
  const gravity = { block: 0, warn: 1, note: 2 };
  return findings.toSorted((a, b) => gravity[a.severity] - gravity[b.severity]);
}

function undeclared({ features }: ResolvedRecipe, notKnown: readonly string[]): LeakageFinding[] {
  return features
    .filter((name) => notKnown.includes(name))
    .map((name) => ({
      kind: 'not-known',
      severity: 'block',
      columns: [name],
      rows: 0,
      sentence: `"${name}" is not known when a prediction is asked for, and the model learns from it; exclude it`,
      examples: [],
    }));
}

const proxyFrom = 0.95;

function proxies({ features, target, recipe }: Looked): LeakageFinding[] {
  return features.flatMap((column): LeakageFinding[] => {
    const share = explainedAlone(column, target.target, target.known);
    if (share < proxyFrom) return [];
    const words = (share * 100).toLocaleString('en', { maximumFractionDigits: 1 });
    return [
      {
        kind: 'target-proxy',
        severity: 'warn',
        columns: [column.name],
        rows: 0,
        sentence: `"${column.name}" alone explains ${words} % of "${recipe.target}"; is it known before the answer is, or made from it?`,
        examples: [],
      },
    ];
  });
}

const shownExamples = 5;

/** Rows of training that occur, alike or nearly so, among the test rows. */
function duplicates({ table, recipe, features, split }: Looked): LeakageFinding[] {
  if (features.length === 0) return [];
  const train = splitRows(split, 'train');
  const test = splitRows(split, 'test');
  const match = (how: 'exact' | 'near'): Map<number, number> => {
    // Few features are nearly alike by chance; with the target they hardly are.
    const answer = table.map(({ column }) => column).filter(({ name }) => name === recipe.target);
    const hashes = rowHashes(how === 'exact' ? features : [...features, ...answer], how);
    const first = new Map<number, number>();
    for (const row of train) if (!first.has(hashes[row]!)) first.set(hashes[row]!, row);
    const found = new Map<number, number>();
    for (const row of test) {
      const twin = first.get(hashes[row]!);
      if (twin !== undefined) found.set(row, twin);
    }
    return found;
  };
  const exact = match('exact');
  const near = new Map([...match('near')].filter(([row]) => !exact.has(row)));
  const finding = (
    kind: 'duplicate-rows' | 'near-duplicate-rows',
    found: Map<number, number>,
  ): LeakageFinding[] => {
    if (found.size === 0) return [];
    const share = found.size / test.length;
    const how =
      kind === 'duplicate-rows'
        ? 'have a training row with the same values in all features'
        : 'have a training row that differs, target included, at most past the third digit, in case or in punctuation';
    return [
      {
        kind,
        severity: share >= 0.05 ? 'warn' : 'note',
        columns: [],
        rows: found.size,
        sentence: `${counted(found.size, 'test row')} of ${test.length.toLocaleString('en')} (${percent(share)}) ${how}`,
        examples: [...found]
          .slice(0, shownExamples)
          .map(([row, twin]) => ({ row: row + 1, trainRow: twin + 1 })),
      },
    ];
  };
  return [...finding('duplicate-rows', exact), ...finding('near-duplicate-rows', near)];
}

const groupName =
  /(^|[^a-z])(id|ids|key|uuid|guid|customer|client|patient|user|account|person|household|device|machine|session|subject)([^a-z]|$)/i;

/** Columns named like whose row it is, with several rows each, that are in training and test at once. */
function groups({ table, split, recipe }: Looked): LeakageFinding[] {
  return table.flatMap(({ type, column }): LeakageFinding[] => {
    if (column.name === recipe.target || (!isTextType(type) && type !== 'int64')) return [];
    if (!groupName.test(separated(column.name))) return [];
    const values = column.kind === 'number' ? column.values : column.codes;
    const trained = new Set<number>();
    const tested: number[] = [];
    split.parts.forEach((code, row) => {
      const value = values[row]!;
      if (Number.isNaN(value) || (column.kind === 'category' && value < 0)) return;
      if (code === part.train) trained.add(value);
      else if (code === part.test) tested.push(row);
    });
    const shared = tested.filter((row) => trained.has(values[row]!));
    if (tested.length === 0 || shared.length / tested.length < 0.05) return [];
    return [
      {
        kind: 'group-on-both-sides',
        severity: 'warn',
        columns: [column.name],
        rows: shared.length,
        sentence: `${counted(shared.length, 'test row')} of ${tested.length.toLocaleString('en')} have a "${column.name}" that is in training too; "split: {method: group, by: ${column.name}}" keeps each on one side`,
        examples: shared.slice(0, shownExamples).map((row) => ({ row: row + 1, trainRow: null })),
      },
    ];
  });
}

/** `customerId` and `customer_id` alike. */
function separated(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
}

function identifiers({ features, table, split }: Looked): LeakageFinding[] {
  return features.flatMap((column): LeakageFinding[] => {
    const type = table.find((one) => one.column === column)?.type;
    const values = column.kind === 'number' ? column.values : column.codes;
    if (type === undefined || (type !== 'int64' && !isTextType(type)) || values.length < 20) return [];
    const distinct = new Set(values).size;
    const named = groupName.test(separated(column.name));
    if (distinct < values.length || (column.kind === 'number' && !named && !isCounting(column.values)))
      return [];
    return [
      {
        kind: 'identifier',
        severity: 'warn',
        columns: [column.name],
        rows: split.parts.length,
        sentence: `"${column.name}" is different in every row${column.kind === 'number' ? ', like a number given to it' : ''}; a model can learn only the order of the rows from it. Exclude it`,
        examples: [],
      },
    ];
  });
}

/** One after the other, up or down. */
function isCounting(values: Float64Array): boolean {
  const step = values[1]! - values[0]!;
  return step !== 0 && values.every((value, row) => row === 0 || step === value - values[row - 1]!);
}

/** Test rows that are older than training rows, where there are times and the split does not go by them. */
function order({ table, split, recipe }: Looked): LeakageFinding[] {
  if (recipe.split.method === 'time') return [];
  return table.flatMap(({ type, column }): LeakageFinding[] => {
    if (column.kind !== 'number' || (type !== 'date' && type !== 'timestamp' && type !== 'timestamptz'))
      return [];
    let newest = Number.NEGATIVE_INFINITY;
    for (const row of splitRows(split, 'train')) {
      const time = column.values[row]!;
      if (time > newest) newest = time;
    }
    const test = splitRows(split, 'test');
    const older = test.filter((row) => column.values[row]! < newest);
    if (older.length === 0) return [];
    return [
      {
        kind: 'time-order',
        severity: 'note',
        columns: [column.name],
        rows: older.length,
        sentence: `${counted(older.length, 'test row')} of ${test.length.toLocaleString('en')} (${percent(older.length / test.length)}) are older than the newest training row by "${column.name}"; if the model is to foresee, "split: {method: time, by: ${column.name}}" judges it honestly`,
        examples: [],
      },
    ];
  });
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}
