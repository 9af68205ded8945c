import { ActionIcon, Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { problemsByKey, problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly schema: readonly Field[];
  readonly problems: readonly RecipeProblem[];
}

/** Which columns of other datasets stand beside the data's own, and by which key. */
export function JoinForm({ recipe, schema, problems }: Props) {
  const { set, dataset } = useTrainDraft();
  const joins = Array.isArray(recipe['join']) ? (recipe['join'] as RecipeObject[]) : [];
  const known = useFacts('datasets.list', {}).data?.datasets.map(({ name }) => name) ?? [];
  const others = known.filter((name) => name !== dataset.split('@')[0]);
  return (
    <section className="panel">
      <header>
        <h2 className="grow">{words.join.heading}</h2>
        <Button
          leftSection={<Plus size={14} aria-hidden />}
          disabled={others.length === 0}
          onClick={() => set(['join', joins.length], { dataset: others[0], on: {} })}
        >
          {words.join.add}
        </Button>
      </header>
      <div className="body stack">
        {joins.length ? null : <p className="small dim">{words.join.none}</p>}
        {joins.map((join, i) => (
          // A join has no other identity than its place.
          <JoinCard
            key={i}
            at={i}
            join={join}
            others={others}
            here={schema.map(({ name }) => name)}
            problems={problems}
          />
        ))}
        {problems.some(({ path }) => path === 'join') ? (
          <p className="small train__problem" role="alert">
            {problems.find(({ path }) => path === 'join')?.message}
          </p>
        ) : null}
      </div>
    </section>
  );
}

interface CardProps {
  readonly at: number;
  readonly join: RecipeObject;
  readonly others: readonly string[];
  /** Columns of the data. */
  readonly here: readonly string[];
  readonly problems: readonly RecipeProblem[];
}

const aggregates = ['mean', 'sum', 'min', 'max', 'count'] as const;

function JoinCard({ at, join, others, here, problems }: CardProps) {
  const set = useTrainDraft((state) => state.set);
  const dataset = typeof join['dataset'] === 'string' ? join['dataset'] : null;
  const shown = useFacts('datasets.show', { dataset: dataset ?? '' }, { when: dataset !== null });
  const there = shown.data?.schema.map(({ name }) => name) ?? [];
  const on = Object.entries((join['on'] ?? {}) as RecipeObject);
  const pairs = on.length ? on : [['', '']];
  const wrong = problemsByKey(problems, `join[${at}]`);
  const whole = problems.find(({ path }) => path === `join[${at}]`)?.message;
  const setPair = (index: number, pair: readonly [string, unknown]) =>
    set(
      ['join', at, 'on'],
      Object.fromEntries(pairs.map((one, i) => (i === index ? pair : one)).filter(([name]) => name !== '')),
    );
  const free = here.filter((name) => !on.some(([key]) => key === name));
  return (
    <div className="steps__card" role="group" aria-label={dataset ?? words.join.unnamed}>
      <div className="row steps__head">
        <strong className="grow">{dataset ?? words.join.unnamed}</strong>
        <ActionIcon
          aria-label={words.join.remove(dataset ?? words.join.unnamed)}
          onClick={() => set(['join', at], undefined)}
        >
          <X size={14} aria-hidden />
        </ActionIcon>
      </div>
      <div className="train__fields">
        <Select
          label={words.join.dataset}
          description={words.join.datasetAbout}
          data={dataset !== null && !others.includes(dataset) ? [...others, dataset] : [...others]}
          value={dataset}
          searchable
          allowDeselect={false}
          error={wrong['dataset'] ?? wrong['snapshot'] ?? whole}
          onChange={(name) => {
            set(['join', at, 'dataset'], name ?? undefined);
            for (const key of ['snapshot', 'columns'])
              if (join[key] !== undefined) set(['join', at, key], undefined);
          }}
        />
        {pairs.map(([left = '', right], i) => (
          <KeyPair
            // The key's place, for the names change while it is chosen.
            key={i}
            at={i}
            left={left}
            right={typeof right === 'string' && right !== '' ? right : null}
            here={left === '' ? free : [left, ...free]}
            there={there}
            problem={i === 0 ? wrong['on'] : undefined}
            onChange={(pair) => setPair(i, pair)}
          />
        ))}
        <MultiSelect
          label={words.join.columns}
          description={words.join.columnsAbout}
          placeholder={words.join.all}
          data={there.filter((name) => !on.some(([, key]) => key === name))}
          value={Array.isArray(join['columns']) ? join['columns'].map(String) : []}
          searchable
          hidePickedOptions
          error={problemText(problems, `join[${at}].columns`)}
          onChange={(chosen) => set(['join', at, 'columns'], chosen.length ? chosen : undefined)}
        />
        <TextInput
          label={words.join.prefix}
          description={words.join.prefixAbout}
          spellCheck={false}
          value={typeof join['prefix'] === 'string' ? join['prefix'] : ''}
          error={wrong['prefix']}
          onChange={({ currentTarget: { value } }) => set(['join', at, 'prefix'], value || undefined)}
        />
        <Select
          label={words.join.aggregate}
          data={[
            { value: '', label: words.join.aggregates.refuse },
            ...aggregates.map((value) => ({ value, label: words.join.aggregates[value] })),
          ]}
          value={typeof join['aggregate'] === 'string' ? join['aggregate'] : ''}
          allowDeselect={false}
          error={wrong['aggregate']}
          onChange={(value) => set(['join', at, 'aggregate'], value || undefined)}
        />
      </div>
      {on.length > 0 && free.length > 0 ? (
        <div>
          <Button
            size="compact-xs"
            onClick={() => {
              const next = free[0];
              if (next !== undefined) set(['join', at, 'on', next], there.includes(next) ? next : '');
            }}
          >
            {words.join.more}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface PairProps {
  readonly at: number;
  readonly left: string;
  readonly right: string | null;
  readonly here: readonly string[];
  readonly there: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (pair: readonly [string, unknown]) => void;
}

/** A column here and the column there that equals it; the one of the same name is proposed. */
function KeyPair({ at, left, right, here, there, problem, onChange }: PairProps) {
  return (
    <>
      <Select
        label={words.join.here(at)}
        description={words.join.hereAbout}
        data={[...here]}
        value={left || null}
        searchable
        clearable={at > 0}
        error={problem}
        onChange={(name) =>
          onChange([name ?? '', right ?? (name !== null && there.includes(name) ? name : '')])
        }
      />
      <Select
        label={words.join.there(at)}
        description={words.join.thereAbout}
        data={[...there]}
        value={right}
        disabled={left === ''}
        searchable
        allowDeselect={false}
        onChange={(name) => onChange([left, name ?? ''])}
      />
    </>
  );
}
