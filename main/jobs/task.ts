import type { FailureJson } from '../../preload/contract/errors.ts';
import type { ObjectFacts, ObjectReader, ObjectWriter } from '../platform/objects/index.ts';

export type Progress = (fraction: number, message: string, live?: Readonly<Record<string, number>>) => void;

/** What a task has to work with in its own process. It never sees the database; it passes references, not rows. */
export interface TaskContext {
  readonly reader: ObjectReader;
  readonly writer: ObjectWriter;
  /** A private folder for temporary files, removed with the job. Objects are staged in it too. */
  readonly staging: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly log: (line: string) => void;
}

/**
 * Slow work with a name, run in a job process. Payload and result are structured-clonable data.
 * `load` imports the code only in the process that runs it.
 */
export interface Task<Payload, Result> {
  readonly name: string;
  readonly load: () => Promise<(payload: Payload, context: TaskContext) => Promise<Result>>;
}

export function defineTask<Payload, Result>(
  name: string,
  load: Task<Payload, Result>['load'],
): Task<Payload, Result> {
  return { name, load };
}

/** A task's end: its result, and the objects it staged for the host to adopt. */
export interface TaskOutcome<Result> {
  readonly result: Result;
  readonly objects: readonly ObjectFacts[];
}

export interface TaskPlace {
  /** The workspace's objects folder. */
  readonly objects: string;
  readonly staging: string;
}

/** What a task may use up before its process is ended. Only processes of their own can be held to it. */
export interface TaskLimits {
  readonly milliseconds?: number;
  /** More than the process holds when the task begins. */
  readonly megabytes: number;
}

export interface TaskHandlers {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly log: (line: string) => void;
  readonly limits?: TaskLimits | undefined;
}

/** Runs tasks somewhere: in a process of its own, or inline in unit tests. */
export type TaskRunner = <Payload, Result>(
  task: Task<Payload, Result>,
  payload: Payload,
  place: TaskPlace,
  handlers: TaskHandlers,
) => Promise<TaskOutcome<Result>>;

/** Host to job. */
export type ToJob =
  | {
      readonly type: 'run';
      readonly task: string;
      readonly payload: unknown;
      readonly place: TaskPlace;
      readonly megabytes?: number;
    }
  | { readonly type: 'cancel' };

/** Job to host. */
export type FromJob =
  | {
      readonly type: 'progress';
      readonly fraction: number;
      readonly message: string;
      readonly live?: Readonly<Record<string, number>>;
    }
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'done'; readonly result: unknown; readonly objects: readonly ObjectFacts[] }
  | { readonly type: 'failed'; readonly failure: FailureJson };
