import { defineConfig } from 'playwright/test';
import { chromium } from './journeys/chromium.ts';

/** Journeys through the whole app in a real browser, against the web host. Each test has a Holdfast of its own. */
export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results',
  globalSetup: './journeys/build-page.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: chromium(),
  },
});
