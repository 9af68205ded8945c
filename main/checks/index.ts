export { checkService } from './service.ts';
export { biasTask, compareTask } from './tasks.ts';
export { binColumn, type BinnedColumn } from './compare/bins.ts';
