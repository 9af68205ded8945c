import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of what ships beside the code (samples, docs): found upwards from this file, in the sources and in the built app alike. */
export function resources(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'samples'))) return candidate;
    if (dirname(folder) === folder) throw new Error(`no resources folder above ${import.meta.dirname}`);
  }
}
