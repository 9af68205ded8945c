import { fail } from '../../../../preload/contract/errors.ts';
import { ask } from '../../duckdb/ask.ts';
import type { DuckdbColumn } from '../../duckdb/column-types.ts';
import { openDuckdb, quoteName, quoteText, duckdbReason, type Duckdb } from '../../duckdb/open-duckdb.ts';
import { plainPath } from '../../duckdb/plain-path.ts';
import { describeRelation, readRelation, type Blame } from '../../duckdb/read-relation.ts';
import {
  defineImporter,
  type ImportInput,
  type OpenContext,
  type OpenedTable,
} from '../../importing/importer.ts';
import { columnLimit } from '../../importing/import-table.ts';
import { countKeys } from './count-keys.ts';

/** Fields of a record from which memory is short. */
const wideRecord = 1000;
/** Most bytes of one record. */
const recordLimit = 16 * 2 ** 20;

/** JSON: a list of objects, or one object a line (JSON Lines). Read by DuckDB; dates and times are found in texts as in CSV. */
export const jsonImporter = defineImporter({
  format: 'json',
  title: 'JSON',
  extensions: ['json', 'jsonl', 'ndjson'],
  options: ['columns'],
  recognises: (head) =>
    /^\s*(?:\[\s*\{|\{\s*"|\{\s*\}|\[\s*\])/.test(
      Buffer.from(head.subarray(0, 4096))
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    ),
  open: openJson,
});

async function openJson(
  { path }: ImportInput,
  { staging, signal, glance }: OpenContext,
): Promise<OpenedTable> {
  const file = await plainPath(path, staging);
  const blame: Blame = (reason, cause) =>
    fail(
      'file-damaged',
      { path, format: 'JSON', reason: reason.replaceAll(` in file "${file}"`, '') },
      cause,
    );
  const keys = await countKeys(file, recordLimit);
  if (keys > columnLimit) throw fail('csv-too-many-columns', { path, columns: keys, limit: columnLimit });
  const duckdb = await openDuckdb({
    staging,
    files: [file],
    signal,
    // Each thread holds a buffer for every column.
    prepare: async (connection) => {
      if (keys > wideRecord) await connection.run('SET threads = 1');
    },
  });
  try {
    // Without a threshold a record of many fields is a map of them.
    const options = `maximum_object_size = ${recordLimit}, map_inference_threshold = -1, sample_size = ${glance ? 20_000 : -1}`;
    const sniffed = await describeRelation(duckdb, `read_json(${quoteText(file)}, ${options})`, blame);
    // Texts that DuckDB takes for something else are looked at below, by the rules that CSV files are read by.
    const types = sniffed.map(({ name, raw }) => `${quoteText(name)}: ${quoteText(asText(raw))}`);
    const relation = `read_json(${quoteText(file)}, maximum_object_size = ${recordLimit}, columns = {${types.join(', ')}})`;
    const described = await describeRelation(duckdb, relation, blame);
    const columns = await findMoments(duckdb, relation, described, glance, blame);
    return {
      columns,
      notes: [],
      tables: [],
      rows: (wanted) =>
        readRelation(
          duckdb,
          relation,
          wanted.map((at) => columns[at]!),
          { path, blame, signal },
        ),
      close: () => Promise.resolve(duckdb.close()),
    };
  } catch (error) {
    duckdb.close();
    throw error;
  }
}

function asText(declared: string): string {
  return ['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'UUID'].includes(declared)
    ? 'VARCHAR'
    : declared;
}

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?`;
const zone = String.raw` ?(Z|UTC|[+-]\d{2}(:?\d{2})?)`;
const forms = [
  { type: 'date', sql: 'DATE', form: day },
  { type: 'timestamp', sql: 'TIMESTAMP', form: day + clock },
  { type: 'timestamptz', sql: 'TIMESTAMPTZ', form: day + clock + zone },
] as const;

/** Text columns whose every value is a date or time become one: looks at all of them, in one pass. */
async function findMoments(
  duckdb: Duckdb,
  relation: string,
  columns: readonly DuckdbColumn[],
  glance: boolean,
  blame: Blame,
): Promise<DuckdbColumn[]> {
  const texts = columns.filter(({ raw }) => raw === 'VARCHAR');
  if (texts.length === 0) return [...columns];
  const counts = texts.flatMap(({ name }) => {
    const it = quoteName(name);
    return [
      `count(${it})`,
      ...forms.map(
        ({ sql, form }) =>
          `count(CASE WHEN regexp_full_match(${it}, ${quoteText(form)}) THEN TRY_CAST(${it} AS ${sql}) END)`,
      ),
    ];
  });
  const from = glance ? `(SELECT * FROM ${relation} LIMIT 20000)` : relation;
  try {
    const found = await ask(duckdb, `SELECT ${counts.join(', ')} FROM ${from}`);
    const numbers = (found[0] ?? []).map(Number);
    const types = new Map(
      texts.map(({ name }, i) => {
        const [values = 0, ...fitting] = numbers.slice(4 * i, 4 * i + 4);
        return [name, values === 0 ? undefined : forms.find((_, at) => fitting[at] === values)] as const;
      }),
    );
    return columns.map((column) => {
      const form = types.get(column.name);
      return form
        ? { ...column, type: form.type, sql: `CAST(${quoteName(column.name)} AS ${form.sql})` }
        : column;
    });
  } catch (error) {
    throw blame(duckdbReason(error), error);
  }
}
