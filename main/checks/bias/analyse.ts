import type { BiasGroup, BiasValue } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { openSnapshot, readColumns } from '../../datasets/index.ts';
import type { TaskContext } from '../../jobs/index.ts';
import { emptyCells, totals, type Cells } from './cells.ts';
import { intervals, type Resampling } from './intervals.ts';
import { measures } from './measures.ts';
import { groupBy, levelsOf, readRule, type Grouping } from './rule.ts';

export interface BiasInput {
  readonly manifest: string;
  readonly label: string;
  readonly facet: readonly string[];
  readonly group?: string | undefined;
  readonly resamples: number;
  readonly level: number;
  readonly seed: number;
}

/** A group with its name in Clarify's report. */
export interface AnalysedGroup extends BiasGroup {
  readonly clarify: string;
}

export interface BiasResult {
  readonly rows: number;
  readonly label: { readonly column: string; readonly words: string; readonly clarify: string };
  readonly positives: number;
  readonly groups: readonly AnalysedGroup[];
  readonly intersections: readonly AnalysedGroup[];
  readonly notes: readonly string[];
}

/** Throws what `readRule` and `groupBy` throw, `column-not-found`, `cancelled`. */
export async function analyseBias(
  { manifest, label: labelText, facet, group, resamples, level, seed }: BiasInput,
  { reader, signal, progress }: Pick<TaskContext, 'reader' | 'signal' | 'progress'>,
): Promise<BiasResult> {
  const snapshot = await openSnapshot(reader, manifest);
  const columns = snapshot.schema.map(({ name }) => name);
  const labelRule = readRule(labelText, columns, 'label');
  if (labelRule.values === undefined && labelRule.above === undefined) {
    throw fail('rule-unreadable', {
      rule: labelText,
      where: 'label',
      reason: 'it does not say which labels are positive',
    });
  }
  const rules = facet.map((text) => readRule(text, columns, 'facet'));
  const read = async (column: string) => (await readColumns(reader, snapshot, [column], { signal }))[0]!;
  const label = groupBy(labelRule, await read(labelRule.column), 'label');
  const conditions = group === undefined ? undefined : levelsOf(await read(group));
  const facets: Grouping[] = [];
  for (const [i, rule] of rules.entries()) {
    facets.push(groupBy(rule, await read(rule.column), 'facet'));
    progress((0.5 * (i + 1)) / rules.length, `reading ${rule.column}`);
  }
  // Rows without a conditioning value are a group of their own.
  const last = conditions?.levels.length ?? 0;
  const groupOf = conditions
    ? (row: number) => (conditions.codes[row]! < 0 ? last : conditions.codes[row]!)
    : () => 0;
  const groups = conditions ? last + (conditions.missing > 0 ? 1 : 0) : 1;
  const rows = snapshot.rows;
  const count = (memberships: number, codeOf: (row: number) => number): Cells[] => {
    const all = emptyCells(groups);
    const members = Array.from({ length: memberships }, () => emptyCells(groups));
    for (let row = 0; row < rows; row++) {
      const positive = label.codes[row] === 0 ? 1 : 0;
      const cell = positive * groups + groupOf(row);
      all.counts[cell]! += 1;
      const code = codeOf(row);
      if (code >= 0) members[code]!.counts[2 * groups + cell]! += 1;
    }
    for (const cells of members) {
      for (let cell = 0; cell < 2 * groups; cell++)
        cells.counts[cell] = all.counts[cell]! - cells.counts[2 * groups + cell]!;
    }
    return members;
  };
  const resampling: Resampling = { resamples, level, seed, signal };
  const describe = (cells: Cells, name: string, clarify: string, of: readonly string[]): AnalysedGroup => {
    const { nd, ndPos, na, naPos } = totals(cells);
    return {
      group: name,
      clarify,
      columns: [...of],
      rows: nd,
      positives: ndPos,
      otherRows: na,
      otherPositives: naPos,
      measures: valuesOf(cells, name, group !== undefined, resampling),
    };
  };
  const single = facets.flatMap((one) =>
    count(one.labels.length, (row) => one.codes[row]!).map((cells, i) =>
      describe(cells, one.labels[i]!, one.clarify[i]!, [one.column]),
    ),
  );
  progress(0.7, 'intersections');
  const pairs = facets.flatMap((a, i) => facets.slice(i + 1).map((b) => [a, b] as const));
  const crossed = pairs.flatMap(([a, b]) => {
    const width = b.labels.length;
    const codeOf = (row: number) =>
      a.codes[row]! < 0 || b.codes[row]! < 0 ? -1 : a.codes[row]! * width + b.codes[row]!;
    return count(a.labels.length * width, codeOf).flatMap((cells, code) => {
      const x = Math.floor(code / width);
      const y = code % width;
      return totals(cells).nd === 0
        ? []
        : [
            describe(cells, `${a.labels[x]!} and ${b.labels[y]!}`, `${a.clarify[x]!},${b.clarify[y]!}`, [
              a.column,
              b.column,
            ]),
          ];
    });
  });
  const notes = [label, ...facets]
    .filter(({ missing }) => missing > 0)
    .map(({ column, missing }) => {
      const how = column === label.column ? 'not positive' : 'not in the group';
      return missing === 1
        ? `1 row has no ${column}: it counts as ${how}`
        : `${missing.toLocaleString('en')} rows have no ${column}: they count as ${how}`;
    });
  return {
    rows,
    label: { column: label.column, words: label.labels[0]!, clarify: label.clarify[0]! },
    positives: label.codes.reduce((total, code) => total + (code === 0 ? 1 : 0), 0),
    groups: single,
    intersections: crossed,
    notes: [...new Set(notes)],
  };
}

function valuesOf(cells: Cells, name: string, conditional: boolean, resampling: Resampling): BiasValue[] {
  const found = intervals(cells, measures, resampling);
  return measures.map((measure, i) => {
    const value =
      measure.id === 'CDDL' && !conditional
        ? { because: 'no conditioning column was named' }
        : measure.of(cells);
    if (typeof value !== 'number') {
      const { because } = value;
      return {
        measure: measure.id,
        value: null,
        low: null,
        high: null,
        sentence: `no value: ${because}`,
        because,
      };
    }
    const { low = null, high = null } = found[i] ?? {};
    return {
      measure: measure.id,
      value,
      low,
      high,
      sentence: measure.sentence(value, cells, name),
      because: null,
    };
  });
}
