import { Eye, EyeOff } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { words } from './words.ts';

type Family = OutputOf<'recipes.families'>['families'][number];

interface Props {
  readonly families: readonly Family[];
  /** '' while it is not known. */
  readonly task: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (id: string) => void;
}

/** Each kind of model says what it is good for and whether a person can read it. */
export function FamilyChooser({ families, task, value, problem, onChange }: Props) {
  return (
    <fieldset className="families">
      <legend className="visually-hidden">{words.family.label}</legend>
      {families.map((family) => {
        const fits = !task || family.tasks.includes(task);
        const Icon = family.readable ? Eye : EyeOff;
        return (
          <label
            key={family.id}
            className="families__one"
            data-chosen={family.id === value || undefined}
            data-off={!fits || undefined}
          >
            <input
              type="radio"
              name="family"
              className="visually-hidden"
              checked={family.id === value}
              disabled={!fits}
              onChange={() => onChange(family.id)}
            />
            <span>
              <strong>{family.title}</strong>
              <span
                className="small dim row"
                style={{ gap: 4 }}
                title={family.readable ? words.family.canRead : words.family.cantRead}
              >
                <Icon size={12} aria-hidden />
                {family.readable ? words.family.readable : words.family.notReadable}
              </span>
            </span>
            <span className="small dim">{fits ? family.doc : words.family.doesNot(task)}</span>
          </label>
        );
      })}
      {problem ? <p className="small train__problem">{problem}</p> : null}
    </fieldset>
  );
}
