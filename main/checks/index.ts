export { checkService } from './service.ts';
export { checkedImport } from './suites/service.ts';
export { refuseBlocked } from './suites/store.ts';
export { biasTask, compareTask, runSuiteTask } from './tasks.ts';
export { binColumn, type BinnedColumn } from './compare/bins.ts';
