import type { TaskContext } from '../../jobs/index.ts';
import { readWithLags, type TypedColumn } from '../../recipes/index.ts';
import { fitRun, type FitRunInput, type FitRunResult } from '../fit-run.ts';

/** The table of the trial before: those of one sweep share it. */
let held: { readonly key: string; readonly table: TypedColumn[] } | undefined;

const readHeld: typeof readWithLags = async (reader, manifest, plan, options) => {
  const key = JSON.stringify([manifest, plan, options?.names]);
  if (held?.key !== key) {
    held = undefined;
    held = { key, table: [...(await readWithLags(reader, manifest, plan, options))] };
  }
  return held.table;
};

/** `fitRun` for a process that trains one model after another. */
export function fitTrial(input: FitRunInput, context: TaskContext): Promise<FitRunResult> {
  return fitRun(input, context, readHeld);
}
