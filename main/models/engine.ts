import type { Engine } from '../../preload/contract/common.ts';

/** The engine of families that compute in plain JavaScript. Math.exp and its like may change with V8. */
export function javascriptEngine(): Engine {
  return {
    id: 'javascript',
    version: process.versions.v8,
    detail: `node ${process.versions.node}, ${process.platform} ${process.arch}, one thread`,
  };
}
