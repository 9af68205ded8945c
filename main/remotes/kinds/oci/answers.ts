import * as z from 'zod';
import { fail, type Failure } from '../../../../preload/contract/errors.ts';
import type { HttpResponse } from '../../../platform/network/index.ts';
import { redact } from '../../../platform/secrets/index.ts';

const Errors = z.object({
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().optional() })).min(1),
});

/** What a registry says about its refusal, on one line, without control characters and without secrets. */
export async function reasonOf(
  response: HttpResponse,
  secrets: readonly (string | undefined)[],
): Promise<string> {
  let text = '';
  try {
    text = new TextDecoder().decode(await response.bytes(65_536));
  } catch {
    response.discard();
  }
  const said = explain(text) || 'no reason given';
  return redact(said, secrets)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function explain(text: string): string {
  try {
    const { errors } = Errors.parse(JSON.parse(text));
    return errors.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ');
  } catch {
    return text.startsWith('<') ? '' : text;
  }
}

export interface Place {
  readonly host: string;
  readonly repository: string;
  readonly secrets: readonly (string | undefined)[];
}

/** The failure for an answer that is none of those expected. */
export async function refusal(
  response: HttpResponse,
  { host, repository, secrets }: Place,
  action: 'push to' | 'pull from',
  during: string,
): Promise<Failure> {
  const reason = await reasonOf(response, secrets);
  if (response.status === 403) return fail('remote-forbidden', { host, repository, action });
  return fail('remote-refused', { host, status: response.status, reason, during });
}
