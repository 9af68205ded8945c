import { fail, Failure } from '../../../../preload/contract/errors.ts';
import { cellTable, inferColumns, type Rows } from '../../cells/cell-table.ts';
import type { Value } from '../../cells/infer-cells.ts';
import { defineImporter, type ImportInput, type OpenedTable } from '../../importing/importer.ts';
import { openBytes, readAt } from '../../importing/open-bytes.ts';
import { startsWith } from '../../importing/signatures.ts';
import { chooseSheet } from './sheets.ts';
import { openZip, WorkbookLarge } from './zip.ts';

/** Most bytes of a workbook's parts that are unpacked: a sheet is held in memory whole, at several times its size. */
const unpackedLimit = 64 * 2 ** 20;
const rowsAtOnce = 2048;

/** A sheet of an Excel workbook (.xlsx). */
export const excelImporter = defineImporter({
  format: 'excel',
  title: 'Excel',
  extensions: ['xlsx', 'xlsm'],
  options: ['columns', 'sheet', 'header'],
  recognises: (head) => startsWith(head, 'PK\x03\x04'),
  open: openWorkbook,
});

async function openWorkbook({ path, options }: ImportInput): Promise<OpenedTable> {
  const file = await openBytes(path);
  try {
    const bytes = Buffer.from((await readAt(file, 0, Math.min(file.size, 4 * unpackedLimit))).buffer);
    const { workbook, sheets, sheet } = chooseSheet(path, openZip(bytes, unpackedLimit), options.sheet);
    const { readSheet } = await import('read-excel-file/node');
    const data = (await readSheet(workbook, sheet)) as unknown as (Value | undefined)[][];
    return await asTable(path, data, sheets, options.header);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason =
      error instanceof WorkbookLarge
        ? `it unpacks to more than ${unpackedLimit / 2 ** 20} MB; save the sheet as CSV`
        : error instanceof Error
          ? error.message
          : String(error);
    throw fail('file-damaged', { path, format: 'Excel', reason }, error);
  } finally {
    await file.handle.close();
  }
}

async function asTable(
  path: string,
  data: readonly (readonly (Value | undefined)[])[],
  tables: readonly string[],
  header: boolean | undefined,
): Promise<OpenedTable> {
  const filled = data.filter((row) => row.some((value) => value !== null && value !== undefined));
  const width = Math.max(0, ...filled.map(({ length }) => length));
  const [first = []] = filled;
  const named = header ?? first.every((value) => typeof value === 'string');
  const names = Array.from({ length: width }, (_, i) => {
    const name = named ? String(first[i] ?? '').trim() : '';
    return name === '' ? `column_${i + 1}` : name;
  });
  const cells = filled
    .slice(named ? 1 : 0)
    .map((row) => Array.from({ length: width }, (_, i) => valueOf(row[i])));
  const rows = async function* (): Rows {
    for (let from = 0; from < cells.length; from += rowsAtOnce) yield cells.slice(from, from + rowsAtOnce);
  };
  const columns = await inferColumns(names, rows());
  const blank = data.length - filled.length;
  const notes = [
    ...(named || header === false
      ? []
      : ['the first row looks like data, not like names; if it holds names, import it with header: true']),
    ...(blank > 0 ? [`${blank} blank ${blank === 1 ? 'row was' : 'rows were'} skipped`] : []),
  ];
  return cellTable(path, columns, rows, { notes, tables, close: () => Promise.resolve() });
}

function valueOf(value: Value | undefined): Value {
  return value === undefined || (value instanceof Date && Number.isNaN(value.getTime())) ? null : value;
}
