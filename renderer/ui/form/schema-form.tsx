import type { JsonSchema } from './json-schema.ts';
import { SchemaField } from './schema-field.tsx';
import { words } from './words.ts';
import './schema-form.css';

export type Values = Readonly<Record<string, unknown>>;

interface Props {
  readonly schema: JsonSchema;
  /** Only what differs from the defaults. */
  readonly values: Values;
  /** `undefined`: back to the default. */
  readonly onChange: (name: string, value: unknown) => void;
  /** Problems by the name of the parameter. */
  readonly problems?: Readonly<Record<string, string>>;
  /** What a default comes to here, where it depends on the data. */
  readonly resolved?: Values;
  readonly skip?: readonly string[];
}

/** A form made of a schema's properties: nothing in it is written for one kind of model. */
export function SchemaForm({ schema, values, onChange, problems = {}, resolved = {}, skip = [] }: Props) {
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => !skip.includes(name));
  if (!entries.length) return <p className="small dim">{words.nothing}</p>;
  return (
    <div className="schema-form">
      {entries.map(([name, property]) => (
        <SchemaField
          key={name}
          name={name}
          schema={property}
          value={values[name]}
          standard={resolved[name] ?? property.default}
          onChange={(value) => onChange(name, value)}
          {...(problems[name] === undefined ? {} : { problem: problems[name] })}
        />
      ))}
    </div>
  );
}
