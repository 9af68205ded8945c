export type { Booster } from './booster.ts';
export type { DatasetParameters, TreeDataset, TreeRows } from './dataset.ts';
export { openLightgbm, type Lightgbm } from './engine.ts';
export { findLightgbm, howToLoad } from './find-lightgbm.ts';
export { fillBlock, type TreeColumn } from './rows.ts';
