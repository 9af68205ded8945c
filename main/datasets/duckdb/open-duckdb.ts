import type { DuckDBConnection } from '@duckdb/node-api';
import { fail } from '../../../preload/contract/errors.ts';

export interface DuckdbOptions {
  /** Where it may put what doesn't fit in memory; removed with the job. */
  readonly staging: string;
  /** Files it may read; nothing else of the disk, and never the network. */
  readonly files?: readonly string[];
  /** Run before the doors are closed: ATTACH of a file to read. */
  readonly prepare?: (connection: DuckDBConnection) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Duckdb {
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Megabytes that DuckDB may hold; beyond that it uses its temporary folder. */
const memory = 384;

/**
 * A DuckDB of its own for one job: no extensions are fetched or loaded, the disk is closed but for `files` and the
 * temporary folder, and nothing of that can be changed by a query. An abort interrupts what runs.
 */
export async function openDuckdb({ staging, files = [], prepare, signal }: DuckdbOptions): Promise<Duckdb> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    memory_limit: `${memory}MB`,
    temp_directory: `${staging}/duckdb`,
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  const stop = (): void => connection.interrupt();
  signal.addEventListener('abort', stop, { once: true });
  const close = (): void => {
    signal.removeEventListener('abort', stop);
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await prepare?.(connection);
    await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    if (signal.aborted) throw fail('cancelled', { what: 'reading' });
  } catch (error) {
    close();
    throw error;
  }
  return { connection, close };
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What DuckDB says, without the kind of error, the statement it repeats and its hints for programmers. */
export function duckdbReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (text.startsWith('Out of Memory Error')) return `it takes more than ${memory} MB of memory`;
  const [first = ''] = text.split(
    /\n\s*\n|\s*You might need|\n\tCandidate|\nLINE \d+:|\nTry |\nYou can |\nConsider /,
  );
  return first.replace(/^(?:[A-Z][A-Za-z-]* )+Error: /, '').trim();
}
