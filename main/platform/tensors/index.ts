export { engineReport } from './engine-report.ts';
export { openNetworkEngine } from './network-engine.ts';
export {
  layerSizes,
  type NetworkRows,
  type NetworkShape,
  type NetworkTrainer,
  type NetworkWeights,
} from './network/network.ts';
export { parametersOf } from './network/parameters.ts';
