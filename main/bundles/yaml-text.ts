import { stringify } from 'yaml';

/** YAML that readers of version 1.1 (Python) and 1.2 (Go) understand alike: what either could take for a date or a yes is quoted. */
export function yamlText(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0, indentSeq: false });
}
