import { textTable } from '../text-table.ts';
import { counted } from '../text.ts';
import { blocks, type Views } from './view.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const privacy: Views<'privacy'> = {
  scan: ({ dataset, version, rows, columns, personal }) =>
    blocks(
      `${dataset}@${version} (${counted(rows, 'row')}): ${personal === 0 ? 'no personal data was found' : `${personal} of ${counted(columns.length, 'column')} ${personal === 1 ? 'looks' : 'look'} like personal data`}`,
      personal > 0 &&
        textTable(
          ['column', 'kind', 'confidence', 'values', 'of', 'for example'],
          columns
            .filter(({ kind }) => kind !== null)
            .map(({ name, title, confidence, matches, values, examples }) => [
              name,
              title ?? '',
              percent(confidence),
              matches,
              values,
              examples.join(', '),
            ]),
        ),
    ),
};
