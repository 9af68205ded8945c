/** Methods whose input names a person: no word of it is kept. */
const discreet = new Set(['privacy.find', 'privacy.erase']);

/** One line for the list of jobs, from a method and its input; the call itself may say it better later (`context.about`). */
export function titleOf(method: string, input: unknown): string {
  const { password: _, ...shown } = input as Record<string, unknown>;
  const values = Object.values(shown).filter(
    (value): value is string => typeof value === 'string' && value.length < 200 && !value.includes('\n'),
  );
  const verb = method.replace('.', ' ');
  if (discreet.has(method)) return verb;
  // The address of a database may hold a password.
  const words = values.map((value) => value.replace(/(:\/\/[^/:@]*):[^@/]*@/, '$1@'));
  return values.length ? `${verb}: ${words.join(' to ')}` : verb;
}
