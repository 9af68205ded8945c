import type { TaskContext } from '../../jobs/index.ts';
import { readTable, type TypedColumn } from '../../recipes/index.ts';
import { fitRun, type FitRunInput, type FitRunResult } from '../fit-run.ts';

/** The table of the trial before: those of one sweep share it. */
let held: { readonly key: string; readonly table: TypedColumn[] } | undefined;

const readHeld: typeof readTable = async (reader, manifest, options) => {
  const key = JSON.stringify([manifest, options?.names]);
  if (held?.key !== key) {
    held = undefined;
    held = { key, table: [...(await readTable(reader, manifest, options))] };
  }
  return held.table;
};

/** `fitRun` for a process that trains one model after another. */
export function fitTrial(input: FitRunInput, context: TaskContext): Promise<FitRunResult> {
  return fitRun(input, context, readHeld);
}
