import { defineTask } from '../jobs/index.ts';
import type { AnomaliesInput, AnomaliesResult } from './anomalies/find-anomalies.ts';
import type { CompareInput, CompareResult } from './compare/compare.ts';
import type { CheckResult } from '../../preload/contract/checks.ts';
import type { FailingInput, RunSuiteInput } from './suites/run-suite.ts';
import type { BiasInput, BiasResult } from './bias/analyse.ts';

/** Bias of a snapshot before training; reads the columns it is about, nothing else. */
export const biasTask = defineTask<BiasInput, BiasResult>('checks.bias', async () => {
  const { analyseBias } = await import('./bias/analyse.ts');
  return analyseBias;
});

/** The rows of a snapshot that are least like the others. */
export const anomaliesTask = defineTask<AnomaliesInput, AnomaliesResult>('checks.anomalies', async () => {
  const { findAnomalies } = await import('./anomalies/find-anomalies.ts');
  return findAnomalies;
});

/** Compares two snapshots, column by column and as a whole. */
export const compareTask = defineTask<CompareInput, CompareResult>('checks.compare', async () => {
  const { compareTables } = await import('./compare/compare.ts');
  return compareTables;
});

/** A suite of checks on one snapshot. */
export const runSuiteTask = defineTask<RunSuiteInput, CheckResult[]>('checks.run', async () => {
  const { runSuite } = await import('./suites/run-suite.ts');
  return runSuite;
});

/** The places of every row that fails one check, from 0. */
export const failingTask = defineTask<FailingInput, Uint32Array>('checks.failing', async () => {
  const { failingRows } = await import('./suites/run-suite.ts');
  return failingRows;
});
