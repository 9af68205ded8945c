import { Button } from '@mantine/core';
import { ArrowLeft, FileDown } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { useBackend } from '../../api/context.ts';
import { useFacts } from '../../api/facts.ts';
import { go } from '../../ui/navigation/router.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { cellsAsText } from '../datasets/table/copy-cells.ts';
import { GridFrame, type GridHandle } from '../datasets/table/grid-frame.tsx';
import { placeColumns } from '../datasets/table/grid-layout.ts';
import { rangeOf, type Selection } from '../datasets/table/selection.ts';
import '../datasets/table/data-grid.css';
import { SaveFailing } from './save-failing.tsx';
import { severityTones } from './tones.ts';
import { words } from './words.ts';

const { failing: text } = words;

interface Props {
  /** `NAME@VERSION` */
  readonly dataset: string;
  /** Number of the check, and of the suite it stands in. */
  readonly rule: string;
  readonly of: number;
}

/** Every row that fails one check, in one scrolled table; and all of them as a file. */
export function FailingRows({ dataset, rule, of }: Props) {
  const found = useFacts('checks.failing', { dataset, rule, of, limit: 1 }, { retry: false });
  const [saving, setSaving] = useState(false);
  const back = `/checks/suite?dataset=${encodeURIComponent(dataset)}`;
  return (
    <div className="stack failing-rows">
      <div className="row">
        <Button leftSection={<ArrowLeft size={14} aria-hidden />} onClick={() => go(back)}>
          {text.back}
        </Button>
        <span className="grow" />
        <Button
          leftSection={<FileDown size={14} aria-hidden />}
          disabled={!found.data?.rows}
          onClick={() => setSaving(true)}
        >
          {text.save}
        </Button>
      </div>
      <SaveFailing asked={{ dataset, rule, of }} opened={saving} onClose={() => setSaving(false)} />
      <Answer of={found} what={text.reading}>
        {(first) => (
          <>
            <p className="row" role="status">
              <Seal
                tone={severityTones[first.check.severity]}
                label={words.leakage.severities[first.check.severity]}
              />
              <span>
                {text.fails(
                  dataset,
                  first.rows.toLocaleString(),
                  first.of.toLocaleString(),
                  first.check.says,
                )}
              </span>
            </p>
            {first.rows > 0 ? <Grid first={first} rule={rule} of={of} /> : null}
          </>
        )}
      </Answer>
    </div>
  );
}

function Grid({ first, rule, of }: { first: OutputOf<'checks.failing'> } & Omit<Props, 'dataset'>) {
  const backend = useBackend();
  const grid = useRef<GridHandle>(null);
  const [selection, setSelection] = useState<Selection | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  const dataset = `${first.dataset}@${first.version}`;
  const looked = useMemo(
    () => ({ dataset, view: {}, schema: first.fields, fails: { rule, of } }),
    [dataset, first.fields, rule, of],
  );
  const numberWidth = Math.max(44, String(first.of).length * 8 + 24);
  const placed = useMemo(
    () => placeColumns(first.fields, { widths: {}, pinned: [], hidden: [] }, numberWidth),
    [first.fields, numberWidth],
  );
  const copy = async (heads: boolean) => {
    const range = selection && rangeOf(selection);
    if (!range) return;
    try {
      const columns = placed.slice(range.left, range.right + 1).map(({ field }) => field);
      await navigator.clipboard.writeText(await cellsAsText(backend, looked, { ...range, columns, heads }));
      setSaid(text.copied);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="data-grid failing-rows__grid">
      {problem ? <ErrorPanel error={problem} what={text.reading} /> : null}
      <div className="data-grid__place">
        <GridFrame
          ref={grid}
          label={text.table(first.check.says)}
          looked={looked}
          asked={looked.view}
          shown={`${dataset} ${rule} ${of}`}
          rows={first.rows}
          placed={placed}
          numberWidth={numberWidth}
          profiles={undefined}
          busy={false}
          selection={selection}
          actions={null}
          onSelect={setSelection}
          onCopy={(heads) => void copy(heads)}
          onError={setProblem}
        />
      </div>
      <p className="small dim" role="status">
        {said}
      </p>
    </div>
  );
}
