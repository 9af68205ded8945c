import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHost } from './web-host.ts';

test('a client that goes away stops what it asked for', { timeout: 60_000 }, async () => {
  const { app, web, session, client, folder } = await startHost({ processes: true });
  const path = join(folder, 'large.csv');
  const rows = Array.from({ length: 400_000 }, (_, i) => `${i},${i / 7},x${i % 97},${i % 2 === 0}`);
  await writeFile(path, `a,b,c,d\n${`${rows.join('\n')}\n`.repeat(10)}`);
  const body = JSON.stringify({ path, name: 'large' });
  const socket = connect(web.port, '127.0.0.1');
  socket.write(
    [
      'POST /api/datasets.import HTTP/1.1',
      `host: 127.0.0.1:${web.port}`,
      `authorization: Bearer ${session}`,
      'content-type: application/json',
      `content-length: ${body.length}\r\n\r\n${body}`,
    ].join('\r\n'),
  );
  await expect.poll(() => app.running().length, { timeout: 10_000 }).toBe(1);
  socket.destroy();
  await expect.poll(() => app.running().length, { timeout: 3000 }).toBe(0);
  const { jobs } = await client.jobs.list({});
  expect(jobs.map(({ status }) => status)).toEqual(['cancelled']);
  expect((await client.datasets.list({})).datasets).toEqual([]);
  expect(await client.workspaces.verify({})).toMatchObject({ verified: true, checked: { objects: 0 } });
});
