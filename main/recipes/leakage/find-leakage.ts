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
import { splitRows, type Split } from '../split/split.ts';
import { judgingRows, twinsAcrossFolds } from './across-folds.ts';
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

const exactly = 'with the same values in all features';
const nearly = 'that differs, target included, at most past the third digit, in case or in punctuation';

/** Rows of training that occur, alike or nearly so, among the test rows; and with folds, in a fold and among those it learns from. */
function duplicates({ table, recipe, features, split }: Looked): LeakageFinding[] {
  if (features.length === 0) return [];
  // Few features are nearly alike by chance; with the target they hardly are.
  const answer = table.map(({ column }) => column).filter(({ name }) => name === recipe.target);
  const exact = rowHashes(features, 'exact');
  const near = rowHashes([...features, ...answer], 'near');
  const { folds } = split;
  return [
    ...twinFindings('duplicate-rows', 'near-duplicate-rows', {
      exact: twinsInTraining(split, exact),
      near: twinsInTraining(split, near),
      of: splitRows(split, 'test').length,
      what: 'test row',
      twin: 'a training row',
    }),
    ...(folds
      ? twinFindings('duplicate-rows-across-folds', 'near-duplicate-rows-across-folds', {
          exact: twinsAcrossFolds(folds, exact),
          near: twinsAcrossFolds(folds, near),
          of: judgingRows(folds),
          what: 'row that judges a fold',
          many: 'rows that judge a fold',
          twin: 'a row that it learns from',
        })
      : []),
  ];
}

function twinsInTraining(split: Split, hashes: Float64Array): Map<number, number> {
  const first = new Map<number, number>();
  for (const row of splitRows(split, 'train')) if (!first.has(hashes[row]!)) first.set(hashes[row]!, row);
  const found = new Map<number, number>();
  for (const row of splitRows(split, 'test')) {
    const twin = first.get(hashes[row]!);
    if (twin !== undefined) found.set(row, twin);
  }
  return found;
}

interface Twins {
  readonly exact: Map<number, number>;
  readonly near: Map<number, number>;
  readonly of: number;
  readonly what: string;
  readonly many?: string;
  readonly twin: string;
}

function twinFindings(
  exactKind: LeakageFinding['kind'],
  nearKind: LeakageFinding['kind'],
  { exact, near, of, what, many = `${what}s`, twin }: Twins,
): LeakageFinding[] {
  const finding = (
    kind: LeakageFinding['kind'],
    found: [number, number][],
    how: string,
  ): LeakageFinding[] => {
    if (found.length === 0) return [];
    const share = found.length / of;
    const [noun, has] = found.length === 1 ? [what, 'has'] : [many, 'have'];
    return [
      {
        kind,
        severity: share >= 0.05 ? 'warn' : 'note',
        columns: [],
        rows: found.length,
        sentence: `${found.length.toLocaleString('en')} ${noun} of ${of.toLocaleString('en')} (${percent(share)}) ${has} ${twin} ${how}`,
        examples: found
          .slice(0, shownExamples)
          .map(([row, other]) => ({ row: row + 1, trainRow: other + 1 })),
      },
    ];
  };
  return [
    ...finding(exactKind, [...exact], exactly),
    ...finding(
      nearKind,
      [...near].filter(([row]) => !exact.has(row)),
      nearly,
    ),
  ];
}

const groupName =
  /(^|[^a-z])(id|ids|key|uuid|guid|customer|client|patient|user|account|person|household|device|machine|session|subject)([^a-z]|$)/i;

/** Columns named like whose row it is, with several rows each, that are in training and test at once, or in several folds. */
function groups({ table, split, recipe }: Looked): LeakageFinding[] {
  return table.flatMap(({ type, column }): LeakageFinding[] => {
    if (column.name === recipe.target || (!isTextType(type) && type !== 'int64')) return [];
    if (!groupName.test(separated(column.name))) return [];
    const marks =
      column.kind === 'number'
        ? column.values
        : Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
    const { folds } = split;
    const tested = splitRows(split, 'test').filter((row) => !Number.isNaN(marks[row]!)).length;
    return [
      ...groupFinding('group-on-both-sides', column.name, {
        shared: twinsInTraining(split, marks),
        of: tested,
        words: (rows) =>
          `${counted(rows, 'test row')} of ${tested.toLocaleString('en')} have a "${column.name}" that is in training too; "split: {method: group, by: ${column.name}}" keeps each on one side`,
      }),
      ...(folds
        ? groupFinding('group-across-folds', column.name, {
            shared: twinsAcrossFolds(folds, marks),
            of: judgingRows(folds),
            words: (rows) =>
              `${counted(rows, 'row')} of ${judgingRows(folds).toLocaleString('en')} judge a fold that learns from other rows of their "${column.name}"; "split: {method: group, by: ${column.name}, folds: ${folds.count}}" keeps each in one fold`,
          })
        : []),
    ];
  });
}

function groupFinding(
  kind: LeakageFinding['kind'],
  column: string,
  {
    shared,
    of,
    words,
  }: {
    readonly shared: Map<number, number>;
    readonly of: number;
    readonly words: (rows: number) => string;
  },
): LeakageFinding[] {
  if (of === 0 || shared.size / of < 0.05) return [];
  return [
    {
      kind,
      severity: 'warn',
      columns: [column],
      rows: shared.size,
      sentence: words(shared.size),
      examples: [...shared.keys()].slice(0, shownExamples).map((row) => ({ row: row + 1, trainRow: null })),
    },
  ];
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
