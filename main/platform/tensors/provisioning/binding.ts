import { createHash, randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readFile, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { buildFolder, folderFault, type Stamp } from './cache.ts';
import { withLock } from './lock.ts';
import { EngineProblem } from './problem.ts';
import { lastLine, run } from './run.ts';
import { hashFile } from './wheel.ts';
import type { PlatformPin } from './pins.ts';

const require = createRequire(import.meta.url);
const file = 'tfjs_binding.node';

/** Where tfjs-node looks for its binding. */
export function bindingLink(): string {
  return join(tfjsFolder(), 'lib', 'napi-v8', file);
}

function tfjsFolder(): string {
  return dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
}

/**
 * Compiles tfjs-node's binding against the libraries in `engine` and proves that it loads; returns its path. It lives in a folder
 * of its own beside the engine's, named by a hash of everything it is made of, and finds the libraries relative to itself.
 */
export async function buildBinding(engine: string, pin: PlatformPin, waiting: () => void): Promise<string> {
  const tfjs = tfjsFolder();
  const headers = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjs, 'binding', name));
  const key = await keyOf([...sources, join(headers, 'node_api.h'), join(headers, 'js_native_api.h')], pin);
  const folder = join(dirname(engine), `tfjs-binding-${key}-${basename(engine)}`);
  const binding = join(folder, file);
  const built = { ...pin, files: { [file]: file } };
  const isWhole = async (): Promise<boolean> => (await folderFault(folder, built, 'deep')) === undefined;
  if (await isWhole()) return binding;
  await withLock(join(dirname(engine), '.lock'), waiting, async () => {
    if (await isWhole()) return;
    await buildFolder(folder, async (staging): Promise<Stamp> => {
      const out = join(staging, file);
      const includes = [tfjs, join(engine, 'include'), headers];
      if (process.platform === 'win32')
        await compileWindows({ out, sources, includes, engine, pin, headers });
      else await compileUnix({ out, sources, includes, engine, pin });
      await loads(out);
      return {
        engine: 'tfjs-binding',
        version: key,
        platform: `${process.platform}-${process.arch}`,
        wheel: pin.wheel.sha256,
        files: { [file]: { sha256: await hashFile(out), bytes: (await stat(out)).size } },
      };
    });
  });
  return binding;
}

