import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.ts';

/** Asks on the terminal, on standard error; what is typed, without blanks around it. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve) => {
      lines.question(question, (answer) => resolve(answer.trim()));
      lines.once('close', () => resolve(''));
    });
  } finally {
    lines.close();
  }
}

/** Asks on the terminal without showing what is typed; reads one line when input is piped. */
export async function askSecret(question: string): Promise<string> {
  const shown = process.stdin.isTTY;
  if (shown) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: shown });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(new UsageError(`no answer to "${question.trim()}"`)));
    });
  } finally {
    lines.close();
    if (shown) process.stderr.write('\n');
  }
}
