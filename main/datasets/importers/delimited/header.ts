import { emptyEvidence, gatherEvidence } from './evidence.ts';
import { RecordBatch } from './records.ts';

/**
 * Whether the first record holds names. It does when a text stands over a column that is nothing but numbers, dates or truth
 * values. Else it doesn't when it looks like the data below it: at least one of its fields is a number, date or truth value,
 * and so is that column. Texts alone are names.
 */
export function findHeader(batch: RecordBatch, first: readonly (string | null)[], point: number): boolean {
  if (first.some((text) => text === null)) {
    // A gap is more likely in data, unless everything else in the record is text.
    if (first.every((text) => text === null)) return false;
  }
  const top = Array.from({ length: batch.width }, () => emptyEvidence());
  const below = Array.from({ length: batch.width }, () => emptyEvidence());
  const { count } = batch;
  batch.count = 1;
  gatherEvidence(batch, top, { point });
  batch.count = count;
  gatherEvidence(batch, below, { point });
  const named = top.some((own, column) => {
    const others = below[column];
    return own.kinds.text === 1 && others !== undefined && others.kinds.text === 1 && others.values > 1;
  });
  if (named) return true;
  return !top.some((own, column) => {
    const others = below[column];
    if (!others || own.kinds.text > 0 || own.values === 0) return false;
    // `below` counts the first record as well; without others there is nothing to compare with, and a value is data.
    return others.values === own.values || others.kinds.text < others.values / 2;
  });
}
