import type { Db, Row, Value } from '../../../platform/database/index.ts';
import { recordTables, type Change, type RecordTable, type Transaction } from '../../../workspaces/index.ts';
import { blankWords, writtenForms } from './blank-words.ts';

/** What is blanked in records: a person's key everywhere, and in facts about data also what only the person's rows said. */
export interface Words {
  readonly value: string;
  readonly traces: readonly string[];
}

/** Instructions by people: words in them are theirs, unless they are the key itself. */
const instructions: ReadonlySet<string> = new Set([
  'recipes',
  'suites',
  'sweeps',
  'tags',
  'models',
  'datasets',
  'meta',
]);

/** Names, times and digests: what ties records together is never changed. */
const names: ReadonlySet<string> = new Set(
  [
    'dataset model version run sweep snapshot subject target tag name recipe job actor status stage task family kind',
    'at created finished deleted emptied digest bundle sha256 hash children journal',
  ].flatMap((line) => line.split(' ')),
);

/** Blanks the words in every record; returns how many changed. */
export function blankRecords(db: Db, transaction: Transaction, words: Words): number {
  let changed = 0;
  for (const table of Object.keys(recordTables) as RecordTable[]) {
    const keys: readonly string[] = recordTables[table];
    for (const row of rowsWith(db, table, wordsFor(table, words))) {
      const blanked = blankRow(table, row, words);
      if (!blanked) continue;
      changed++;
      transaction.patch(
        table,
        keys.map((key) => row[key] as string | number),
        blanked,
      );
    }
  }
  return changed;
}

/** The journal's records before this commit, without the words. */
export function blankJournal(db: Db, transaction: Transaction, words: Words) {
  const records = new Set(
    writtenForms([words.value, ...words.traces]).flatMap((form) =>
      db
        .all<{ seq: number }>('SELECT seq FROM journal WHERE instr(changes, ?) > 0', form)
        .map(({ seq }) => seq),
    ),
  );
  return transaction.redact(
    [...records].toSorted((a, b) => a - b).map((seq) => ({ seq })),
    (changes) =>
      changes.map((change): Change => {
        const blanked = change.row && blankRow(change.table, change.row, words);
        return blanked ? { ...change, row: { ...change.row, ...blanked } } : change;
      }),
  );
}

/** Jobs in whose words, log or result they stand. */
export function jobsWith(db: Db, { value, traces }: Words): string[] {
  const ids = writtenForms([value, ...traces]).flatMap((form) =>
    db
      .all<{ id: string }>(
        'SELECT id FROM jobs WHERE instr(body || char(10) || log || char(10) || result, ?) > 0',
        form,
      )
      .map(({ id }) => id),
  );
  return [...new Set(ids)];
}

function wordsFor(table: string, { value, traces }: Words): string[] {
  // The longest first: one may stand in another.
  return [value, ...(instructions.has(table) ? [] : traces)].toSorted((a, b) => b.length - a.length);
}

/** The columns that change; undefined when none does. */
function blankRow(table: RecordTable, row: Row, words: Words): Row | undefined {
  const keys: readonly string[] = recordTables[table];
  const blanked: Record<string, Value> = {};
  for (const [column, text] of Object.entries(row)) {
    if (typeof text !== 'string' || keys.includes(column) || names.has(column)) continue;
    const after = blankWords(text, wordsFor(table, words));
    if (after !== text) blanked[column] = after;
  }
  return Object.keys(blanked).length > 0 ? blanked : undefined;
}

function rowsWith(db: Db, table: RecordTable, words: readonly string[]): Row[] {
  const forms = writtenForms(words);
  return db
    .all(`SELECT * FROM ${table}`)
    .filter((row) =>
      Object.values(row).some(
        (text) => typeof text === 'string' && forms.some((form) => text.includes(form)),
      ),
    );
}
