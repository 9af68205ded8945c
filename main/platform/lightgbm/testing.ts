import { findLightgbm } from './find-lightgbm.ts';

const found = await findLightgbm();

/** Why tests that need LightGBM can't run here; undefined when they can. Said once per test file that asks. */
export const noLightgbm = found.state === 'missing' ? found.reason : undefined;
if (noLightgbm !== undefined) {
  console.warn(`NOT RUN: tests that need LightGBM (${noLightgbm}); \`npm run engines\` fetches it`);
}
