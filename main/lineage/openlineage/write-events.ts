import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asFailure, makeFolder, renameFile, syncFolder } from '../../platform/files/index.ts';
import { createId } from '../../platform/random.ts';
import { refuseOwnFile, type CallContext } from '../../workspaces/index.ts';
import { findNode } from '../find-node.ts';
import { around } from '../reach.ts';
import { readGraph } from '../read-graph.ts';
import { currentRecords } from '../store.ts';
import type { Activity, Thing } from './activities.ts';
import { uuidOf } from './event-id.ts';
import { createFacets, runEventSchema, type FacetMaker } from './facets.ts';
import { readImports, readModelLife, readRuns } from './read-activities.ts';
import { createThings } from './things.ts';

interface Request {
  readonly out: string;
  readonly format: string;
  readonly id: string | undefined;
}

/** Writes START and COMPLETE (or FAIL, ABORT) of every activity, one JSON object a line: imports, runs and verdicts, then what became of models, each oldest first. */
export async function writeOpenLineage({ out, format, id }: Request, context: CallContext) {
  const { workspace, signal } = context;
  await refuseOwnFile(workspace.dir, out);
  const path = resolve(out);
  const temporary = join(dirname(path), `.${createId('export')}.tmp`);
  const hash = createHash('sha256');
  let events = 0;
  let size = 0;
  try {
    await makeFolder(dirname(path));
    const file = await open(temporary, 'wx');
    try {
      for await (const line of eventLines(context, id)) {
        signal.throwIfAborted();
        const bytes = Buffer.from(line);
        hash.update(bytes);
        events++;
        size += bytes.byteLength;
        await file.write(bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await renameFile(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asFailure(error, path);
  }
  return { out: path, format, events, size, sha256: hash.digest('hex') };
}

async function* eventLines(context: CallContext, id: string | undefined): AsyncGenerator<string> {
  const { workspace, version } = context;
  const records = currentRecords(workspace.db);
  const graph = readGraph(records);
  const wanted = id === undefined ? null : around(graph, findNode(records, graph, id).id).nodes;
  const namespace = `holdfast://${workspace.id}`;
  const producer = `urn:holdfast:${version}`;
  const facet = createFacets(producer);
  const things = createThings(records, workspace.objects, facet, { namespace, name: workspace.name });
  const write = (activity: Activity) => eventsOf(activity, namespace, producer, facet);
  const isWanted = ({ node }: Activity) => !wanted || wanted.has(node);
  for await (const activity of readImports(records, things, facet))
    if (isWanted(activity)) yield* write(activity);
  for await (const activity of readRuns(records, things, facet))
    if (isWanted(activity)) yield* write(activity);
  for (const activity of readModelLife(records, things, namespace)) {
    if (isWanted(activity)) yield* write(activity);
  }
}

function* eventsOf(
  activity: Activity,
  namespace: string,
  producer: string,
  facet: FacetMaker,
): Generator<string> {
  const { started, ended, inputs, outputs } = activity;
  const runId = uuidOf(`${namespace}/${activity.key}`);
  const event = (eventType: string, eventTime: string, made: readonly Thing[]): string => {
    const value = {
      eventType,
      eventTime,
      producer,
      schemaURL: runEventSchema,
      run: { runId, facets: activity.runFacets },
      job: {
        namespace,
        name: activity.job,
        facets: {
          ...facet('jobType', { processingType: 'BATCH', integration: 'HOLDFAST', jobType: activity.type }),
          ...activity.jobFacets,
        },
      },
      inputs: inputs.map(({ namespace: where, name, facets, rows, size }) => ({
        namespace: where,
        name,
        facets,
        inputFacets:
          rows === undefined && size === undefined ? {} : facet('inputStatistics', counts(rows, size)),
      })),
      outputs: made.map(({ namespace: where, name, facets, rows, size }) => ({
        namespace: where,
        name,
        facets,
        outputFacets:
          rows === undefined && size === undefined ? {} : facet('outputStatistics', counts(rows, size)),
      })),
    };
    return `${JSON.stringify(value)}\n`;
  };
  yield event('START', started, []);
  if (ended) yield event(ended.how, ended.at, outputs);
}

function counts(rows: number | undefined, size: number | undefined) {
  return { ...(rows === undefined ? {} : { rowCount: rows }), ...(size === undefined ? {} : { size }) };
}
