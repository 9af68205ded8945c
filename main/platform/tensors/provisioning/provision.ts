import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { userPaths } from '../../paths.ts';
import { buildBinding, findCompiler, linkBinding } from './binding.ts';
import { buildFolder, engineFolder, folderFault, sweep, type Stamp } from './cache.ts';
import { withLock } from './lock.ts';
import { fetchWheel } from './pip.ts';
import { enginePins, thisPlatform, type EnginePin, type PlatformPin } from './pins.ts';
import { EngineProblem } from './problem.ts';
import { createProgressLine, type Say } from './progress-line.ts';
import { unpackWheel } from './wheel.ts';
import { systemCode } from '../../files/index.ts';

export interface Provisioned {
  readonly id: string;
  readonly problem: EngineProblem | undefined;
}

/**
 * Brings every pinned engine into the per-user cache and links TensorFlow's into node_modules. What is there and whole is left
 * alone; what is damaged or half there is made again. Never throws for a machine that lacks something: the problem is returned.
 */
export async function provisionEngines(say: Say, cache = userPaths().cache): Promise<Provisioned[]> {
  const results: Provisioned[] = [];
  for (const pin of Object.values(enginePins)) {
    try {
      const platform = pin.platforms[thisPlatform];
      if (!platform) throw unsupported(pin);
      const place = engineFolder(cache, pin, thisPlatform);
      if (platform.link && (await folderFault(place, platform, 'sizes'))) await findCompiler();
      const folder = await provisionEngine(pin, platform, cache, say);
      if (platform.link) {
        const binding = await buildBinding(folder, platform, () => sayWaiting(say));
        if (await linkBinding(binding)) say.line(`${pin.title} ${pin.version}: linked into tfjs-node`);
      }
      say.line(`${pin.title} ${pin.version}: ready`);
      results.push({ id: pin.id, problem: undefined });
    } catch (error) {
      results.push({ id: pin.id, problem: asProblem(error) });
    }
  }
  return results;
}

/** One engine's files in the cache; returns its folder. */
export async function provisionEngine(
  pin: EnginePin,
  platform: PlatformPin,
  cache: string,
  say: Say,
): Promise<string> {
  const folder = engineFolder(cache, pin, thisPlatform);
  if ((await folderFault(folder, platform, 'deep')) === undefined) return folder;
  return withLock(
    join(cache, 'engines', '.lock'),
    () => sayWaiting(say),
    async () => {
      const fault = await folderFault(folder, platform, 'deep');
      if (fault === undefined) return folder;
      say.line(
        `${pin.title} ${pin.version}: ${fault}; fetching ${megabytes(platform.wheel.bytes)} once for this user`,
      );
      await sweep(cache);
      const downloads = join(cache, 'downloads');
      const line = createProgressLine(say, `${pin.title} ${pin.version}`);
      const wheel = await fetchWheel(platform.wheel, downloads, (done, total) => line.show(done / total));
      line.end();
      await buildFolder(folder, async (staging): Promise<Stamp> => {
        say.line(`${pin.title} ${pin.version}: unpacking`);
        const files = await unpackWheel(wheel, platform.files, staging);
        const { id, version } = pin;
        return { engine: id, version, platform: thisPlatform, wheel: platform.wheel.sha256, files };
      });
      await rm(wheel, { force: true });
      return folder;
    },
  );
}

function sayWaiting(say: Say): void {
  say.line('another installation is at work on the engines; waiting for it');
}

function unsupported(pin: EnginePin): EngineProblem {
  const known = Object.keys(pin.platforms).join(', ');
  return new EngineProblem(
    `${pin.title} has no pinned library for ${thisPlatform}, only for ${known}`,
    pin.id === 'tensorflow'
      ? 'nothing to do: the WebAssembly engine works everywhere'
      : 'train on one of those machines; models predict everywhere',
  );
}

function asProblem(error: unknown): EngineProblem {
  if (error instanceof EngineProblem) return error;
  if (systemCode(error) === 'ENOSPC')
    return new EngineProblem('the disk is full', 'free 1.5 GB, then `npm run engines`', error);
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineProblem(reason, 'run `npm run engines` again', error);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
