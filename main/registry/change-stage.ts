import type { Stage } from '../../preload/contract/registry.ts';
import type { Transaction } from '../workspaces/index.ts';
import type { ModelVersionRow } from './store.ts';

export interface StageChange {
  readonly stage: Stage;
  readonly notes: string | undefined;
  readonly at: string;
  readonly by: string;
}

/** Moves a version to a stage; a version that was live makes room for the new live one by going to archived. */
export function changeStage(
  transaction: Transaction,
  rows: readonly ModelVersionRow[],
  chosen: number,
  change: StageChange,
): void {
  for (const row of rows) {
    if (row.version === chosen) move(transaction, row, change);
    else if (change.stage === 'live' && row.stage === 'live')
      move(transaction, row, { ...change, stage: 'archived', notes: `version ${chosen} went live` });
  }
}

function move(transaction: Transaction, row: ModelVersionRow, { stage, notes, at, by }: StageChange): void {
  const history = JSON.parse(row.history) as unknown[];
  const words = `${row.stage} to ${stage}${notes ? `: ${notes}` : ''}`;
  transaction.patch('model_versions', [row.model, row.version], {
    stage,
    history: JSON.stringify([...history, { at, by, change: words }]),
  });
}
