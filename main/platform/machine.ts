import { availableParallelism } from 'node:os';

/** Bytes this process may still take, by what the system (or its container) says. */
export function availableMemory(): number {
  return process.availableMemory();
}

/** Processors that this process may use at a time. */
export function processorCount(): number {
  return availableParallelism();
}
