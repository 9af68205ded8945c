import { parseDocument, stringify } from 'yaml';
import * as z from 'zod';
import { Severity, type SuiteCheck } from '../../../preload/contract/checks.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { inputWords } from '../../../preload/contract/issue-words.ts';
import { expectations, findExpectation } from '../expectations/index.ts';

/** Checks that DuckDB answers: the query must return no row. */
export const sqlParams = z.object({
  sql: z.string().min(1).meta({
    title: 'SQL',
    description: 'a SELECT over "data" (this version) and other datasets that must return no row',
  }),
});

const kindIds = [...expectations.map(({ id }) => id), 'sql'];

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Parameters of a kind, or undefined for one that is not known. */
function paramsOf(kind: string): z.ZodObject | undefined {
  return kind === 'sql' ? sqlParams : findExpectation(kind)?.params;
}

/**
 * A suite from YAML text or plain data: `checks`, a list of `{check, severity, ...parameters}`. Severity is `warn` where it isn't
 * said. Throws `suite-unreadable` with every problem.
 */
export function readSuite(input: unknown, where = 'it'): SuiteCheck[] {
  const data = typeof input === 'string' ? readYaml(input, where) : input;
  const list = Array.isArray(data) ? data : (data as { checks?: unknown } | null)?.checks;
  if (!Array.isArray(list)) {
    throw unreadable(where, [{ path: '', message: 'expected "checks:" and a list of checks' }]);
  }
  const problems: Problem[] = [];
  const checks = list.map((entry: unknown, i) => readCheck(entry, `checks[${i}]`, problems));
  if (problems.length > 0) throw unreadable(where, problems);
  return checks;
}

function readYaml(text: string, where: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true, schema: 'core' });
  const [fault] = document.errors;
  if (fault)
    throw unreadable(where, [{ path: '', message: fault.message.split('\n')[0] ?? 'it is no YAML' }]);
  return document.toJS({ maxAliasCount: 0 }) as unknown;
}

function readCheck(entry: unknown, path: string, problems: Problem[]): SuiteCheck {
  const nothing: SuiteCheck = { check: '', severity: 'warn' };
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    problems.push({ path, message: 'expected "check:" and its parameters' });
    return nothing;
  }
  const { check, severity = 'warn', ...params } = entry as Record<string, unknown>;
  const schema = typeof check === 'string' ? paramsOf(check) : undefined;
  if (typeof check !== 'string' || !schema) {
    problems.push({
      path: `${path}.check`,
      message: `expected one of ${kindIds.join(', ')}, got ${shown(check)}`,
    });
    return nothing;
  }
  const grave = Severity.safeParse(severity);
  if (!grave.success) {
    problems.push({
      path: `${path}.severity`,
      message: `expected note, warn or block, got ${shown(severity)}`,
    });
  }
  const parsed = schema.strict().safeParse(params, { error: inputWords });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const at = [path, ...issue.path.map(String)].join('.');
      problems.push({ path: at, message: issue.message });
    }
    return nothing;
  }
  return { check, severity: grave.data ?? 'warn', ...parsed.data };
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function unreadable(where: string, problems: readonly Problem[]) {
  return fail('suite-unreadable', { where, problems: [...problems] });
}

export function suiteYaml(checks: readonly SuiteCheck[]): string {
  return stringify({ checks }, { lineWidth: 0, schema: 'core' });
}

/** What a check expects, in words. */
export function sentenceOf({ check, ...params }: SuiteCheck): string {
  if (check === 'sql') return `no row is returned by ${String(params['sql'])}`;
  const kind = findExpectation(check);
  return kind ? kind.says(kind.params.parse(params)) : check;
}
