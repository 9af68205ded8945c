import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './index.ts';

test('folders are made with those above them, and what is there stays', async () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-folder-'));
  await makeFolder(join(root, 'a', 'b', 'c'));
  await makeFolder(join(root, 'a', 'b', 'c'));
  expect(existsSync(join(root, 'a', 'b', 'c'))).toBe(true);
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolder(join(root, 'file', 'x'))).rejects.toThrow(/file/);
});

test.skipIf(process.platform !== 'linux')(
  'where no folder can be, it says so instead of trying for ever',
  { timeout: 5000 },
  async () => {
    await expect(makeFolder('/proc/holdfast/x')).rejects.toThrow(
      'cannot write to "/proc/holdfast": no folder can be made there',
    );
  },
);
