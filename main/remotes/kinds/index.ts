import type { RemoteKind } from '../remote.ts';
import { folder } from './folder/index.ts';
import { oci } from './oci/index.ts';

/** Every kind of remote there is. */
export const remoteKinds: readonly RemoteKind[] = [oci, folder];
