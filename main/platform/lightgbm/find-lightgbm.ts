import { join } from 'node:path';
import { userPaths } from '../paths.ts';
import { engineFolder, folderFault } from '../tensors/provisioning/cache.ts';
import { enginePins, thisPlatform } from '../tensors/provisioning/pins.ts';
import { loadLibrary } from './library.ts';

export type FoundLightgbm =
  | { readonly state: 'ready'; readonly version: string; readonly folder: string; readonly library: string }
  | { readonly state: 'missing'; readonly reason: string; readonly how: string };

/**
 * Whether LightGBM's library is in place, whole by size, and can be loaded: its other needs (libgomp on Linux, libomp on macOS) show only
 * then. Loading it takes a few milliseconds.
 */
export async function findLightgbm(): Promise<FoundLightgbm> {
  const own = await findIn(userPaths().cache);
  if (own.state === 'ready') return own;
  // A portable install reads the engine that the user has anyway; it fetches into its own cache.
  const usual = userPaths({ ...process.env, HOLDFAST_HOME: '' }).cache;
  const other = await findIn(usual);
  return other.state === 'ready' ? other : own;
}

async function findIn(cache: string): Promise<FoundLightgbm> {
  const pin = enginePins.lightgbm;
  const platform = pin.platforms[thisPlatform];
  if (!platform) {
    const known = Object.keys(pin.platforms).join(', ');
    return {
      state: 'missing',
      reason: `not available for ${thisPlatform}`,
      how: `there is no pinned library for ${thisPlatform}, only for ${known}; the tree family needs no engine`,
    };
  }
  const folder = engineFolder(cache, pin, thisPlatform);
  const fault = await folderFault(folder, platform, 'sizes');
  if (fault !== undefined) {
    const needs = platform.needs ? `; it needs ${platform.needs}` : '';
    return {
      state: 'missing',
      reason: fault,
      how: `\`npm run engines\` fetches it (Python 3 with pip)${needs}`,
    };
  }
  const library = join(folder, Object.values(platform.files)[0] ?? '');
  try {
    loadLibrary(library);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'missing', reason: reason.replaceAll(cache, 'the cache'), how: howToLoad(reason) };
  }
  return { state: 'ready', version: pin.version, folder, library };
}

/** What to install, from the words of the system's loader. */
export function howToLoad(reason: string): string {
  if (reason.includes('libgomp'))
    return 'its library is there, but libgomp.so.1 is not: install it (Debian and Ubuntu: `apt install libgomp1`; Fedora: `dnf install libgomp`)';
  if (reason.includes('libomp'))
    return 'its library is there, but libomp is not: install it (`brew install libomp`)';
  return `its library does not load on this machine: ${reason.split('\n')[0] ?? ''}`;
}
