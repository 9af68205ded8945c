import type * as z from 'zod';
import type { Contract, DomainName } from '../../preload/contract/index.ts';
import type { Engine } from '../../preload/contract/common.ts';
import type { JobQueue, Progress, Task, TaskLimits, TaskOutcome } from '../jobs/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ObjectFacts } from '../platform/objects/index.ts';
import type { Session } from './session.ts';
import type { Transaction } from './transaction.ts';
import type { Workspace } from './workspace.ts';

/** What a service method has to work with. */
export interface CallContext {
  /** `datasets.import`: the action under which its commits are journalled. */
  readonly method: string;
  readonly actor: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Holdfast's own version: `0.1.0`. */
  readonly version: string;
  /** Which code does the work, for records: version and hash of the sources, `0.1.0+1f0c2a9b4d3e`. */
  readonly code: () => string;
  readonly session: Session;
  readonly jobs: JobQueue;
  /** The open workspace; throws `workspace-not-open`. */
  readonly workspace: Workspace;
  readonly progress: Progress;
  readonly log: (line: string) => void;
  /** The id of the job this call runs as; null for quick methods. */
  readonly job: string | null;
  /** Tells what this job makes or works on, for the list of jobs. */
  readonly about: (subject: Readonly<Record<string, string>>, title?: string) => void;
  /** A private folder for temporary files, removed when the call has ended. Inside the workspace when one is open. */
  readonly scratch: () => Promise<string>;
  /**
   * Runs slow work in a process of its own. Its objects are staged in `scratch` until `commit` adopts them.
   * `share` maps the task's progress into this call's: [from, to] of 0..1. A process that passes `limits` is ended: `job-limit`.
   */
  readonly task: <Payload, Result>(
    task: Task<Payload, Result>,
    payload: Payload,
    share?: readonly [number, number],
    limits?: TaskLimits,
  ) => Promise<TaskOutcome<Result>>;
  /** A process that stays for one task after another, until the call ends: for many short tasks. */
  readonly openWorker: () => Promise<Worker>;
  /** The only way to write: adopts staged objects, then one transaction with one journal record. */
  readonly commit: <T>(
    objects: readonly ObjectFacts[],
    work: (transaction: Transaction) => T,
    /** Where they are staged, when a worker staged them. */
    staging?: string,
  ) => Promise<T>;
}

export interface Worker {
  /** Its own folder in `scratch`, where its tasks stage their objects. */
  readonly staging: string;
  /** `signal` ends this task alone; the call's own signal ends it too. */
  readonly run: <Payload, Result>(
    task: Task<Payload, Result>,
    payload: Payload,
    options: { readonly signal: AbortSignal; readonly progress?: Progress },
  ) => Promise<TaskOutcome<Result>>;
}

type Input<Spec> = Spec extends { input: infer Schema extends z.ZodType } ? z.output<Schema> : never;
type Output<Spec> = Spec extends { output: infer Schema extends z.ZodType }
  ? Spec extends { table: true }
    ? z.input<Schema> & { readonly table: Uint8Array }
    : z.input<Schema>
  : never;

/** A domain's service: one function per verb of its contract, with inputs parsed and outputs still to be checked. */
export type Service<Domain extends DomainName> = {
  readonly [Verb in keyof Contract[Domain]]: (
    input: Input<Contract[Domain][Verb]>,
    context: CallContext,
  ) => Output<Contract[Domain][Verb]> | Promise<Output<Contract[Domain][Verb]>>;
};

export type { Engine };
