/** Failures of what carries calls, before any method runs. */
export const hostFailures = {
  'host-refused': (d: { host: string }) =>
    `this server answers only to its own address on this computer, not to "${d.host}"`,
  'origin-refused': (d: { origin: string }) => `requests from "${d.origin}" are not allowed`,
  'session-needed': (d: { page: string }) =>
    `${d.page} is not signed in to Holdfast any more; open it again with a new one-time address from the terminal`,
  'launch-token-spent': (d: { seconds: number }) =>
    `this one-time address was used already or is older than ${d.seconds} seconds; press Enter in the terminal for a new one`,
  'request-malformed': (d: { reason: string }) => `the request can't be read: ${d.reason}`,
  'request-too-large': (d: { limit: number }) =>
    `the request is larger than the ${d.limit.toLocaleString('en-US')} bytes allowed`,
  'request-too-slow': (d: { seconds: number }) => `the request did not arrive within ${d.seconds} seconds`,
  'too-busy': (d: { limit: number }) => `${d.limit} calls are under way already; try again in a moment`,
  'route-unknown': (d: { method: string; path: string }) => `there is nothing at ${d.method} ${d.path}`,
  'port-taken': (d: { port: number }) =>
    `port ${d.port} is used by another program; leave out --port, or name a free one`,
  'page-not-built': (d: { how: string }) => `the page has not been built yet; ${d.how}`,
};
