import { fork } from 'node:child_process';

/** A child process that speaks in messages; how it is made differs between Node and Electron. */
export interface Child {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with words for how it ended: `exit code 1`, `signal SIGKILL`, or why it could not be started. */
  onExit(listener: (how: string) => void): void;
  /** What it wrote to its standard output and error, line by line. */
  onOutput(listener: (line: string) => void): void;
  kill(): void;
}

export type Launcher = () => Child;

/** Milliseconds in which the output of a process that has ended must arrive. */
const lastOutput = 300;

/** Jobs as forked Node processes running `entry`. Electron passes its own launcher over `utilityProcess`. */
export function createForkLauncher(entry: string): Launcher {
  return () => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, HOLDFAST_ROLE: 'job' },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    return {
      send: (message) => {
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        let told = false;
        const tell = (how: string): void => {
          if (!told) listener(how);
          told = true;
        };
        child.once('close', (code, signal) => tell(howItEnded(code, signal)));
        // "close" waits for its output to end, which a process of its own making may hold open for ever.
        child.once('exit', (code, signal) => setTimeout(() => tell(howItEnded(code, signal)), lastOutput));
        child.on('error', (error) => {
          if (child.pid === undefined) tell(`it could not be started: ${error.message}`);
        });
      },
      onOutput: (listener) => {
        for (const stream of [child.stdout, child.stderr]) {
          let rest = '';
          stream?.setEncoding('utf8').on('data', (text: string) => {
            const lines = (rest + text).split(/\r?\n/);
            rest = (lines.pop() ?? '').slice(-4096);
            for (const line of lines) listener(line);
          });
          stream?.on('end', () => {
            if (rest) listener(rest);
          });
        }
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function howItEnded(code: number | null, signal: string | null): string {
  return signal ? `signal ${signal}` : `exit code ${code ?? 'none'}`;
}
