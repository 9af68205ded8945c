import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fail } from '../../preload/contract/errors.ts';
import { readOnlyFolder } from '../../preload/contract/workspaces.ts';
import { openDatabase } from '../platform/database/index.ts';
import { databaseName } from './database-failure.ts';
import { applicationId, migrations } from './migrations.ts';
import { openToRead } from './open-to-read.ts';

test('a workspace of an older format is read in the newest one, and not a byte of it is changed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const path = join(dir, databaseName);
  const old = openDatabase(path);
  old.exec(migrations[0] ?? '');
  old.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
  old.run(`INSERT INTO meta (key, value) VALUES ('name', 'archive')`);
  old.close();
  const before = await readFile(path);
  const db = openToRead(dir);
  expect(db.get('PRAGMA user_version')).toEqual({ user_version: migrations.length });
  expect(db.get(`SELECT value FROM meta WHERE key = 'name'`)).toEqual({ value: 'archive' });
  db.close();
  expect(await readFile(path)).toEqual(before);
});

test('a folder that cannot be written to is called that', () => {
  expect(fail('workspace-locked', { dir: '/cd/houses', holder: readOnlyFolder }).message).toBe(
    `the workspace "/cd/houses" lies in a folder that can't be written to; copy it to change it, or only look (reading works)`,
  );
});
