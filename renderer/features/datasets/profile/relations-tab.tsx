import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import type { Relations } from '../../../../preload/contract/relations.ts';
import { useFacts } from '../../../api/facts.ts';
import { Concept } from '../../../ui/help/concept.tsx';
import { plotColours } from '../../../ui/plot/colours.ts';
import { SaveMenu } from '../../../ui/plot/save-menu.tsx';
import { Answer } from '../../../ui/state/answer.tsx';
import { DenseTable } from '../../../ui/table/dense-table.tsx';
import { associationCsv, associationFigure, type Coefficient } from './association-figure.ts';
import { AssociationTable } from './association-table.tsx';
import { relationWords as words } from './relation-words.ts';
import { locale } from '../words.ts';

/** How the columns go together, what is missing together, and which rows occur more than once. */
export function RelationsTab({ dataset }: { dataset: string }) {
  const relations = useFacts('datasets.relations', { dataset });
  return (
    <Answer of={relations} what={words.reading}>
      {({ associations, missing, duplicates, rows }) => (
        <div className="stack" style={{ gap: 24 }}>
          <AssociationSection associations={associations} rows={rows} dataset={dataset} />
          <MissingSection missing={missing} rows={rows} />
          <DuplicateSection duplicates={duplicates} rows={rows} />
        </div>
      )}
    </Answer>
  );
}

const whole = (count: number) => count.toLocaleString(locale);

function AssociationSection({
  associations,
  rows,
  dataset,
}: Pick<Relations, 'associations'> & { rows: number; dataset: string }) {
  const scheme = useComputedColorScheme('light');
  const [coefficient, setCoefficient] = useState<Coefficient>('pearson');
  const toImage = async (format: 'png' | 'svg') => {
    const { drawPicture } = await import('../../../ui/plot/picture-of.ts');
    const side = 160 + 44 * Math.max(4, Math.min(40, associations.columns.length));
    return drawPicture(associationFigure(associations, coefficient, dataset), plotColours(scheme), {
      format,
      width: side + 60,
      height: side,
    });
  };
  return (
    <section className="stack" style={{ gap: 8 }}>
      <div className="row">
        <h2 className="grow">{words.associations}</h2>
        <SegmentedControl
          aria-label={words.coefficient}
          data={[
            { value: 'pearson', label: words.coefficients.pearson },
            { value: 'spearman', label: words.coefficients.spearman },
          ]}
          value={coefficient}
          onChange={(value) => setCoefficient(value === 'spearman' ? 'spearman' : 'pearson')}
        />
        <Concept
          id={coefficient === 'pearson' ? 'pearson-correlation' : 'spearman-correlation'}
          name={words.measures[coefficient]}
        />
        <SaveMenu
          title={words.associations}
          name={`associations-${dataset.replace('@', '-')}`}
          toImage={() => toImage}
          csv={() => associationCsv(associations, coefficient)}
        />
      </div>
      <p className="small dim">
        {words.about}
        <span className="relations__cards">
          {words.measures.cramersV} <Concept id="cramers-v" name={words.measures.cramersV} />
        </span>
        <span className="relations__cards">
          {words.measures.correlationRatio}{' '}
          <Concept id="correlation-ratio" name={words.measures.correlationRatio} />
        </span>
        {associations.rows < rows ? ` ${words.sampled(whole(associations.rows), whole(rows))}` : ''}
      </p>
      {associations.columns.length > 1 ? (
        <AssociationTable associations={associations} coefficient={coefficient} />
      ) : (
        <p className="dim">{words.tooFew}</p>
      )}
      {associations.leftOut.length ? (
        <p className="small dim">
          {words.leftOut(
            associations.leftOut.map(({ name, reason }) => `${name} (${words.reasons[reason]})`).join(', '),
          )}
        </p>
      ) : null}
    </section>
  );
}

function MissingSection({ missing, rows }: Pick<Relations, 'missing'> & { rows: number }) {
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{words.missing}</h2>
      <p className="small dim">{words.complete(whole(missing.complete), whole(rows))}</p>
      {missing.patterns.length ? (
        <DenseTable
          label={words.missing}
          rows={missing.patterns}
          keyOf={({ columns }) => columns.join('\n')}
          columns={[
            {
              id: 'rows',
              title: words.rows,
              align: 'right',
              width: 96,
              value: (pattern) => pattern.rows,
              render: (pattern) => whole(pattern.rows),
            },
            {
              id: 'columns',
              title: words.together,
              value: ({ columns }) => columns.join(', '),
              render: ({ columns }) => columns.join(', '),
            },
          ]}
        />
      ) : null}
      {missing.different > missing.patterns.length ? (
        <p className="small dim">{words.more(whole(missing.patterns.length), whole(missing.different))}</p>
      ) : null}
    </section>
  );
}

function DuplicateSection({ duplicates, rows }: Pick<Relations, 'duplicates'> & { rows: number }) {
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{words.duplicates}</h2>
      <p className="small dim">
        {duplicates.rows === 0
          ? words.noDuplicates
          : words.duplicateRows(whole(duplicates.rows), whole(rows), whole(duplicates.groups))}
      </p>
      {duplicates.examples.length ? (
        <ul className="relations__examples small">
          {duplicates.examples.map(({ row, like }) => (
            <li key={row}>{words.like(whole(row), whole(like))}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
