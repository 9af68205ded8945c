import { NumberInput, Select, TagsInput } from '@mantine/core';
import type { SpaceOverride } from '../../../preload/contract/sweeps.ts';
import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { metricWords } from '../runs/headline.ts';
import { useSweepDraft, wishOf } from './store.ts';
import { words } from './words.ts';

const { space: text } = words;

type Plan = OutputOf<'sweeps.plan'>;
type FamilySpace = Plan['spaces'][number];
type Dimension = FamilySpace['dimensions'][number];

/** What the described sweep would do, and where it looks: each range can be changed. */
export function SpacePanel() {
  const draft = useSweepDraft();
  const wish = wishOf(draft);
  const { space, ...unchanged } = wish ?? {};
  const usual = useFacts('sweeps.plan', unchanged, { when: wish !== null, keep: true, retry: false });
  const changed = useFacts('sweeps.plan', wish ?? {}, { when: space !== undefined, retry: false });
  if (!wish) return null;
  return (
    <section className="panel" aria-label={text.title}>
      <header>
        <h2>{text.title}</h2>
      </header>
      <div className="body stack">
        <Answer of={usual} what={text.planning} lines={4}>
          {(plan) => (
            <>
              <p className="dim small">{text.about(plan.spaces.length, metricWords(plan.metric))}</p>
              {changed.error ? <ErrorPanel error={changed.error} what={text.planning} /> : null}
              <div>
                {plan.spaces.map((one) => (
                  <FamilyRanges key={one.family} space={one} open={plan.spaces.length <= 2} />
                ))}
              </div>
              {plan.notes.map((note) => (
                <p key={note} className="small dim">
                  {note}
                </p>
              ))}
            </>
          )}
        </Answer>
      </div>
    </section>
  );
}

function FamilyRanges({ space: { family, dimensions, held }, open }: { space: FamilySpace; open: boolean }) {
  const own = useSweepDraft((state) => state.space[family]) ?? {};
  const look = useSweepDraft((state) => state.look);
  const added = held.filter((param) => Object.hasOwn(own, param));
  const left = held.filter((param) => !Object.hasOwn(own, param));
  const changes = Object.keys(own).length;
  return (
    <details className="sweeps__family" open={open}>
      <summary>
        <code>{family}</code>{' '}
        <span className="dim small">{text.varied(dimensions.length + added.length, changes)}</span>
      </summary>
      <div className="sweeps__ranges">
        {dimensions.map((dimension) => (
          <Range
            key={dimension.param}
            family={family}
            param={dimension.param}
            usual={dimension}
            own={own[dimension.param]}
          />
        ))}
        {added.map((param) => (
          <Range key={param} family={family} param={param} usual={undefined} own={own[param]} />
        ))}
        {left.length ? (
          <Select
            aria-label={text.addTo(family)}
            placeholder={text.add}
            data={left}
            value={null}
            searchable
            onChange={(param) => param !== null && look(family, param, [])}
          />
        ) : null}
      </div>
    </details>
  );
}

interface RangeProps {
  readonly family: string;
  readonly param: string;
  /** Where the schema says to look; undefined for a parameter that is usually held. */
  readonly usual: Dimension | undefined;
  readonly own: SpaceOverride | undefined;
}

function Range({ family, param, usual, own }: RangeProps) {
  const look = useSweepDraft((state) => state.look);
  const set = (where: SpaceOverride | undefined): void => look(family, param, where);
  return (
    <div className="sweeps__range" role="group" aria-label={`${family} ${param}`}>
      <span className="sweeps__param">
        <code>{param}</code>
        {own === undefined ? null : (
          <button type="button" className="schema-form__reset" onClick={() => set(undefined)}>
            {usual ? text.reset : text.remove}
          </button>
        )}
      </span>
      <RangeFields param={param} where={own ?? plain(usual)} set={set} />
    </div>
  );
}

interface FieldsProps {
  readonly param: string;
  readonly where: SpaceOverride;
  readonly set: (where: SpaceOverride) => void;
}

function RangeFields({ param, where, set }: FieldsProps) {
  if (Array.isArray(where) || 'values' in where) {
    const values = Array.isArray(where) ? where : where.values;
    return (
      <TagsInput
        className="sweeps__values"
        aria-label={text.valuesOf(param)}
        placeholder={values.length ? '' : text.values}
        value={values.map((value) => JSON.stringify(value))}
        splitChars={[]}
        onChange={(written) => set(written.map(readValue))}
      />
    );
  }
  const { from, to, scale = 'linear' } = where;
  const end = (label: string, value: number, put: (value: number) => void) => (
    <NumberInput
      aria-label={`${label} ${param}`}
      value={value}
      onChange={(next) => typeof next === 'number' && put(next)}
    />
  );
  return (
    <>
      {end(text.from, from, (next) => set({ from: next, to, scale }))}
      {end(text.to, to, (next) => set({ from, to: next, scale }))}
      <Select
        aria-label={text.scaleOf(param)}
        data={[
          { value: 'linear', label: text.linear },
          { value: 'log', label: text.log },
        ]}
        value={scale}
        allowDeselect={false}
        onChange={(next) => set({ from, to, scale: next === 'log' ? 'log' : 'linear' })}
      />
    </>
  );
}

function plain(dimension: Dimension | undefined): SpaceOverride {
  if (!dimension) return [];
  if (dimension.kind === 'choice') return dimension.values;
  const { from, to, scale } = dimension;
  return { from, to, scale };
}

/** `3`, `true`, `null` and `[8, 4]` are what they look like; anything else is a word. */
function readValue(written: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return written;
  }
}
