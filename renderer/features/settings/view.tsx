import { Button, SegmentedControl, Select, Switch, useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { createUndoStack, useUndo } from '../../ui/actions/undo.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import {
  changeLanguage,
  changeSettings,
  useSettings,
  usualSettings,
  type Settings,
} from '../../ui/state/settings.ts';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { isLanguage, languages, systemLanguage } from '../../ui/text/language.ts';
import { words } from './words.ts';
import './settings.css';

/** How the page looks and speaks. Every change shows at once, and can be undone. */
export function SettingsView() {
  const settings = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  const undo = useMemo(() => createUndoStack(), []);
  useUndo(undo);
  const apply = (change: Partial<Settings>) => {
    changeSettings(change);
    if (change.theme) setColorScheme(change.theme);
  };
  const change = (label: string, wanted: Partial<Settings>) => {
    const before = { ...useSettings.getState() };
    apply(wanted);
    undo.add({ label: words.change(label), undo: () => apply(before), redo: () => apply(wanted) });
  };
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={[words.facts]}
        actions={
          <Button onClick={() => change(words.title, { ...usualSettings, language: settings.language })}>
            {words.usual}
          </Button>
        }
      />
      <div className="settings">
        <section className="panel">
          <header>
            <h2>{words.look}</h2>
          </header>
          <div className="body stack">
            <Choice
              label={words.theme}
              names={words.themes}
              value={settings.theme}
              onChange={(theme) => change(words.theme, { theme })}
            />
            <Choice
              label={words.density}
              names={words.densities}
              value={settings.density}
              onChange={(density) => change(words.density, { density })}
            />
            <Choice
              label={words.text}
              names={words.texts}
              value={settings.text}
              onChange={(text) => change(words.text, { text })}
            />
            <Select
              label={words.language}
              description={words.languageAbout}
              data={[
                { value: 'system', label: words.systemLanguage(languages[systemLanguage()]) },
                ...Object.entries(languages).map(([value, label]) => ({ value, label })),
              ]}
              value={settings.language ?? 'system'}
              allowDeselect={false}
              onChange={(value) => void changeLanguage(isLanguage(value) ? value : null)}
            />
          </div>
        </section>
        <div className="stack">
          <section className="panel">
            <header>
              <h2>{words.telling}</h2>
            </header>
            <div className="body stack">
              <Switch
                label={words.notices}
                description={words.noticesAbout}
                checked={settings.notices}
                onChange={(event) => change(words.notices, { notices: event.currentTarget.checked })}
              />
              <p className="dim small">{words.keys}</p>
            </div>
          </section>
          <Sample />
        </div>
      </div>
    </PageBody>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly names: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, names, value, onChange }: ChoiceProps<Value>) {
  const data = (Object.keys(names) as Value[]).map((one) => ({ value: one, label: names[one] }));
  return (
    <div>
      <div className="settings__label" aria-hidden>
        {label}
      </div>
      <SegmentedControl<Value>
        withItemsBorders={false}
        aria-label={label}
        data={data}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

const sampleRows = [
  { name: 'price', type: words.number, missing: 0 },
  { name: 'sqft', type: words.number, missing: 12 },
  { name: 'city', type: words.category, missing: 0 },
];

/** A table as tables look now. */
function Sample() {
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h2>{words.sample}</h2>
      <DenseTable
        label={words.sample}
        rows={sampleRows}
        keyOf={(row) => row.name}
        columns={[
          { id: 'name', title: words.column, render: (row) => row.name },
          { id: 'type', title: words.type, render: (row) => row.type },
          { id: 'missing', title: words.missing, align: 'right', render: (row) => String(row.missing) },
        ]}
      />
    </section>
  );
}
