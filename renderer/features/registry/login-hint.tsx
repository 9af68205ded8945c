import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { troubleOf } from '../../ui/state/error-advice.ts';

/** Where a registry wants a login: the way to give one, kept in this computer's keychain. */
export function LoginHint({ error }: { error: unknown }) {
  const { code, details } = troubleOf(error);
  const host = details['host'];
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const login = useCall('remotes.login', () => setPassword(''));
  if ((code !== 'remote-unauthorized' && code !== 'remote-forbidden') || typeof host !== 'string')
    return null;
  return (
    <div className="stack" style={{ gap: 8, minWidth: 260 }}>
      <TextInput
        label={`User name for ${host}`}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        description="Kept in this computer's keychain, nowhere else."
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className="row">
        <Button
          disabled={!username || !password}
          loading={login.isPending}
          onClick={() => login.mutate({ host, username, password })}
        >
          Log in
        </Button>
        {login.data ? <span role="status">Kept in {login.data.kept}; try again now.</span> : null}
      </div>
      {login.error ? <ErrorPanel error={login.error} what="Logging in" /> : null}
    </div>
  );
}
