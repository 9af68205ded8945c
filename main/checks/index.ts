export { checkService } from './service.ts';
export { checkedImport } from './suites/service.ts';
export { refuseBlocked } from './suites/store.ts';
export { createPrivacyService } from './privacy/service.ts';
export { isMissing, textOf as cellText } from './expectations/values.ts';
export { binColumn, type BinnedColumn } from './compare/bins.ts';
