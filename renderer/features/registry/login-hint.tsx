import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { troubleOf } from '../../ui/state/error-advice.ts';
import { words } from './words.ts';

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
        label={words.login.user(host)}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.login.password}
        description={words.login.passwordAbout}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className="row">
        <Button
          disabled={!username || !password}
          loading={login.isPending}
          onClick={() => login.mutate({ host, username, password })}
        >
          {words.login.logIn}
        </Button>
        {login.data ? <span role="status">{words.login.kept(login.data.kept)}</span> : null}
      </div>
      {login.error ? <ErrorPanel error={login.error} what={words.login.what} /> : null}
    </div>
  );
}
