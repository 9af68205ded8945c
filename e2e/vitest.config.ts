import { defineConfig } from 'vitest/config';

/** Unit, contract, conformance and host tests; the browser journeys have their own runner (playwright.config.ts). */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: [
      'main/**/*.test.ts',
      'preload/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'e2e/security/**/*.test.ts',
      'e2e/reliability/**/*.test.ts',
      'e2e/peers/**/*.test.ts',
      'e2e/docs/**/*.test.ts',
    ],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    isolate: true,
  },
});
