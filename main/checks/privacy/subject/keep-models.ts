import * as z from 'zod';
import type { TaskContext } from '../../../jobs/index.ts';
import { writtenForms } from './blank-words.ts';

export interface KeepModelsInput {
  readonly runs: readonly {
    readonly run: string;
    /** What stays of it as it is. */
    readonly objects: readonly string[];
    readonly golden: string | null;
    /** Rows of the person in its data, counted from 0. */
    readonly rows: Int32Array;
  }[];
  /** The value, and texts that only the person's rows had. */
  readonly words: readonly string[];
}

export interface KeepModelsResult {
  /** Runs whose model can stay, with their golden rows without the person's (null: as they were). */
  readonly kept: readonly { readonly run: string; readonly golden: string | null }[];
}

const Golden = z.looseObject({ rows: z.array(z.looseObject({ row: z.int() })) });

/** Looks for a person's words in every byte of what would stay of a run, and writes golden rows anew without that person's. */
export async function checkKeptModels(
  { runs, words }: KeepModelsInput,
  { reader, writer, signal }: Pick<TaskContext, 'reader' | 'writer' | 'signal'>,
): Promise<KeepModelsResult> {
  const needles = writtenForms(words).map((word) => Buffer.from(word));
  const telling = (bytes: Uint8Array): boolean => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return needles.some((needle) => buffer.includes(needle));
  };
  const kept: { run: string; golden: string | null }[] = [];
  for (const { run, objects, golden, rows } of runs) {
    signal.throwIfAborted();
    let clean = true;
    for (const digest of objects) clean &&= !telling(await reader.get(digest));
    if (!clean) continue;
    if (golden === null) {
      kept.push({ run, golden: null });
      continue;
    }
    const bytes = await reader.get(golden);
    const before = Golden.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const gone = new Set(rows);
    const left = before.rows.filter(
      (row) => !gone.has(row.row - 1) && !telling(Buffer.from(JSON.stringify(row))),
    );
    if (left.length === 0) continue;
    kept.push({
      run,
      golden:
        left.length === before.rows.length
          ? null
          : await writer.put('golden', Buffer.from(JSON.stringify({ ...before, rows: left }))),
    });
  }
  return { kept };
}
