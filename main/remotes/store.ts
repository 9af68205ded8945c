import type { Db, Row } from '../platform/database/index.ts';
import { createId } from '../platform/random.ts';
import type { CallContext, Transaction } from '../workspaces/index.ts';

export interface TransferRow extends Row {
  id: string;
  direction: 'push' | 'pull';
  remote: string;
  model: string;
  version: number;
  /** Digest of the bundle. */
  bundle: string;
  /** Digest of the manifest in the remote. */
  digest: string;
  at: string;
  actor: string;
}

/** Newest first. */
export function transferRows(db: Db): TransferRow[] {
  return db.all<TransferRow>('SELECT * FROM transfers ORDER BY at DESC, rowid DESC');
}

/** Whether this very manifest came from this remote before. */
export function pulledBefore(db: Db, remote: string, digest: string): boolean {
  const sql = "SELECT 1 FROM transfers WHERE direction = 'pull' AND remote = ? AND digest = ?";
  return db.get(sql, remote, digest) !== undefined;
}

export function putTransfer(
  transaction: Transaction,
  transfer: Pick<TransferRow, 'direction' | 'remote' | 'model' | 'version' | 'bundle' | 'digest'>,
  { clock, actor }: CallContext,
): void {
  transaction.put('transfers', { id: createId('transfer'), ...transfer, at: clock.now(), actor });
}
