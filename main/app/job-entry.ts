import { fileURLToPath } from 'node:url';

/** What a forked job process runs. */
export const jobEntry = fileURLToPath(new URL('../hosts/job/main.ts', import.meta.url));
