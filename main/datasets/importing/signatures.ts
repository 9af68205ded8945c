/** Whether bytes begin with these ASCII characters. */
export function startsWith(bytes: Uint8Array, text: string): boolean {
  return (
    bytes.length >= text.length &&
    Array.from(text).every((character, i) => bytes[i] === character.charCodeAt(0))
  );
}