/** Makes tfjs-node find the binding: a link into the cache (a copy would lose the libraries beside it). True when it changed. */
export async function linkBinding(binding: string): Promise<boolean> {
  const path = bindingLink();
  const present = await lstat(path).catch(() => undefined);
  if (present?.isSymbolicLink() && (await readlink(path)) === binding) return false;
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.node`);
  if (process.platform === 'win32') {
    // A hard link needs no privilege; the DLLs are found in the folder of the file that is loaded, so they come along.
    for (const name of await readdir(dirname(binding))) {
      const to = name === file ? temporary : join(dirname(path), name);
      if (name.endsWith('.dll')) await rm(to, { force: true });
      if (name === file || name.endsWith('.dll')) await link(join(dirname(binding), name), to);
    }
  } else {
    await symlink(binding, temporary);
  }
  await rename(temporary, path);
  return true;
}

async function keyOf(files: readonly string[], pin: PlatformPin): Promise<string> {
  const hash = createHash('sha256').update(pin.wheel.sha256).update('recipe 1');
  for (const path of files) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 12);
}

interface Compilation {
  readonly out: string;
  readonly sources: readonly string[];
  readonly includes: readonly string[];
  readonly engine: string;
  readonly pin: PlatformPin;
}

async function compileUnix({ out, sources, includes, engine, pin }: Compilation): Promise<void> {
  const darwin = process.platform === 'darwin';
  const beside = `${darwin ? '@loader_path' : '$ORIGIN'}/../${basename(engine)}/lib`;
  const args = [
    ...'-O2 -std=c++17 -fPIC -DNAPI_VERSION=8'.split(' '),
    ...(darwin ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...includes.map((folder) => `-I${folder}`),
    ...sources,
    '-o',
    out,
    ...(pin.link ?? []).map((library) => join(engine, library)),
    `-Wl,-rpath,${beside}`,
  ];
  const compiler = await findCompiler();
  const finished = await run(compiler, args);
  if (finished?.code !== 0)
    throw new EngineProblem(`${compiler} failed: ${lastLine(finished?.output ?? '')}`, howToCompile());
}

/** The C++ compiler there is; throws the problem to report where there is none. Asked before anything big is fetched. */
export async function findCompiler(): Promise<string> {
  const darwin = process.platform === 'darwin';
  if (process.platform === 'win32') {
    if (await run('cl', [])) return 'cl';
    throw new EngineProblem('there is no "cl" of the Visual Studio build tools', howToCompile());
  }
  for (const compiler of compilers(darwin)) {
    if ((await run(compiler, ['--version']))?.code === 0) return compiler;
  }
  throw new EngineProblem('there is no C++ compiler', howToCompile());
}

function compilers(darwin: boolean): readonly string[] {
  const own = process.env['CXX'];
  return own ? [own] : darwin ? ['clang++', 'c++'] : ['g++', 'c++', 'clang++'];
}

function howToCompile(): string {
  if (process.platform === 'darwin') return '`xcode-select --install`, then `npm run engines`';
  if (process.platform === 'win32')
    return 'run `npm run engines` in a "x64 Native Tools" prompt of the Visual Studio build tools';
  return 'install one (Debian and Ubuntu: `apt install g++`), then `npm run engines`';
}

/** Node's own symbols come from an import library made of the definition file that node-api-headers brings. */
async function compileWindows(work: Compilation & { readonly headers: string }): Promise<void> {
  const { out, sources, includes, engine, pin, headers } = work;
  const folder = dirname(out);
  const node = join(folder, 'node_api.lib');
  const steps: (readonly [string, ...string[]])[] = [
    ['lib', `/def:${join(headers, '..', 'def', 'node_api.def')}`, `/out:${node}`, '/machine:x64', '/nologo'],
    [
      'cl',
      ...'/nologo /LD /O2 /EHsc /std:c++17 /wd4190 /DCOMPILER_MSVC /DNAPI_VERSION=8'.split(' '),
      ...includes.map((path) => `/I${path}`),
      ...sources,
      '/link',
      `/out:${out}`,
      node,
      ...(pin.link ?? []).map((library) => join(engine, library)),
    ],
  ];
  for (const [program, ...args] of steps) {
    const finished = await run(program, args, { cwd: folder });
    if (!finished)
      throw new EngineProblem(`there is no "${program}" of the Visual Studio build tools`, howToCompile());
    if (finished.code !== 0)
      throw new EngineProblem(`${program} failed: ${lastLine(finished.output)}`, howToCompile());
  }
  for (const name of await readdir(join(engine, 'lib'))) {
    if (name.endsWith('.dll')) await link(join(engine, 'lib', name), join(folder, name));
  }
}

/** Loads the binding in a process of its own: a library that doesn't fit this machine must not take ours down. */
async function loads(binding: string): Promise<void> {
  const script = `const m = { exports: {} }; process.dlopen(m, ${JSON.stringify(binding)}); console.log(m.exports.TF_Version);`;
  const finished = await run(process.execPath, ['-e', script], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  if (finished?.code !== 0) {
    throw new EngineProblem(
      `TensorFlow's library does not load on this machine: ${lastLine(finished?.output ?? '')}`,
      'nothing to do: the WebAssembly engine works everywhere',
    );
  }
}

/** The engine folder that a linked binding uses, by its name. */
export function engineOf(binding: string): string | undefined {
  const match = /^tfjs-binding-[0-9a-f]{12}-(.+)$/.exec(basename(dirname(binding)));
  return match?.[1] === undefined ? undefined : join(dirname(dirname(binding)), match[1]);
}
