import { isIPv4, isIPv6 } from 'node:net';
import { defineDetector } from './detector.ts';

/** IPv4 or IPv6. Four small numbers with dots are as well a version, unless the column's name says otherwise. */
export const ipAddress = defineDetector({
  id: 'ip-address',
  title: 'IP address',
  proof: 'shape',
  names: /\b(?:ip|ipv[46]|ip ?addr(?:ess)?|remote ?addr|client ?ip)\b/,
  types: ['utf8'],
  matches(value, named) {
    if (isIPv4(value))
      return (
        named || value.split('.').filter((part) => Number(part) > 31).length > 0 || value.startsWith('10.')
      );
    return isIPv6(value) && value !== '::' && (named || value.split(':').filter(Boolean).length > 2);
  },
  mask: (value) => (value.includes('.') ? `${value.slice(0, 1)}***` : `${value.slice(0, 1)}***:***`),
  samples: ['192.168.1.20', '8.8.8.8', '2001:db8::ff00:42:8329', 'fe80::1'],
  others: ['256.1.1.1', '1.2.3', '1.2.3.4.5', '12:30:45', '1.2.3.4-beta'],
});
