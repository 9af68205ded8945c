import Database from 'better-sqlite3';

export type Value = string | number | bigint | null | Uint8Array;
export type Row = Record<string, Value>;

/** SQLite behind a small door. All calls are synchronous; one connection per process. */
export interface Db {
  all<T = Row>(sql: string, ...values: Value[]): T[];
  get<T = Row>(sql: string, ...values: Value[]): T | undefined;
  run(sql: string, ...values: Value[]): number;
  exec(sql: string): void;
  /** All or nothing, flushed to the disk before it returns. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Versions before this can corrupt a WAL database when two connections race on a checkpoint (sqlite.org, 2026-03-13). */
const oldestSafe = [3, 51, 3] as const;

export interface OpenOptions {
  readonly readonly?: boolean;
  /** Milliseconds to wait for another connection's lock. */
  readonly timeout?: number;
}

export function openDatabase(path: string, options: OpenOptions = {}): Db {
  const handle = new Database(path, {
    readonly: options.readonly ?? false,
    fileMustExist: options.readonly ?? false,
    timeout: options.timeout ?? 2000,
  });
  return prepareDatabase(handle, !options.readonly);
}

/** A database file's bytes, to look at; nothing is ever written to the disk. `changeable`: the copy in memory may be changed. */
export function openDatabaseBytes(file: Buffer, { changeable = false } = {}): Db {
  // Bytes 18 and 19 say that the file uses a write-ahead log (2), which memory can't have (sqlite.org/fileformat2.html, 1.3).
  const bytes = Buffer.from(file);
  if (bytes[18] === 2 && bytes[19] === 2) bytes.fill(1, 18, 20);
  return prepareDatabase(new Database(bytes, { readonly: !changeable }), false);
}

/** A database of somebody else, to read from; every row is an array, whole numbers are bigints. */
export interface ForeignDb {
  /** Names and declared types of a query's columns. Throws for anything but one statement that reads. */
  columns(sql: string): readonly { readonly name: string; readonly type: string | null }[];
  rows(sql: string): Iterable<readonly Value[]>;
  close(): void;
}

/** Opens a file read-only, trusting nothing in it. */
export function openForeignDatabase(path: string): ForeignDb {
  const handle = new Database(path, { readonly: true, fileMustExist: true });
  handle.pragma('trusted_schema = OFF');
  handle.pragma('cell_size_check = ON');
  handle.pragma('query_only = ON');
  const prepare = (sql: string): Database.Statement => {
    const statement = handle.prepare(sql);
    if (!statement.reader || !statement.readonly) throw new Error('expected a SELECT');
    return statement.safeIntegers().raw();
  };
  return {
    columns: (sql) =>
      prepare(sql)
        .columns()
        .map(({ name, type }) => ({ name, type })),
    rows: (sql) => prepare(sql).iterate() as Iterable<readonly Value[]>,
    close: () => void handle.close(),
  };
}

function prepareDatabase(handle: Database.Database, writes: boolean): Db {
  try {
    const version = String(handle.prepare('SELECT sqlite_version()').pluck().get());
    if (isOlder(version))
      throw new Error(`SQLite ${version} is older than ${oldestSafe.join('.')}, which WAL needs to be safe`);
    if (writes) {
      handle.pragma('journal_mode = WAL');
      handle.pragma('synchronous = FULL');
      // On macOS a plain fsync may leave bytes in the drive's own cache; elsewhere these do nothing.
      handle.pragma('fullfsync = ON');
      handle.pragma('checkpoint_fullfsync = ON');
    }
    handle.pragma('foreign_keys = ON');
    handle.pragma('trusted_schema = OFF');
    handle.pragma('cell_size_check = ON');
  } catch (error) {
    handle.close();
    throw error;
  }
  const cache = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    let statement = cache.get(sql);
    if (!statement) {
      statement = handle.prepare(sql);
      cache.set(sql, statement);
    }
    return statement;
  };
  return {
    all: <T>(sql: string, ...values: Value[]) => prepare(sql).all(...values) as T[],
    get: <T>(sql: string, ...values: Value[]) => prepare(sql).get(...values) as T | undefined,
    run: (sql, ...values) => prepare(sql).run(...values).changes,
    exec: (sql) => void handle.exec(sql),
    transaction: (work) => handle.transaction(work).immediate(),
    close: () => void handle.close(),
  };
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of oldestSafe.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return false;
}

/** `SQLITE_CORRUPT`, `SQLITE_NOTADB`, `SQLITE_BUSY`, ... or undefined for other errors. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}
