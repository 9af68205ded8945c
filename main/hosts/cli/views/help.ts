import { styleText } from 'node:util';
import type { HelpPage, Hit } from '../../../../preload/contract/help.ts';
import { textTable } from '../text-table.ts';
import { formatNumber } from '../text.ts';
import { blocks, lines, type Views } from './view.ts';

export const help: Views<'help'> = {
  list: ({ pages }) =>
    textTable(
      ['page', 'kind', 'title', ''],
      pages.map(({ id, kind, title, short }) => [id, kind, title, short]),
    ),
  show: ({ page }) => viewPage(page),
  search: ({ words, hits }) =>
    hits.length
      ? hits.map(viewHit).join('\n\n')
      : `Nothing in the manual has "${words}"; \`holdfast help list\` shows every page.`,
};

function viewPage({ id, kind, title, short, text, formula, example, see }: HelpPage): string {
  return blocks(
    `${styleText('bold', title)} (${kind} ${id})`,
    kind !== 'document' && short,
    formula && `${title} = ${formula}`,
    text,
    example &&
      blocks(
        textTable(example.columns, example.rows),
        `${example.working}\n(computed: ${formatNumber(example.value)})`,
      ),
    see.length > 0 && `See also: ${see.map((one) => one.id).join(', ')}`,
  );
}

function viewHit({ id, title, heading, snippet, marks }: Hit): string {
  let shown = '';
  let at = 0;
  for (const [from, to] of marks) {
    shown += snippet.slice(at, from) + styleText('bold', snippet.slice(from, to));
    at = to;
  }
  return lines(
    `${styleText('bold', title)}${heading ? `, ${heading}` : ''} (holdfast help show ${id})`,
    `  ${shown}${snippet.slice(at)}`,
  );
}
