import { plainText } from './text.ts';

const TTY_EVERY_MS = 80;
const LINES_EVERY_MS = 2000;

export interface ProgressLine {
  show(fraction: number, message: string): void;
  clear(): void;
}

/** Progress on standard error: one line that is written over on a terminal, a line now and then elsewhere. */
export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = -Infinity;
  let shown = false;
  let before = '';
  return {
    show(fraction, message) {
      const now = performance.now();
      if (now - last < (stream.isTTY ? TTY_EVERY_MS : LINES_EVERY_MS)) return;
      const percent = `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`;
      const text = `${percent.padStart(5)}  ${plainText(message)}`;
      if (text === before) return;
      last = now;
      before = text;
      if (stream.isTTY) {
        shown = true;
        stream.write(`\r\u001b[2K${bar(fraction)} ${text}`.slice(0, stream.columns + 5));
      } else stream.write(`${text.trimStart()}\n`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}

function bar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * 20);
  return '━'.repeat(filled) + '┄'.repeat(20 - filled);
}
