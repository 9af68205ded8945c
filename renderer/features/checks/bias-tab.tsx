import { Button, Select } from '@mantine/core';
import { Download, Plus } from 'lucide-react';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import { saveFile } from '../../ui/save-file.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DatasetChoice, latestOf, useSchema } from './dataset-choice.tsx';
import { GroupCard } from './group-card.tsx';
import { RuleInput, ruleText, type RuleDraft } from './rule-input.tsx';
import type { CheckTabProps } from './view.tsx';
import { words } from './words.ts';

const empty: RuleDraft = { column: null, values: '' };

/** Bias before training: who is protected, which labels are good, and what the eight measures say. */
export function BiasTab({ datasets, asked }: CheckTabProps) {
  const [dataset, setDataset] = useState(latestOf(datasets, asked));
  const [label, setLabel] = useState(empty);
  const [facets, setFacets] = useState([{ ...empty, key: 0 }]);
  const [group, setGroup] = useState<string | null>(null);
  const job = useJobCall('checks.bias');
  const columns = useSchema(dataset).map(({ name }) => name);
  const labelText = ruleText(label);
  const facetTexts = facets.flatMap((facet) => ruleText(facet) ?? []);
  const ready = labelText !== null && label.values.trim() !== '' && facetTexts.length > 0;
  const found = job.result;
  return (
    <div className="checks">
      <form
        className="stack checks__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          void job.start({
            dataset,
            label: labelText,
            facet: facetTexts,
            ...(group === null ? {} : { group }),
          });
        }}
      >
        <DatasetChoice
          label={words.dataset}
          datasets={datasets}
          value={dataset}
          onChange={(chosen) => {
            setDataset(chosen);
            job.reset();
          }}
        />
        <RuleInput
          label={words.bias.label}
          valuesLabel={words.rule.positive}
          valuesAbout={words.rule.positiveAbout}
          columns={columns}
          rule={label}
          onChange={setLabel}
        />
        {facets.map((facet) => (
          <RuleInput
            key={facet.key}
            label={words.bias.facet}
            valuesLabel={words.rule.group}
            valuesAbout={words.rule.groupAbout}
            columns={columns}
            rule={facet}
            onChange={(changed) =>
              setFacets(facets.map((one) => (one.key === facet.key ? { ...changed, key: one.key } : one)))
            }
            {...(facets.length > 1
              ? { onRemove: () => setFacets(facets.filter(({ key }) => key !== facet.key)) }
              : {})}
          />
        ))}
        <div className="row">
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            disabled={facets.length >= 6}
            onClick={() => setFacets([...facets, { ...empty, key: 1 + (facets.at(-1)?.key ?? 0) }])}
          >
            {words.rule.add}
          </Button>
        </div>
        <Select
          label={words.bias.conditional}
          description={words.bias.conditionalAbout}
          data={columns}
          value={group}
          searchable
          clearable
          onChange={setGroup}
        />
        <div className="row">
          <Button type="submit" variant="filled" disabled={!ready} loading={job.running}>
            {words.bias.run}
          </Button>
        </div>
      </form>
      <div className="stack">
        {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={words.bias.running} /> : null}
        {found ? (
          <>
            <div className="row">
              <p className="grow" role="status">
                {words.bias.facts(found.rows.toLocaleString(), found.positives.toLocaleString(), found.label)}
              </p>
              <Button
                leftSection={<Download size={14} aria-hidden />}
                onClick={() => {
                  const text = `${JSON.stringify(found.analysis, null, 4)}\n`;
                  saveFile(
                    'analysis.json',
                    `data:application/json;charset=utf-8,${encodeURIComponent(text)}`,
                  );
                }}
              >
                {words.bias.save}
              </Button>
            </div>
            {found.groups.map((one) => (
              <GroupCard key={one.group} group={one} />
            ))}
            {found.intersections.length ? <h2>{words.bias.crossed}</h2> : null}
            {found.intersections.map((one) => (
              <GroupCard key={one.group} group={one} />
            ))}
            {found.notes.map((note) => (
              <p key={note} className="small dim">
                {note}
              </p>
            ))}
          </>
        ) : null}
      </div>
    </div>
  );
}
