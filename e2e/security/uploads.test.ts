import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { UPLOAD_LIMIT } from '../../main/hosts/web/uploads.ts';
import { sendRaw, startHost } from './web-host.ts';

async function upload(web: { origin: string }, session: string, name: string, body: Uint8Array<ArrayBuffer>) {
  const response = await fetch(`${web.origin}/api-upload?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session}`, 'content-type': 'application/octet-stream' },
    body,
  });
  const answer: { path: string; size: number } = await response.json();
  return answer;
}

test('a dropped file arrives whole, where only this user can read it, and goes with the host', async () => {
  const { web, session } = await startHost();
  const bytes = new Uint8Array(3_000_000).map((_, i) => (i * 2654435761) >>> 24);
  const { path, size } = await upload(web, session, 'houses.csv', bytes);
  expect(size).toBe(bytes.byteLength);
  expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  expect((await stat(dirname(dirname(path)))).mode & 0o777).toBe(0o700);
  const same = await upload(web, session, 'houses.csv', bytes);
  expect(same.path).not.toBe(path);
  await web.close();
  expect(existsSync(dirname(dirname(path)))).toBe(false);
});

test('a file that is cut off leaves nothing', async () => {
  const { web, session } = await startHost();
  const { path } = await upload(web, session, 'a.csv', new Uint8Array(1));
  const all = dirname(dirname(path));
  const socket = connect(web.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST /api-upload?name=b.csv HTTP/1.1\r\nhost: 127.0.0.1:${web.port}\r\nauthorization: Bearer ${session}\r\n` +
      `content-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(1000)}`,
  );
  await expect.poll(async () => (await readdir(all)).length).toBe(2);
  socket.destroy();
  await expect.poll(async () => (await readdir(all)).length).toBe(1);
});

test('a file over the limit is refused before it arrives', async () => {
  const { web, session } = await startHost();
  const answer = await sendRaw(
    web.port,
    `POST /api-upload?name=b.csv HTTP/1.1\r\nhost: 127.0.0.1:${web.port}\r\nauthorization: Bearer ${session}\r\n` +
      `content-type: application/octet-stream\r\ncontent-length: ${UPLOAD_LIMIT + 1}\r\n\r\nx`,
  );
  expect(answer.status).toBe(413);
});
