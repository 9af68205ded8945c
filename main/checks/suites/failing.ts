import { basename } from 'node:path';
import type * as z from 'zod';
import type { checks as checkMethods, SuiteCheck } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import {
  createOrderCache,
  csvNote,
  exportDatasetTask,
  exportFormatOf,
  openSnapshot,
  readPlaces,
  resolveDataset,
  type VersionRow,
} from '../../datasets/index.ts';
import { refuseOwnFile, type CallContext } from '../../workspaces/index.ts';
import { failingTask } from '../tasks.ts';
import { findCheck } from './find-check.ts';
import { namedDatasets, querySql } from './run-own-suite.ts';
import { describeSuite, suiteRows } from './store.ts';
import { readSuite, sentenceOf } from './suite.ts';

type Input = z.output<typeof checkMethods.failing.input>;
type Output = z.input<typeof checkMethods.failing.output> & { readonly table: Uint8Array };

/** Checks that are about the table as a whole. */
const ofTable = new Set(['type', 'row-count', 'statistic', 'quantile', 'freshness']);

/** Places of the rows that fail, by snapshot, check and what else it looks at: a table that is scrolled asks again and again. */
const found = createOrderCache();

/** A window of the rows that fail one check, and all of them as a file where that is asked for. */
export async function failing(input: Input, context: CallContext): Promise<Output> {
  const { db, dir, objects } = context.workspace;
  const version = resolveDataset(db, input.dataset);
  const { dataset } = version;
  const { number, check } = findCheck(dataset, checksOf(input, version, context), input.rule);
  const says = sentenceOf(check);
  if (ofTable.has(check.check)) throw fail('check-of-table', { check: check.check, says });
  if (input.out !== undefined) await refuseOwnFile(dir, input.out);
  const file =
    input.out === undefined
      ? undefined
      : {
          path: input.out,
          format: exportFormatOf(input.out, input.format),
          spreadsheet: input.spreadsheet,
        };
  const rows = await (check.check === 'sql' ? bySql : byPlace)(input, { version, check, file }, context);
  const { schema } = await openSnapshot(objects, version.manifest);
  return {
    dataset,
    version: version.version,
    check: { number, check: check.check, severity: check.severity, says },
    offset: input.offset,
    limit: input.limit,
    of: version.rows,
    fields: schema,
    ...rows,
    file: file && rows.file ? { name: basename(file.path), format: file.format, ...rows.file } : null,
    notes: file?.format === 'csv' ? [csvNote(file.spreadsheet)] : [],
  };
}

interface Wanted {
  readonly version: VersionRow;
  readonly check: SuiteCheck;
  readonly file:
    | { readonly path: string; readonly format: 'csv' | 'parquet' | 'arrow'; readonly spreadsheet: boolean }
    | undefined;
}

type Read = Pick<Output, 'rows' | 'table' | 'numbers'> &
  Partial<Pick<Output, 'fields'>> & {
    readonly file: { readonly rows: number; readonly size: number; readonly sha256: string } | null;
  };

function checksOf(
  { suite, of }: Input,
  { dataset }: VersionRow,
  { workspace: { db } }: CallContext,
): SuiteCheck[] {
  if (suite !== undefined) return readSuite(suite);
  const saved = suiteRows(db, dataset);
  const latest = saved.at(-1);
  if (!latest) throw fail('suite-missing', { dataset });
  const row = of === undefined ? latest : saved.find((one) => one.version === of);
  if (!row) throw fail('suite-version-not-found', { dataset, suite: of ?? 0, latest: latest.version });
  return describeSuite(row).checks;
}

async function byPlace(
  { offset, limit, columns }: Input,
  { version, check, file }: Wanted,
  context: CallContext,
): Promise<Read> {
  const others = namedDatasets(context.workspace.db, [check]);
  const { severity: _, ...asked } = check;
  const key = JSON.stringify([version.manifest, asked, others]);
  const places = await found.get(key, context.signal, async () => {
    const { result } = await context.task(failingTask, {
      manifest: version.manifest,
      name: `${version.dataset}@${version.version}`,
      check,
      others,
      now: context.clock.now(),
    });
    return result;
  });
  const { result: written } = file
    ? await context.task(exportDatasetTask, { manifest: version.manifest, ...file, places })
    : { result: null };
  const seen = places.subarray(offset, offset + limit);
  return {
    rows: places.length,
    numbers: Array.from(seen, (place) => place + 1),
    table: await readPlaces(context.workspace.objects, version.manifest, seen, columns),
    file: written && { rows: written.rows, size: written.size, sha256: written.sha256 },
  };
}

/** SQL is asked again for each window, in one thread, so that the windows go on from one another. */
async function bySql(
  { offset, limit, columns }: Input,
  { version, check, file }: Wanted,
  context: CallContext,
): Promise<Read> {
  const sql = String(check['sql']).trim().replace(/;\s*$/, '');
  const {
    rows,
    columns: fields,
    table,
    written,
  } = await querySql(
    columns && !file ? `SELECT ${columns.map(quoted).join(', ')} FROM (${sql}\n)` : sql,
    { limit, offset, steady: true, ...(file ? { file } : {}) },
    version,
    context,
  );
  return {
    rows,
    fields: [...fields],
    table,
    file: written && { rows: written.rows, size: written.size, sha256: written.sha256 },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
