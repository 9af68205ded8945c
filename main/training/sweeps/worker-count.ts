import { availableMemory, processorCount } from '../../platform/machine.ts';

/** Bytes that a job process with its engines takes before it has any data. */
const empty = 250e6;
/** A trial holds the table, the model's inputs made of it and what the learner needs, each about as large: in doubles. */
const copies = 6;

/** How many trials may run at a time, so that each has a core and all fit into two thirds of the memory that is free. */
export function workerCount(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  asked: number | undefined,
  machine = { processors: processorCount(), memory: availableMemory() },
): number {
  const each = empty + copies * rows * columns * 8;
  const fit = Math.floor((machine.memory * 2) / 3 / each);
  return Math.max(1, Math.min(asked ?? machine.processors, fit));
}
