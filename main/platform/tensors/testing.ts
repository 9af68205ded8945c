import { findTensorFlow } from './find-tensorflow.ts';

const found = await findTensorFlow();

/** Why tests that need TensorFlow can't run here; undefined when they can. Said once per test file that asks. */
export const noTensorFlow = found.state === 'missing' ? found.reason : undefined;
if (noTensorFlow !== undefined) {
  console.warn(`NOT RUN: tests that need TensorFlow (${noTensorFlow}); \`npm run engines\` fetches it`);
}

/** The engines that can be tested here, slowest last. */
export const testedEngines: readonly ('tensorflow' | 'wasm')[] =
  noTensorFlow === undefined ? ['tensorflow', 'wasm'] : ['wasm'];
