import { fail } from '../../../../preload/contract/errors.ts';
import type { Axis } from '../../axes.ts';
import type { AdditiveTerm } from './model.ts';
import type { Edit } from './params.ts';

/**
 * A curve of a number averaged with its neighbours, weighted 1, 2, 1 and by their rows, `times` times. Such averages keep a monotone
 * curve monotone (Karlin 1968, total positivity). Missing stays.
 */
export function smooth(values: Float64Array, rows: Float64Array, outputs: number, times: number): void {
  const bins = rows.length;
  for (let time = 0; time < times; time++) {
    const before = values.slice();
    for (let bin = 1; bin < bins; bin++) {
      for (let k = 0; k < outputs; k++) {
        let sum = 0;
        let weight = 0;
        for (const [other, share] of [
          [bin - 1, 1],
          [bin, 2],
          [bin + 1, 1],
        ] as const) {
          if (other < 1 || other >= bins) continue;
          const w = share * (rows[other]! + 1e-9);
          sum += w * before[other * outputs + k]!;
          weight += w;
        }
        values[bin * outputs + k] = sum / weight;
      }
    }
  }
}

/** Moves the mean of each term over the training rows into the intercept; levels and gaps that training never saw get no effect. */
export function centre(intercept: Float64Array, { axes, values, rows }: AdditiveTerm): void {
  const outputs = intercept.length;
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total === 0) return;
  for (let k = 0; k < outputs; k++) {
    let mean = 0;
    rows.forEach((count, cell) => (mean += (count / total) * values[cell * outputs + k]!));
    for (let cell = 0; cell < rows.length; cell++) {
      if (axes.length === 1 && rows[cell] === 0) values[cell * outputs + k] = 0;
      else values[cell * outputs + k]! -= mean;
    }
    intercept[k]! += mean;
  }
}

/** A curve with one edit, and what was done; `unit` is an amount per unit of score. Throws `family-param`. */
export function applyEdit(
  curve: AdditiveTerm,
  axis: Axis,
  edit: Edit,
  unit: number,
): { readonly term: AdditiveTerm; readonly note: string } {
  const { from, to, levels, missing, value } = edit;
  const chosen = new Set<number>(missing ? [0] : []);
  let term = curve;
  const said: string[] = missing ? ['where it is missing'] : [];
  if (axis.kind === 'levels') {
    if (from !== null || to !== null)
      throw wrong(`"${axis.name}" is a category: name its "levels" instead of from and to`);
    for (const level of levels ?? []) {
      const code = axis.levels.indexOf(level);
      if (code < 0)
        throw wrong(
          `"${axis.name}" has no level "${level}"; there are ${axis.levels.slice(0, 20).join(', ')}`,
        );
      chosen.add(code + 1);
    }
    if (levels && levels.length > 0) said.push(`for ${levels.join(', ')}`);
    if (chosen.size === 0) throw wrong(`say which levels of "${axis.name}", or missing: true`);
  } else {
    if (levels) throw wrong(`"${axis.name}" is a number: say from and to instead of levels`);
    if (from !== null && to !== null && from >= to)
      throw wrong(`from ${from} is not below to ${to} for "${axis.name}"`);
    if (from !== null || to !== null || !missing) {
      for (const cut of [from, to]) if (cut !== null) term = withCut(term, cut);
      const { cuts } = term.axes[0]!;
      const first = from === null ? 1 : cuts.indexOf(from) + 2;
      const last = to === null ? cuts.length + 1 : cuts.indexOf(to) + 1;
      for (let bin = first; bin <= last; bin++) chosen.add(bin);
      said.push(from === null && to === null ? 'everywhere' : rangeWords(from, to));
    }
  }
  const before = [...chosen].map((bin) => term.values[bin]! * unit);
  const values = term.values.slice();
  const spread = term.spread.slice();
  for (const bin of chosen) {
    values[bin] = value / unit;
    spread[bin] = 0;
  }
  const [low, high] = [Math.min(...before), Math.max(...before)].map((one) => Number(one.toPrecision(6)));
  const was = low === high ? `${low}` : `${low} to ${high}`;
  return {
    term: { ...term, values, spread },
    note: `edited by hand: the curve of "${axis.name}" ${said.join(' and ')} is ${value} (fitted: ${was})`,
  };
}

function rangeWords(from: number | null, to: number | null): string {
  if (from === null) return `up to ${to}`;
  return to === null ? `above ${from}` : `above ${from} up to ${to}`;
}

/** The same curve with a range cut in two. */
function withCut(term: AdditiveTerm, cut: number): AdditiveTerm {
  const axis = term.axes[0]!;
  if (axis.cuts.includes(cut)) return term;
  const at = axis.cuts.filter((one) => one < cut).length;
  const twice = (values: Float64Array): Float64Array =>
    Float64Array.of(...values.subarray(0, at + 2), ...values.subarray(at + 1));
  const rows = twice(term.rows);
  // Which of its rows stand on which side is not kept.
  rows[at + 2] = 0;
  return {
    axes: [
      {
        ...axis,
        cuts: Float64Array.of(...axis.cuts.subarray(0, at), cut, ...axis.cuts.subarray(at)),
        bins: axis.bins + 1,
      },
    ],
    values: twice(term.values),
    spread: twice(term.spread),
    rows,
  };
}

function wrong(message: string) {
  return fail('family-param', { family: 'additive', param: 'edits', message });
}
