import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = process.env['HOLDFAST_DOCKER_REGISTRY'] ?? '/usr/bin/docker-registry';

/** Whether the real registry (Debian's docker-registry) is here; says so where it isn't. */
export const registryProgram: string | undefined = existsSync(program) ? program : undefined;
if (!registryProgram) {
  console.warn(
    `SKIPPED: no docker-registry at ${program}; pushes and pulls are not tried against a real registry`,
  );
}

export interface DockerRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Where it keeps its blobs. */
  readonly data: string;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts a registry on a free port of this machine with its storage in a temporary folder. `htpasswd`: lines of that file. */
export async function startDockerRegistry(htpasswd?: string): Promise<DockerRegistry> {
  if (!registryProgram)
    throw new Error('there is no registry program; guard the test with `registryProgram`');
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const data = join(folder, 'data');
  const passwords = join(folder, 'htpasswd');
  const lines = [
    'version: 0.1',
    'log: {level: error}',
    `storage: {filesystem: {rootdirectory: ${data}}, delete: {enabled: true}}`,
    `http: {addr: "${host}"}`,
  ];
  if (htpasswd !== undefined) {
    await writeFile(passwords, htpasswd);
    lines.push(`auth: {htpasswd: {realm: test, path: ${passwords}}}`);
  }
  await writeFile(join(folder, 'config.yml'), `${lines.join('\n')}\n`);
  const child = spawn(registryProgram, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer) break;
    if (tries > 100 || child.exitCode !== null) throw new Error('the registry did not start');
    await sleep(50);
  }
  return {
    host,
    data,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
