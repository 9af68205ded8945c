import { exportTask, openTask } from '../bundles/index.ts';
import {
  anomaliesTask,
  biasTask,
  compareTask,
  failingTask,
  privacyTasks,
  runSuiteTask,
} from '../checks/index.ts';
import {
  diffTask,
  exportDatasetTask,
  importTask,
  inspectTask,
  orderTask,
  profileTask,
  queryTask,
  relateTask,
} from '../datasets/index.ts';
import type { Task } from '../jobs/index.ts';
import { factsTask, leakageTask, rowsTask, sampleTask } from '../recipes/index.ts';
import { readHistoryTask } from '../runs/index.ts';
import { fitRunTask, judgingTasks, lookupTask, predictFileTask, trialTask } from '../training/index.ts';
import { hashObjects } from '../workspaces/index.ts';

/** Everything a job process can be asked to do. */
export const tasks: readonly Task<never, unknown>[] = [
  hashObjects,
  importTask,
  inspectTask,
  exportDatasetTask,
  queryTask,
  orderTask,
  profileTask,
  relateTask,
  biasTask,
  anomaliesTask,
  compareTask,
  runSuiteTask,
  failingTask,
  ...privacyTasks,
  diffTask,
  factsTask,
  leakageTask,
  rowsTask,
  sampleTask,
  fitRunTask,
  trialTask,
  predictFileTask,
  lookupTask,
  ...judgingTasks,
  readHistoryTask,
  exportTask,
  openTask,
];
