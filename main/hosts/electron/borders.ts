/** The page's own origin: neither a file nor a server, so that nothing else can be it. */
export const pageOrigin = 'holdfast://app';
export const pageAddress = `${pageOrigin}/index.html`;

/** Whether an address is a file of our own page. A link of ours (`holdfast://ws_...`) is not. */
export function isOurs(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`);
}

/** Whether a request may be made: for our own page's files, what the page made itself, and the developer tools. */
export function mayRequest(address: string): boolean {
  return isOurs(address) || /^(?:blob|data|devtools):/.test(address);
}

/** The one thing the page may ask of the system: to put text on the clipboard at a click. */
export function mayHave(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

/** The page saves what it made itself (a CSV, a picture) and nothing from elsewhere. */
export function maySave(address: string): boolean {
  return address.startsWith(`blob:${pageOrigin}`);
}
