import { symlink } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';

/** A path that DuckDB takes as it is: a name with `*`, `?` or `[` in it would be taken for a pattern, so it gets another one. */
export async function plainPath(path: string, staging: string): Promise<string> {
  const full = resolve(path);
  if (!/[*?[\]]/.test(full)) return full;
  const link = join(staging, `source${extname(path).replaceAll(/[^.\w]/g, '')}`);
  await symlink(full, link);
  return link;
}
