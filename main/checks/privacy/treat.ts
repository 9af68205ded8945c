import { fail } from '../../../preload/contract/errors.ts';
import type { TreatmentStep } from '../../../preload/contract/privacy.ts';
import {
  appendCell,
  createSnapshotWriter,
  openSnapshot,
  readRowGroups,
  type Block,
  type Cell,
  type StoredSnapshot,
} from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { cellAt } from './cell-texts.ts';
import { beginTreatment } from './treatments/index.ts';
import type { CellChange } from './treatments/treatment.ts';

export interface TreatInput {
  readonly manifest: string;
  readonly steps: readonly TreatmentStep[];
  /** The user's keys by name: never recorded. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

export interface TreatResult {
  readonly snapshot: StoredSnapshot;
  /** What became of each column, in the order of the table. */
  readonly columns: readonly {
    readonly name: string;
    readonly treated: boolean;
    readonly dropped: boolean;
  }[];
}

interface Plan {
  readonly at: number;
  readonly name: string;
  readonly type: CellChange['type'];
  readonly changes: readonly CellChange[];
}

/**
 * Writes a snapshot anew with its columns treated. It shares no patches with its parent, whose values must not travel with it. Throws
 * `column-not-found`, `treatment-unfit`, `treatment-leaves-nothing`, `cancelled`.
 */
export async function treatTable(
  { manifest: digest, steps, keys }: TreatInput,
  { reader, writer: store, signal, progress }: TaskContext,
): Promise<TreatResult> {
  const manifest = await openSnapshot(reader, digest);
  const known = manifest.schema.map(({ name }) => name);
  for (const { column } of steps)
    if (!known.includes(column)) throw fail('column-not-found', { column, known, where: 'the dataset' });
  const plans = manifest.schema.flatMap((field, at) => {
    const own = steps.filter(({ column }) => column === field.name);
    if (own.some(({ treat }) => treat === 'drop')) return [];
    const changes: CellChange[] = [];
    let { type } = field;
    for (const step of own) {
      if (step.treat === 'drop') continue;
      const key = keys[step.treat === 'pseudonym' || step.treat === 'noise' ? step.key : ''];
      const change = beginTreatment(step, { name: field.name, type }, key ?? new Uint8Array());
      changes.push(change);
      type = change.type;
    }
    return [{ at, name: field.name, type, changes }];
  });
  if (plans.length === 0) throw fail('treatment-leaves-nothing', { columns: known });
  const writer = createSnapshotWriter(plans, store);
  try {
    let from = 0;
    for await (const { blocks, rows } of readRowGroups(reader, manifest, { signal, progress })) {
      for (const [index, plan] of plans.entries()) {
        const builder = writer.builders[index]!;
        builder.ensure(builder.length + rows);
        const block = blocks[plan.at]!;
        for (let row = 0; row < rows; row++) {
          // Once in a while, so that a stop is felt within a block.
          if ((row & 4095) === 0 && signal.aborted) throw fail('cancelled', { what: 'the treatment' });
          if (!appendCell(builder, treated(plan, block, row, from + row)))
            throw fail('treatment-unfit', {
              treat: 'noise',
              column: plan.name,
              type: plan.type,
              reason: `row ${from + row + 1} does not fit after it`,
            });
        }
      }
      from += rows;
      await writer.flush();
    }
    const snapshot = await writer.finish();
    return {
      snapshot,
      columns: known.map((name) => ({
        name,
        treated: plans.some((plan) => plan.name === name && plan.changes.length > 0),
        dropped: !plans.some((plan) => plan.name === name),
      })),
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function treated({ changes }: Plan, block: Block, row: number, place: number): Cell {
  let cell = cellAt(block, row);
  for (const { change } of changes) {
    if (cell === null) return null;
    cell = change(cell, place);
  }
  return cell;
}
