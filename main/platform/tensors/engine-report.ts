import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { EngineReport } from '../../../preload/contract/system.ts';
import { findLightgbm } from '../lightgbm/find-lightgbm.ts';
import { findTensorFlow } from './find-tensorflow.ts';
import { networkEngineId } from './network-engine.ts';
import { enginePins, thisPlatform, type EnginePin } from './provisioning/pins.ts';

/** Which engines are here, and which of them trains networks; nothing but LightGBM's small library is loaded to find out. */
export async function engineReport(): Promise<{ engines: EngineReport[]; training: string }> {
  const engines = [await tensorflow(), wasm(), await lightgbm()];
  const id = await networkEngineId();
  const used = engines.find((engine) => engine.id === id);
  const forced = process.env['HOLDFAST_ENGINE'] ? ', as HOLDFAST_ENGINE says' : '';
  return { engines, training: `${used?.title ?? id} ${used?.version ?? '(missing)'}${forced}` };
}

async function tensorflow(): Promise<EngineReport> {
  const pin = enginePins.tensorflow;
  const found = await findTensorFlow();
  const shared = { id: pin.id, title: pin.title, purpose: 'trains networks, on the processor' };
  return found.state === 'ready'
    ? {
        ...shared,
        version: found.version,
        state: 'ready',
        detail: `tfjs-node ${versionOf('@tensorflow/tfjs-node')}, 1 thread, in the cache's ${basename(found.folder)}${unverified(pin)}`,
        how: null,
      }
    : { ...shared, version: null, state: 'missing', detail: found.reason, how: found.how };
}

function wasm(): EngineReport {
  return {
    id: 'wasm',
    title: 'WebAssembly',
    version: versionOf('@tensorflow/tfjs-backend-wasm'),
    state: 'ready',
    purpose: 'trains networks where TensorFlow is missing, some five times slower',
    detail: 'tfjs-backend-wasm, 1 thread, inside node_modules',
    how: null,
  };
}

async function lightgbm(): Promise<EngineReport> {
  const pin = enginePins.lightgbm;
  const found = await findLightgbm();
  const shared = {
    id: pin.id,
    title: pin.title,
    purpose: 'trains boosted trees and forests, on the processor',
  };
  return found.state === 'ready'
    ? {
        ...shared,
        version: found.version,
        state: 'ready',
        detail: `in the cache's ${basename(found.folder)}${unverified(pin)}`,
        how: null,
      }
    : { ...shared, version: null, state: 'missing', detail: found.reason, how: found.how };
}

function unverified(pin: EnginePin): string {
  return pin.platforms[thisPlatform]?.verified ? '' : '; not verified on this platform yet';
}

function versionOf(name: string): string {
  const manifest: { version: string } = createRequire(import.meta.url)(`${name}/package.json`);
  return manifest.version;
}
