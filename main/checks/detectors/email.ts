import { defineDetector } from './detector.ts';

const pattern =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,}$/u;

/** The address in a text, which may say more. */
function addressIn(value: string): string | undefined {
  return value.split(/[\s,;:<>()[\]"]+/).find((part) => part.length <= 254 && pattern.test(part));
}

export const email = defineDetector({
  id: 'email',
  title: 'email address',
  proof: 'format',
  names: /\be ?mail\b/,
  types: ['utf8'],
  matches: (value) => value.includes('@') && addressIn(value) !== undefined,
  mask(value) {
    const [local = '', domain = ''] = (addressIn(value) ?? '').split('@');
    return `${local.slice(0, 1)}***@${domain.slice(0, 1)}***.${domain.split('.').at(-1)}`;
  },
  samples: [
    'ada@example.org',
    'ann.lee+news@mail.example.co.uk',
    'jörg@müller.de',
    'please call ada@example.org',
  ],
  others: ['@handle', 'ada@', 'user@host', 'a@b@c.org', 'ada@example..org', 'size @2.50'],
});
