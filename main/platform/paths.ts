import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folders of one user on one machine. Nothing in them belongs to a workspace; nothing of them is written into one. */
export interface UserPaths {
  /** Settings, recent workspaces, signing key, known keys. */
  readonly config: string;
  /** Native engines and other things that can be fetched again. */
  readonly cache: string;
  /** Where the default workspace is made. */
  readonly documents: string;
}

/**
 * By each platform's convention. `HOLDFAST_HOME` puts all three under one folder (tests, portable installs),
 * `HOLDFAST_CACHE` moves the cache alone.
 */
export function userPaths(env: NodeJS.ProcessEnv = process.env, platform = process.platform): UserPaths {
  const home = homedir();
  const own = env['HOLDFAST_HOME'];
  const base = own
    ? { config: join(own, 'config'), cache: join(own, 'cache'), documents: join(own, 'documents') }
    : conventional(env, platform, home);
  const cache = env['HOLDFAST_CACHE'];
  return cache ? { ...base, cache } : base;
}

function conventional(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): UserPaths {
  if (platform === 'darwin') {
    return {
      config: join(home, 'Library', 'Application Support', 'Holdfast'),
      cache: join(home, 'Library', 'Caches', 'Holdfast'),
      documents: join(home, 'Documents', 'Holdfast'),
    };
  }
  if (platform === 'win32') {
    return {
      config: join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Holdfast'),
      cache: join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Holdfast', 'Cache'),
      documents: join(home, 'Documents', 'Holdfast'),
    };
  }
  return {
    config: join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Holdfast'),
    cache: join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'holdfast'),
    documents: join(env['XDG_DOCUMENTS_DIR'] ?? join(home, 'Documents'), 'Holdfast'),
  };
}
