import type { ModelArtifact, ReportTable } from '../../family.ts';
import { predictionsOf } from '../../trees/outcome.ts';
import { readRules, type Condition, type RulesModel } from './model.ts';

const mostNames = 12;

export function rulesReport(artifact: ModelArtifact): readonly ReportTable[] {
  const model = readRules(artifact);
  return [ruleTable(artifact, model), columnTable(model), trainingTable(model)];
}

function ruleTable(artifact: ModelArtifact, model: RulesModel): ReportTable {
  const { spec, outputs, values, aloneValues } = model;
  const { task, classes } = artifact;
  const says = (from: Float64Array, rule: number): number[] => [
    ...predictionsOf(spec.outcome, from.slice(rule * outputs, (rule + 1) * outputs), classes.length),
  ];
  const head = task === 'regression' ? ['prediction', 'deviation'] : ['then', 'precision'];
  return {
    title: 'Rules',
    columns: [
      'no.',
      'if',
      ...head,
      'training rows',
      'share of rows',
      ...(task === 'regression'
        ? []
        : classes.length > 2
          ? classes.map((label) => `share of ${label}`)
          : [`share of ${classes[1] ?? ''}`]),
      'rows that fulfil it',
      task === 'regression' ? 'their mean' : 'their precision',
    ],
    rows: spec.rules.map(({ conditions, rows, deviation, alone }, r) => {
      const words = conditions.map((condition) => conditionWords(spec, condition)).join(' and ');
      const said = says(values, r);
      const best = said.indexOf(Math.max(...said));
      const shares = task === 'regression' ? [] : classes.length > 2 ? said : [said[1] ?? 0];
      return [
        r + 1,
        words || 'otherwise',
        ...(task === 'regression'
          ? [said[0]!, deviation * spec.outcome.scale]
          : [classes[best] ?? '', said[best]!]),
        rows,
        rows / spec.rows,
        ...shares,
        alone,
        says(aloneValues, r)[task === 'regression' ? 0 : best]!,
      ];
    }),
    notes: [
      'read from the top: the first rule that a row fulfils decides it, and the rest is not asked',
      'the last two columns tell of a rule by itself, with the rows that an earlier one decides',
    ],
  };
}

function columnTable({ spec }: RulesModel): ReportTable {
  const used = spec.columns.map(({ name }, column) => {
    const rules = spec.rules.filter(({ conditions }) => conditions.some((one) => one.column === column));
    return { name, rules: rules.length, rows: rules.reduce((sum, { rows }) => sum + rows, 0) };
  });
  return {
    title: 'Columns by rows they help decide',
    columns: ['column', 'rules', 'training rows'],
    rows: used.sort((a, b) => b.rows - a.rows).map(({ name, rules, rows }) => [name, rules, rows]),
    notes: [],
  };
}

function trainingTable({ spec }: RulesModel): ReportTable {
  return {
    title: 'Training',
    columns: ['what', 'value'],
    rows: [['training rows', spec.rows], ['rules', spec.rules.length - 1], ...spec.training],
    notes: spec.notes,
  };
}

function conditionWords(spec: RulesModel['spec'], condition: Condition): string {
  const of = spec.columns[condition.column];
  const name = of?.name ?? '';
  if (condition.kind === 'missing') return `${name} is missing`;
  if (condition.kind === 'levels') {
    const names = condition.levels.map((level) => `"${of?.kind === 'levels' ? of.levels[level] : ''}"`);
    const shown = names.slice(0, mostNames);
    if (names.length > mostNames) return `${name} is ${shown.join(', ')} or ${names.length - mostNames} more`;
    return `${name} is ${[shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((text) => text !== '').join(' or ')}`;
  }
  const [above, to] = [condition.above, condition.to].map((end) =>
    end === null ? null : Number(end.toPrecision(6)),
  );
  if (above === null && to === null) return `${name} is known`;
  if (above === null) return `${name} <= ${to}`;
  return to === null ? `${name} > ${above}` : `${above} < ${name} <= ${to}`;
}
