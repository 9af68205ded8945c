import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createRandom } from '../../main/platform/random.ts';

/**
 * `node e2e/fuzz/formats.ts [MUTANTS] [FORMAT]`: reads MUTANTS (2,000) damaged forms of every sample file of the importers, in reader
 * processes as the app does, and counts how they end. None may end its reader, take more than two seconds or 512 MB more than
 * reading the sound file, or fail without words that name the file. Ends with 1 when one does; the file is kept and named.
 */
const mutants = Number(process.argv[2] ?? 2000);
const only = process.argv[3];
const samples = join(import.meta.dirname, '../../main/datasets/importers/samples');
const limit = { seconds: 2, megabytes: 512 };

interface Ending {
  readonly code: string;
  readonly message: string;
  readonly seconds: number;
  readonly megabytes: number;
}

const names = readdirSync(samples).filter(
  (name) => !['.py', '.csv'].includes(extname(name)) && (only === undefined || name.includes(only)),
);
const folder = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'));
let faults = 0;
for (const name of names) faults += await fuzz(name);
if (faults === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = faults > 0 ? 1 : 0;

async function fuzz(name: string): Promise<number> {
  const bytes = readFileSync(join(samples, name));
  const random = createRandom(name.length * 1009 + bytes.length);
  const codes = new Map<string, number>();
  let wrong = 0;
  let reader = startReader();
  let slowest = 0;
  for (let i = 0; i < mutants; i++) {
    const path = join(folder, `mutant-${name}`);
    writeFileSync(
      path,
      mutate(bytes, i, () => random.uniform()),
    );
    const ending = await reader.read(path);
    const fault = faultOf(ending, path);
    slowest = Math.max(slowest, ending.seconds);
    codes.set(ending.code, (codes.get(ending.code) ?? 0) + 1);
    if (ending.code === 'crashed' || ending.code === 'hung') reader = startReader();
    if (fault === undefined) continue;
    wrong++;
    const kept = join(folder, `${wrong}-${name}`);
    writeFileSync(kept, readFileSync(path));
    console.log(`FAULT ${name}, mutant ${i}: ${fault}; kept as ${kept}`);
  }
  reader.stop();
  const told = [...codes].map(([code, count]) => `${count} ${code}`).join(', ');
  console.log(`${name}: ${told}; slowest ${slowest.toFixed(2)} s; ${wrong} faults`);
  return wrong;
}

/** Cut short, bytes turned, bytes doubled, parts zeroed: at places spread over the file and at both of its ends. */
function mutate(bytes: Buffer, i: number, random: () => number): Buffer {
  const place = (): number => {
    const where = random();
    const near = Math.floor(random() * Math.min(512, bytes.length));
    return where < 0.25 ? near : where < 0.5 ? bytes.length - 1 - near : Math.floor(random() * bytes.length);
  };
  if (i % 4 === 0) return bytes.subarray(0, Math.max(1, place()));
  const copy = Buffer.from(bytes);
  const times = 1 + Math.floor(random() * 4);
  for (let n = 0; n < times; n++) {
    const at = place();
    if (i % 4 === 1) copy[at] = copy[at]! ^ (1 << Math.floor(random() * 8));
    else if (i % 4 === 2) copy[at] = Math.floor(random() * 256);
    else copy.fill(random() < 0.5 ? 0 : 255, at, Math.min(copy.length, at + 1 + Math.floor(random() * 8)));
  }
  return copy;
}

function faultOf({ code, message, seconds, megabytes }: Ending, path: string): string | undefined {
  if (code === 'read') return seconds > limit.seconds ? `took ${seconds.toFixed(1)} s` : undefined;
  if (code === 'crashed' || code === 'hung') return `${code}: ${message}`;
  if (seconds > limit.seconds) return `took ${seconds.toFixed(1)} s`;
  if (megabytes > limit.megabytes) return `took ${megabytes.toFixed(0)} MB`;
  if (code === 'internal' || /TypeError|undefined is not|Cannot read prop/.test(message))
    return `${code}: ${message}`;
  return message.includes(path) ? undefined : `does not name the file: ${message}`;
}

/** A process that reads files one after the other, as a job process does one. */
function startReader() {
  const child = fork(join(import.meta.dirname, 'read-file.ts'), [folder], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    stop: () => child.kill('SIGKILL'),
    read: (path: string): Promise<Ending> =>
      new Promise((resolve) => {
        const started = performance.now();
        const end = (ending: Partial<Ending> & { code: string }): void => {
          clearTimeout(timer);
          child.removeAllListeners();
          resolve({ message: '', megabytes: 0, seconds: (performance.now() - started) / 1000, ...ending });
        };
        const timer = setTimeout(() => {
          child.kill('SIGKILL');
          end({ code: 'hung', message: 'no end after 20 s' });
        }, 20_000);
        child.once('message', (ending) => end(ending as Ending));
        child.once('exit', (code, signal) => end({ code: 'crashed', message: String(signal ?? code) }));
        child.send(path);
      }),
  };
}
