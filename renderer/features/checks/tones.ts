import type { CheckResult, SuiteVerdict } from '../../../preload/contract/checks.ts';
import type { Tone } from '../../ui/state/seal.tsx';

/** What a verdict and a severity look like. */
export const verdictTones: Readonly<Record<SuiteVerdict, Tone>> = {
  passed: 'good',
  noted: 'plain',
  warned: 'warn',
  blocked: 'bad',
};
export const severityTones: Readonly<Record<CheckResult['severity'], Tone>> = {
  note: 'plain',
  warn: 'warn',
  block: 'bad',
};
