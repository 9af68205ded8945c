import { Button, TextInput } from '@mantine/core';
import { useBackend } from '../../api/context.ts';
import { words } from './words.ts';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly what: 'file' | 'folder' | 'new-folder';
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (path: string) => void;
}

/** A path on this computer: typed, or chosen in the system's dialog where there is one. */
export function PathInput({ label, description, what, value, placeholder, onChange }: Props) {
  const { choose } = useBackend();
  return (
    <div className="row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap' }}>
      <TextInput
        className="grow"
        label={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        {...(description ? { description } : {})}
        {...(placeholder ? { placeholder } : {})}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {choose ? (
        <Button mt={20} onClick={() => void choose(what).then((path) => (path ? onChange(path) : undefined))}>
          {words.choose}
        </Button>
      ) : null}
    </div>
  );
}
