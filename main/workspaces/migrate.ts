import type { Db } from '../platform/database/index.ts';
import { applicationId, migrations } from './migrations.ts';

/** Takes a database from format `from` to the newest. */
export function migrate(db: Db, from: number): void {
  for (const script of migrations.slice(from)) db.exec(script);
  db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
}
