import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userPaths } from '../../main/platform/paths.ts';

const project = join(import.meta.dirname, '..', '..');

/** A running web host with everything of its user in one temporary folder. */
export interface Holdfast {
  /** With the one-time token; good for one page load. */
  readonly address: string;
  /** A folder for files of the test. */
  readonly folder: string;
  /** Ends the host, as asked by its user or by force, and starts it again for the same user; the new address. */
  restart(how: 'SIGTERM' | 'SIGKILL', args?: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export async function startHoldfast(args: readonly string[] = []): Promise<Holdfast> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-journey-'));
  let child = startHost(folder, args);
  return {
    address: await addressOf(child),
    folder,
    async restart(how, again = args) {
      await end(child, how);
      child = startHost(folder, again);
      return addressOf(child);
    },
    async stop() {
      await end(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startHost(folder: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['main/hosts/web/main.ts', '--no-open', ...args], {
    cwd: project,
    env: { ...process.env, HOLDFAST_CACHE: userPaths().cache, HOLDFAST_HOME: join(folder, 'home') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function end(child: ChildProcess, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(how);
  await ended;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (data: Buffer) => {
      said += data.toString();
      const address = /http:\/\/\S+#token=\S+/.exec(said)?.[0];
      if (address) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the web host ended with ${code}:\n${said}`)));
  });
}
