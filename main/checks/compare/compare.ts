import type { ComparedColumn, CompareVerdict } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { isNumeric, isTextType, type ColumnType } from '../../../preload/contract/column-types.ts';
import { openSnapshot, readColumns } from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { binColumn, type BinnedColumn } from './bins.ts';
import { trainDomainClassifier, type DomainClassifier } from './classifier.ts';
import { rowsOf } from '../expectations/values.ts';
import { differ, type Difference } from './columns.ts';
import { findSegments, type Segments } from './segments.ts';
import { judge, verdictOf } from './verdict.ts';

export interface CompareInput {
  readonly reference: string;
  readonly other: string;
  readonly exclude: readonly string[];
  readonly seed: number;
}

export interface CompareResult extends Segments {
  readonly rows: number;
  readonly otherRows: number;
  readonly verdict: CompareVerdict;
  readonly sentence: string;
  readonly columns: readonly ComparedColumn[];
  readonly onlyInReference: readonly string[];
  readonly onlyInOther: readonly string[];
  readonly retyped: readonly {
    readonly name: string;
    readonly reference: ComparedColumn['type'];
    readonly other: ComparedColumn['type'];
  }[];
  readonly classifier: DomainClassifier | null;
  readonly notes: readonly string[];
}

/** Bins of all columns together, past which the classifier leaves the less different columns out. */
const widest = 600;

/** Whole numbers and others are compared with each other, texts with categories: which of them a file holds is often chance. */
function comparable(before: ColumnType, now: ColumnType | undefined): boolean {
  if (now === undefined) return false;
  return before === now || (isNumeric(before) && isNumeric(now)) || (isTextType(before) && isTextType(now));
}

/** One column of each table is in memory at a time, and a byte a row for each column that is kept in bins. */
export async function compareTables(
  { reference: a, other: b, exclude, seed }: CompareInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<CompareResult> {
  const [reference, other] = [await openSnapshot(reader, a), await openSnapshot(reader, b)];
  const typeIn = (schema: typeof reference.schema, name: string) =>
    schema.find((field) => field.name === name)?.type;
  const wanted = reference.schema.filter(({ name }) => !exclude.includes(name));
  const shared = wanted.filter(({ name, type }) => comparable(type, typeIn(other.schema, name)));
  if (shared.length === 0) {
    const namesOf = ({ schema }: typeof reference): string[] => schema.slice(0, 12).map(({ name }) => name);
    throw fail('tables-share-nothing', { reference: namesOf(reference), other: namesOf(other) });
  }
  const found: { name: string; type: ComparedColumn['type']; difference: Difference; bins: BinnedColumn }[] =
    [];
  for (const [i, { name, type }] of shared.entries()) {
    progress((0.7 * i) / shared.length, `comparing ${name}`);
    const left = (await readColumns(reader, reference, [name], { signal }))[0]!;
    const right = (await readColumns(reader, other, [name], { signal }))[0]!;
    if (rowsOf(left) === 0 || rowsOf(right) === 0) continue;
    found.push({ name, type, difference: differ(left, right), bins: binColumn(name, left, right) });
  }
  const [rows, otherRows] = [reference.rows, other.rows];
  const columns = judge(found, rows, otherRows);
  const order = found
    .map(({ bins }, i) => ({ bins, adjusted: columns[i]!.adjusted, js: columns[i]!.js ?? 0 }))
    .toSorted((x, y) => x.adjusted - y.adjusted || y.js - x.js)
    .map(({ bins }) => bins);
  progress(0.75, 'looking for parts that the reference lacks');
  const segments = findSegments(order, rows, otherRows);
  progress(0.85, 'telling the tables apart');
  const narrow = withinWidth(order);
  const classifier = trainDomainClassifier(narrow, { rows, otherRows, seed, signal });
  const notes =
    narrow.length < order.length
      ? [`the classifier looked at the ${narrow.length} columns that differ most, of ${order.length}`]
      : [];
  return {
    rows,
    otherRows,
    ...verdictOf(columns, rows, otherRows),
    columns,
    onlyInReference: wanted.filter(({ name }) => !typeIn(other.schema, name)).map(({ name }) => name),
    onlyInOther: other.schema
      .filter(({ name }) => !exclude.includes(name) && !typeIn(reference.schema, name))
      .map(({ name }) => name),
    retyped: wanted.flatMap(({ name, type }) => {
      const now = typeIn(other.schema, name);
      return now === undefined || comparable(type, now) ? [] : [{ name, reference: type, other: now }];
    }),
    classifier,
    ...segments,
    notes,
  };
}

function withinWidth(columns: readonly BinnedColumn[]): BinnedColumn[] {
  let width = 0;
  return columns.filter(({ labels }) => {
    if (width + labels.length > widest) return false;
    width += labels.length;
    return true;
  });
}
