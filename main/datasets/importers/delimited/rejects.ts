import * as z from 'zod';
import { Reject } from '../../../../preload/contract/datasets.ts';
import type { ObjectReader } from '../../../platform/objects/index.ts';
import { typeWords } from './infer.ts';
import type { ImportPlan } from './plan.ts';
import { recordFault, type RecordBatch } from './records.ts';

/** Kept in full; the others are counted. */
const keptRejects = 10_000;
const keptText = 500;

/** The rows that didn't fit, stored as an object of kind `rejected-rows`. */
const RejectList = z.strictObject({
  format: z.literal(1),
  /** The first 10,000, in the order of the file; `text` is the raw record, at most 500 characters of it. */
  rejects: z.array(Reject),
  total: z.int(),
});
export type RejectList = z.infer<typeof RejectList>;

export class RejectCollector {
  total = 0;
  encodingFaults = 0;
  /** Values that didn't fit, per column. */
  readonly misfits: Int32Array;
  readonly #kept: Reject[] = [];
  readonly #plan: ImportPlan;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
    this.misfits = new Int32Array(plan.columns.length);
  }

  /** Takes note of every record with a fault. */
  add(batch: RecordBatch): void {
    for (let row = 0; row < batch.count; row++) {
      const fault = batch.faults[row]!;
      if (fault === recordFault.none) continue;
      this.total++;
      if (fault === recordFault.encoding) this.encodingFaults++;
      if (fault === recordFault.value) {
        const column = batch.faultColumns[row]!;
        this.misfits[column] = this.misfits[column]! + 1;
      }
      if (this.#kept.length < keptRejects) this.#kept.push(describe(batch, row, fault, this.#plan));
    }
  }

  first(): Reject | undefined {
    return this.#kept[0];
  }

  list(): RejectList {
    return { format: 1, rejects: this.#kept, total: this.total };
  }
}

function describe(batch: RecordBatch, row: number, fault: number, { columns }: ImportPlan): Reject {
  const line = batch.lines[row]!;
  const text = shown(batch.bytes, batch.froms[row]!, batch.tos[row]!);
  if (fault === recordFault.value) {
    const index = batch.faultColumns[row]!;
    const column = columns[index];
    const at = row * batch.width + index;
    const value = shown(batch.bytes, batch.starts[at]!, batch.ends[at]!);
    const wanted = column ? typeWords(column.type) : 'value';
    const form = column?.format ? ` of the form ${column.format}` : '';
    return {
      line,
      column: column?.name ?? null,
      reason: `expected a ${wanted}${form}, got "${value}"`,
      text,
    };
  }
  if (fault === recordFault.encoding)
    return { line, column: null, reason: 'bytes that are not valid UTF-8', text };
  if (fault === recordFault.afterQuote) {
    return { line, column: null, reason: 'text after a closing quote', text };
  }
  const found = batch.found[row]!;
  return { line, column: null, reason: `expected ${batch.width} fields, found ${found}`, text };
}

function shown(bytes: Uint8Array, from: number, to: number): string {
  const text = new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + keptText)));
  return to - from > keptText ? `${text}…` : text;
}

export function encodeRejects({ format, rejects, total }: RejectList): Uint8Array {
  const rows = rejects.map(({ column, line, reason, text }) => ({ column, line, reason, text }));
  return new TextEncoder().encode(JSON.stringify({ format, rejects: rows, total }));
}

/** A window of the kept rejects, and how many there were in all. */
export async function readRejects(
  reader: ObjectReader,
  digest: string,
  offset: number,
  limit: number,
): Promise<{ total: number; rejects: Reject[] }> {
  const { total, rejects } = RejectList.parse(JSON.parse(new TextDecoder().decode(await reader.get(digest))));
  return { total, rejects: rejects.slice(offset, offset + limit) };
}
