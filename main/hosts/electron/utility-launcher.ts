import { utilityProcess } from 'electron';
import type { Launcher } from '../../platform/processes/index.ts';

/** Jobs as Electron utility processes running `entry`: a crash in a native library ends one job and nothing else. */
export function createUtilityLauncher(entry: string): Launcher {
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Holdfast job',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOLDFAST_ROLE: 'job' },
    });
    return {
      send: (message) => child.postMessage(message, []),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
      onOutput(listener) {
        for (const stream of [child.stdout, child.stderr]) {
          let rest = '';
          stream?.on('data', (bytes: Uint8Array) => {
            const lines = (rest + new TextDecoder().decode(bytes)).split(/\r?\n/);
            rest = (lines.pop() ?? '').slice(-4096);
            for (const line of lines) listener(line);
          });
          stream?.on('end', () => {
            if (rest) listener(rest);
          });
        }
      },
      kill: () => {
        // `kill` asks; a native library in a loop would not hear it.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
