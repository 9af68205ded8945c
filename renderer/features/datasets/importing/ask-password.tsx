import { Button, PasswordInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { words } from './words.ts';

interface Props {
  readonly error: unknown;
  readonly onGive: (password: string) => void;
  /** What is shown for every other error. */
  readonly children: ReactNode;
}

const LoginRefused = z.object({
  code: z.literal('database-login'),
  details: z.object({ address: z.string(), reason: z.string() }),
});

/** A database that wants a login asks for the password, which is used for this import and kept nowhere. */
export function AskPassword({ error, onGive, children }: Props) {
  const [password, setPassword] = useState('');
  const refused = LoginRefused.safeParse(error);
  if (!refused.success) return children;
  const { address, reason } = refused.data.details;
  return (
    <form
      className="import__tables"
      aria-label={words.password}
      onSubmit={(event) => {
        event.preventDefault();
        onGive(password);
        setPassword('');
      }}
    >
      <p role="alert">{words.refused(address, reason)}</p>
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <PasswordInput
          label={words.password}
          description={words.passwordAbout}
          value={password}
          autoComplete="off"
          w={320}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={password === ''}>
          {words.logIn}
        </Button>
      </div>
    </form>
  );
}
