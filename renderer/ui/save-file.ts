/** Lets the person save what an address (`data:` or `blob:`) holds. */
export function saveFile(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
