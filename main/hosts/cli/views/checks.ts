import type { BiasGroup } from '../../../../preload/contract/checks.ts';
import { textTable } from '../text-table.ts';
import { counted } from '../text.ts';
import { blocks, type Views } from './view.ts';

export const checks: Views<'checks'> = {
  bias: ({ dataset, version, rows, label, positives, groups, intersections, notes }) =>
    blocks(
      `${dataset}@${version}: ${counted(rows, 'row')}, ${positives.toLocaleString('en')} of them with ${label}`,
      ...groups.map(viewGroup),
      intersections.length > 0 && 'Two attributes at once, each against all other rows:',
      ...intersections.map(viewGroup),
      notes.join('\n'),
    ),
  measures: ({ example, measures }) =>
    blocks(
      textTable(
        ['measure', '', 'formula', 'range'],
        measures.map(({ id, title, formula, range }) => [id, title, formula, range]),
      ),
      `Worked through on six rows:\n${textTable(
        ['group', 'protected', 'label'],
        example.map(({ group, member, positive }) => [
          group,
          member ? 'yes' : 'no',
          positive ? 'positive' : 'negative',
        ]),
      )}`,
      measures.map(({ id, working }) => `${id}: ${working}`).join('\n'),
    ),
};

function viewGroup({ group, measures }: BiasGroup): string {
  return `${group}\n${textTable(
    ['measure', 'value', 'low', 'high', ''],
    measures.map(({ measure, value, low, high, sentence }) => [measure, value, low, high, sentence]),
  )}`;
}
