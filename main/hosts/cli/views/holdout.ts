import type { Look } from '../../../../preload/contract/holdout.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, plainText } from '../text.ts';
import { blocks, type Views } from './view.ts';

const states = { 'never-sealed': 'never sealed', sealed: 'sealed', opened: 'opened' } as const;

export const holdout: Views<'holdout'> = {
  open: ({ run, look, before, rows, metrics }) =>
    blocks(
      `Run ${run} on its ${counted(rows, 'test row')}, opened by ${look.by} at ${formatInstant(look.at)}: ${plainText(look.why ?? '')}`,
      `${counted(before, 'look')} at these rows came before.${look.kind === 'override' ? ' They had been opened already; this is recorded as an override.' : ''}`,
      factLines(metrics),
    ),
  looks: ({ run, state, looks, before }) =>
    blocks(
      `The test rows of run ${run}: ${states[state]}. ${counted(before, 'look')} ${state === 'sealed' ? 'so far' : 'came before its test score'}.`,
      looks.length > 0 && textTable(['when', 'by', 'look', 'run', 'why'], looks.map(lookCells)),
    ),
  list: ({ sets }) =>
    sets.length
      ? textTable(
          ['data', 'target', 'state', 'looks', 'runs', 'newest run', 'opened'],
          sets.map(({ dataset, version, target, state, looks, runs, run, opened }) => [
            `${dataset}@${version}`,
            target,
            states[state],
            looks,
            runs,
            run,
            opened && `${formatInstant(opened.at)} by ${opened.by}, for ${opened.run}`,
          ]),
        )
      : 'No run has test rows yet.',
};

function lookCells({ kind, run, at, by, why }: Look): (string | null)[] {
  return [formatInstant(at), by, kind, run, why && plainText(why)];
}
