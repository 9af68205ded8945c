import { replaceFile } from '../platform/files/index.ts';
import { resolveDataset } from '../datasets/index.ts';
import { refuseOwnFile, type Service } from '../workspaces/index.ts';
import { toClarify } from './bias/clarify.ts';
import { exampleCells, exampleRows } from './bias/example.ts';
import { measures } from './bias/measures.ts';
import { suiteService } from './suites/service.ts';
import { anomaliesTask, biasTask, compareTask } from './tasks.ts';

export const checkService: Service<'checks'> = {
  ...suiteService,
  async bias({ dataset: reference, out, ...input }, context) {
    const { workspace } = context;
    const { dataset, version, manifest } = resolveDataset(workspace.db, reference);
    if (out !== undefined) await refuseOwnFile(workspace.dir, out);
    context.about({ dataset }, `bias in ${dataset}@${version}`);
    const { result } = await context.task(biasTask, { ...input, manifest });
    const analysis = toClarify(result);
    if (out !== undefined) await replaceFile(out, `${JSON.stringify(analysis, null, 4)}\n`);
    const { rows, label, positives, groups, intersections, notes } = result;
    return {
      dataset,
      version,
      rows,
      label: label.words,
      positives,
      groups: [...groups],
      intersections: [...intersections],
      analysis,
      notes: [...notes],
    };
  },
  async anomalies({ dataset: reference, ...input }, context) {
    const { dataset, version, manifest } = resolveDataset(context.workspace.db, reference);
    context.about({ dataset }, `unusual rows of ${dataset}@${version}`);
    const { result } = await context.task(anomaliesTask, { ...input, manifest });
    const { columns, leftOut, bins, anomalies, ...rest } = result;
    return {
      dataset,
      version,
      ...rest,
      columns: [...columns],
      leftOut: [...leftOut],
      bins: [...bins],
      anomalies: [...anomalies],
    };
  },
  async compare({ reference: from, other: to, exclude, seed }, context) {
    const { db } = context.workspace;
    const reference = resolveDataset(db, from);
    const other = resolveDataset(db, to);
    context.about(
      { dataset: other.dataset },
      `compare ${other.dataset}@${other.version} with ${reference.dataset}@${reference.version}`,
    );
    const { result } = await context.task(compareTask, {
      reference: reference.manifest,
      other: other.manifest,
      exclude,
      seed,
    });
    const { rows, otherRows, unlike, segments, ...rest } = result;
    return {
      ...rest,
      reference: { dataset: reference.dataset, version: reference.version, rows },
      other: { dataset: other.dataset, version: other.version, rows: otherRows },
      columns: [...rest.columns],
      onlyInReference: [...rest.onlyInReference],
      onlyInOther: [...rest.onlyInOther],
      retyped: [...rest.retyped],
      unlike: {
        rows: unlike,
        share: otherRows === 0 ? 0 : unlike / otherRows,
        segments: segments.map((one) => ({ ...one, examples: one.examples.map((row) => row + 1) })),
      },
      notes: [...rest.notes],
    };
  },
  measures: () => ({
    example: [...exampleRows],
    measures: measures.map(({ id, title, doc, formula, range, working, of }) => ({
      id,
      title,
      doc,
      formula,
      range,
      working,
      value: Number(of(exampleCells())),
    })),
  }),
};
