import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** Programs of Debian's `postgresql` and `mariadb-server`; undefined, and said so, where they are not installed. */
export const postgresBin = found('postgresql', postgresFolder());
export const mariadbBin = found(
  'mariadb-server',
  ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd'].find(existsSync),
);

function found(what: string, place: string | undefined): string | undefined {
  if (place === undefined)
    console.warn(`SKIPPED: ${what} is not installed; nothing is imported from a real server`);
  return place;
}

function postgresFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted() : [];
  return versions
    .map((version) => join(root, version, 'bin'))
    .findLast((bin) => existsSync(join(bin, 'initdb')));
}

/** Both servers refuse to run as root; nobody (65534 on Debian) owns nothing else. */
const asRoot = process.getuid?.() === 0;
const other = asRoot ? { uid: 65_534, gid: 65_534 } : {};

function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-${name}-`));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (asRoot) for (const path of [folder, data]) chownSync(path, 65_534, 65_534);
  accessSync(data);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function stopAtEnd(child: ChildProcess): void {
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  });
}

/** Tries until it works; a server takes a moment to start. */
async function until(work: () => Promise<unknown>): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      await work();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** A PostgreSQL server of its own on loopback, with these statements run; gives host and port. User `ann`, password `s3cret`. */
export async function startPostgres(statements: string): Promise<string> {
  const bin = postgresBin ?? '';
  const folder = ownFolder('postgres');
  const data = join(folder, 'data');
  const port = await freePort();
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const settings = { ...other, env, cwd: folder };
  // Trust on the socket, whose folder is the test's own; passwords over TCP.
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth-local=trust', '--auth-host=scram-sha-256', '-N'],
    settings,
  );
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
    { ...settings, stdio: 'ignore' },
  );
  stopAtEnd(child);
  const psql = (text: string) =>
    run(
      join(bin, 'psql'),
      ['-h', folder, '-p', String(port), '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', text],
      settings,
    );
  await until(() => psql('SELECT 1'));
  await psql("CREATE USER ann PASSWORD 's3cret'");
  await psql(statements);
  await psql('GRANT SELECT ON ALL TABLES IN SCHEMA public TO ann');
  return `127.0.0.1:${port}`;
}

/** A MariaDB server of its own on loopback, with these statements run in the database `shop`. User `ann`, password `s3cret`. */
export async function startMariadb(statements: string): Promise<string> {
  const folder = ownFolder('mariadb');
  const data = join(folder, 'data');
  const port = await freePort();
  const settings = { ...other, cwd: folder };
  await run(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...settings, maxBuffer: 2 ** 24 },
  );
  const socket = join(folder, 'socket');
  const child = spawn(
    mariadbBin ?? '',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
    ],
    { ...settings, stdio: 'ignore' },
  );
  stopAtEnd(child);
  const sql = (text: string) =>
    run(
      'mariadb',
      ['--no-defaults', `--socket=${socket}`, '--default-character-set=utf8mb4', '-uroot', '-e', text],
      settings,
    );
  await until(() => sql('SELECT 1'));
  await sql(
    `CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER ann@'127.0.0.1' IDENTIFIED BY 's3cret'; USE shop; ${statements}; GRANT ALL ON shop.* TO ann@'127.0.0.1'`,
  );
  return `127.0.0.1:${port}`;
}
