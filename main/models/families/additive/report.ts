import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readAdditive, type AdditiveModel, type AdditiveTerm } from './model.ts';

const mostRows = 400;

/** Terms by how much they move predictions, then every curve and grid. */
export function additiveReport(artifact: ModelArtifact): readonly ReportTable[] {
  const model = readAdditive(artifact);
  const order = model.terms
    .map((term, t) => ({ term, t, weight: weightOf(model, term) }))
    .sort((a, b) => b.weight - a.weight || a.t - b.t);
  return [
    {
      title: 'Terms',
      columns: ['term', 'mean effect', 'ranges or cells'],
      rows: order.map(({ term, weight }) => [nameOf(model, term), weight, term.rows.length]),
      notes: [
        `mean effect: how far the term moves the ${scaleWords(artifact)} of a training row on average, up or down`,
      ],
    },
    ...order.map(({ term }) =>
      term.axes.length === 1 ? curveTable(artifact, model, term) : gridTable(artifact, model, term),
    ),
    {
      title: 'Training',
      columns: ['what', 'value'],
      rows: [
        ['training rows', model.spec.rows],
        ['bags', model.spec.bags],
        ...[...model.intercept].map((value, k): [string, number] => [
          model.outputs === 1 ? 'intercept' : `intercept of ${className(artifact, model, k)}`,
          value * unitOf(model) + (model.spec.outcome.link === 'identity' ? model.spec.outcome.shift : 0),
        ]),
        ...model.spec.training,
      ],
      notes: model.spec.notes,
    },
  ];
}

function unitOf({ spec }: AdditiveModel): number {
  return spec.outcome.link === 'identity' ? spec.outcome.scale : 1;
}

function scaleWords({ task, classes }: ModelArtifact): string {
  if (task === 'regression') return 'prediction';
  return classes.length === 2 ? `log odds of "${classes[1]}"` : 'score of a class';
}

function className(artifact: ModelArtifact, { spec }: AdditiveModel, k: number): string {
  const code = spec.outcome.link === 'logit' ? spec.outcome.modelled[1]! : spec.outcome.modelled[k]!;
  return artifact.classes[code] ?? '';
}

function nameOf({ spec }: AdditiveModel, { axes }: AdditiveTerm): string {
  return axes.map(({ column }) => spec.columns[column]?.name ?? '').join(' x ');
}

function weightOf(model: AdditiveModel, { values, rows }: AdditiveTerm): number {
  let sum = 0;
  let total = 0;
  rows.forEach((count, cell) => {
    total += count;
    for (let k = 0; k < model.outputs; k++)
      sum += (count * Math.abs(values[cell * model.outputs + k]!)) / model.outputs;
  });
  return total > 0 ? (sum / total) * unitOf(model) : 0;
}

function effectColumns(artifact: ModelArtifact, model: AdditiveModel): string[] {
  if (model.outputs === 1) return ['effect', 'spread'];
  return Array.from({ length: model.outputs }, (_, k) => `effect on ${className(artifact, model, k)}`);
}

function effects(model: AdditiveModel, { values, spread }: AdditiveTerm, cell: number): number[] {
  const unit = unitOf(model);
  const own = [...values.subarray(cell * model.outputs, (cell + 1) * model.outputs)].map(
    (value) => value * unit,
  );
  return model.outputs === 1 ? [...own, spread[cell]! * unit] : own;
}

function curveTable(artifact: ModelArtifact, model: AdditiveModel, term: AdditiveTerm): ReportTable {
  const { column, cuts, bins } = term.axes[0]!;
  const of = model.spec.columns[column]!;
  const rows: (string | number | null)[][] = [];
  const line = (cell: number, ...where: (string | number | null)[]): void => {
    rows.push([...where, term.rows[cell]!, ...effects(model, term, cell)]);
  };
  const notes = [
    `effect: added to the ${scaleWords(artifact)}; 0 is the mean of the training rows`,
    ...(model.outputs === 1 ? [`spread: deviation of the effect over the ${model.spec.bags} bags`] : []),
  ];
  if (of.kind === 'levels') {
    of.levels.forEach((level, code) => line(code + 1, level));
    line(0, '(missing or unknown)');
    return cut({
      title: `Curve: ${of.name}`,
      columns: ['level', 'training rows', ...effectColumns(artifact, model)],
      rows,
      notes,
    });
  }
  for (let bin = 1; bin < bins; bin++) line(bin, cuts[bin - 2] ?? null, cuts[bin - 1] ?? null);
  if (term.rows[0]! > 0 || term.values.subarray(0, model.outputs).some((value) => value !== 0)) {
    line(0, null, null);
    notes.push('the last line is for missing values');
  }
  return cut({
    title: `Curve: ${of.name}`,
    columns: ['above', 'up to', 'training rows', ...effectColumns(artifact, model)],
    rows,
    notes,
  });
}

function gridTable(artifact: ModelArtifact, model: AdditiveModel, term: AdditiveTerm): ReportTable {
  const [a, b] = [term.axes[0]!, term.axes[1]!];
  const rows: (string | number | null)[][] = [];
  for (let i = 0; i < a.bins; i++) {
    for (let j = 0; j < b.bins; j++) {
      const cell = i * b.bins + j;
      if (term.rows[cell]! > 0)
        rows.push([
          binName(model, a, i),
          binName(model, b, j),
          term.rows[cell]!,
          ...effects(model, term, cell),
        ]);
    }
  }
  const names = [a, b].map(({ column }) => model.spec.columns[column]?.name ?? '');
  return cut({
    title: `Grid: ${names.join(' x ')}`,
    columns: [...names, 'training rows', ...effectColumns(artifact, model)],
    rows,
    notes: ['cells without training rows are left out'],
  });
}

function binName(
  { spec }: AdditiveModel,
  { column, cuts, bins }: AdditiveTerm['axes'][number],
  bin: number,
): string {
  if (bin === 0) return '(missing)';
  const of = spec.columns[column];
  if (of?.kind === 'levels') return of.levels[bin - 1] ?? '';
  const [low, high] = [cuts[bin - 2], cuts[bin - 1]].map((one) =>
    one === undefined ? undefined : Number(one.toPrecision(6)),
  );
  if (bins === 2) return 'any';
  if (low === undefined) return `<= ${high}`;
  return high === undefined ? `> ${low}` : `> ${low}, <= ${high}`;
}

function cut(table: ReportTable): ReportTable {
  if (table.rows.length <= mostRows) return table;
  return {
    ...table,
    rows: table.rows.slice(0, mostRows),
    notes: [...table.notes, `the first ${mostRows} of ${table.rows.length} lines`],
  };
}
