import { createHash } from 'node:crypto';
import { byPath } from './paths.ts';
import { signatureFile, type SignedFile } from './signing/index.ts';

/** A file of a bundle as it is on the disk. */
export interface FileFacts extends SignedFile {
  readonly size: number;
}

/**
 * One number for a bundle's content, whoever signed it: SHA-256 over the lines `SHA256  PATH\n` in path order, as
 * `sha256sum` writes them, without the signature.
 */
export function bundleDigest(files: readonly SignedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of [...files].sort(byPath)) {
    if (path !== signatureFile) hash.update(`${sha256}  ${path}\n`);
  }
  return hash.digest('hex');
}
