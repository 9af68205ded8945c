import { Button, Checkbox, Modal, NumberInput, Radio, Select } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { formatNumber } from '../../ui/text/format.ts';
import { words } from './combine-words.ts';
import { words as training } from '../training/words.ts';
import { words as runsWords } from './words.ts';

interface Props {
  readonly runs: readonly string[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes one model of those of the picked runs, as a new run. */
export function CombineRuns({ runs, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title(runs.length)} size="lg">
      <CombineForm key={runs.join()} runs={runs} onDone={onClose} />
    </Modal>
  );
}

const { correction } = training;
const ways = ['average', 'stack'] as const;

function CombineForm({ runs, onDone }: { runs: readonly string[]; onDone: () => void }) {
  const [how, setHow] = useState<(typeof ways)[number]>('average');
  const [weights, setWeights] = useState<readonly (number | string)[]>(runs.map(() => 1));
  const [calibrate, setCalibrate] = useState<'platt' | 'isotonic' | null>(null);
  const [conformal, setConformal] = useState(false);
  const found = useFacts('runs.list', { columns: ['family', 'task'], only: [...runs], limit: runs.length });
  const job = useJobCall('training.combine', ({ run }) => {
    onDone();
    go(pathOf('runs', run.id));
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const given = weights.map(Number);
        void job.start({
          runs: [...runs],
          how,
          ...(how === 'average' ? { weights: given } : {}),
          ...(calibrate ? { calibrate } : {}),
          conformal,
        });
      }}
    >
      <p className="dim small">{words.about}</p>
      <Radio.Group label={words.how} value={how} onChange={setHow}>
        <div className="stack" style={{ gap: 8, marginTop: 4 }}>
          {ways.map((way) => (
            <Radio key={way} value={way} label={words.ways[way]} description={words.waysAbout[way]} />
          ))}
        </div>
      </Radio.Group>
      <Answer of={found} what={runsWords.reading}>
        {(list) => (
          <>
            {how === 'average'
              ? runs.map((run, i) => (
                  <NumberInput
                    key={run}
                    label={words.weightOf(run, cellOf(list, run, 'family'))}
                    min={0}
                    max={1_000_000}
                    value={weights[i] ?? ''}
                    onChange={(value) => setWeights(weights.map((own, at) => (at === i ? value : own)))}
                  />
                ))
              : null}
            {cellOf(list, runs[0] ?? '', 'task') === 'classification' ? (
              <Select
                label={correction.calibrate}
                description={correction.calibrateAbout}
                placeholder={correction.none}
                data={(['platt', 'isotonic'] as const).map((value) => ({ value, label: correction[value] }))}
                value={calibrate}
                clearable
                onChange={setCalibrate}
              />
            ) : null}
            <Checkbox
              label={correction.conformal}
              description={correction.conformalAbout}
              checked={conformal}
              onChange={(event) => setConformal(event.currentTarget.checked)}
            />
          </>
        )}
      </Answer>
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.combining} /> : null}
      <Button
        type="submit"
        variant="filled"
        loading={job.running}
        disabled={how === 'average' && weights.some((weight) => weight === '')}
      >
        {words.combine}
      </Button>
    </form>
  );
}

function cellOf({ rows, columns }: OutputOf<'runs.list'>, run: string, column: string): string {
  return String(rows.find(({ id }) => id === run)?.cells[columns.indexOf(column)] ?? '');
}

/** The runs whose models are in this one. */
export function MadeOf({ members }: { members: OutputOf<'training.show'>['members'] }) {
  if (!members.length) return null;
  return (
    <p className="small">
      {words.madeOf}{' '}
      {members.map(({ run, family, weight }, i) => (
        <span key={run}>
          {i ? ', ' : ''}
          {family} <a href={`#${pathOf('runs', run)}`}>{run}</a>
          {weight === null ? '' : ` (${words.weight} ${formatNumber(weight)})`}
        </span>
      ))}
    </p>
  );
}
