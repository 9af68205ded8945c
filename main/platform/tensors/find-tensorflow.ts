import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { userPaths } from '../paths.ts';
import { bindingLink, engineOf, linkBinding } from './provisioning/binding.ts';
import { engineFolder, folderFault } from './provisioning/cache.ts';
import { enginePins, thisPlatform } from './provisioning/pins.ts';

export type Found =
  | { readonly state: 'ready'; readonly version: string; readonly folder: string }
  | { readonly state: 'missing'; readonly reason: string; readonly how: string };

const how = '`npm run engines` fetches it (Python 3 with pip and a C++ compiler are needed)';

/**
 * Whether TensorFlow's library and the binding to it are in place and whole by size, without loading them. Where only the link into
 * node_modules is gone (a fresh `npm ci`) and the cache has the rest, the link is made again.
 */
export async function findTensorFlow(cache = userPaths().cache): Promise<Found> {
  const pin = enginePins.tensorflow;
  const platform = pin.platforms[thisPlatform];
  if (!platform)
    return {
      state: 'missing',
      reason: `not available for ${thisPlatform}`,
      how: 'WebAssembly is used instead',
    };
  const binding = (await linked()) ?? (await relinked(engineFolder(cache, pin, thisPlatform)));
  const folder = binding === undefined ? undefined : engineOf(binding);
  if (folder === undefined) return { state: 'missing', reason: 'not installed', how };
  const fault = await folderFault(folder, platform, 'sizes');
  if (fault !== undefined) return { state: 'missing', reason: fault, how };
  return { state: 'ready', version: pin.version, folder };
}

async function linked(): Promise<string | undefined> {
  return realpath(bindingLink()).catch(() => undefined);
}

async function relinked(engine: string): Promise<string | undefined> {
  const engines = dirname(engine);
  for (const name of await readdir(engines).catch(() => [])) {
    const binding = join(engines, name, 'tfjs_binding.node');
    if (engineOf(binding) !== engine) continue;
    try {
      await linkBinding(binding);
      return await linked();
    } catch {
      return undefined;
    }
  }
  return undefined;
}
