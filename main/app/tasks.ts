import { exportTask } from '../bundles/export-task.ts';
import { openTask } from '../bundles/import-task.ts';
import { privacyTasks } from '../checks/privacy/tasks.ts';
import { anomaliesTask, biasTask, compareTask, failingTask, runSuiteTask } from '../checks/tasks.ts';
import {
  diffTask,
  exportTask as exportDatasetTask,
  importTask,
  inspectTask,
  orderTask,
  profileTask,
  queryTask,
  relateTask,
} from '../datasets/tasks.ts';
import type { Task } from '../jobs/index.ts';
import { factsTask, leakageTask, rowsTask, sampleTask } from '../recipes/tasks.ts';
import { readHistoryTask } from '../runs/tasks.ts';
import { judgingTasks } from '../training/judging/tasks.ts';
import { fitRunTask, lookupTask, predictFileTask, trialTask } from '../training/tasks.ts';
import { hashObjects } from '../workspaces/hash-objects-task.ts';

/**
 * Everything a job process can be asked to do. Each comes by the file of its own, not by its domain's door: that file loads nothing until
 * the task is asked for, and a job process starts in a third of the time.
 */
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
