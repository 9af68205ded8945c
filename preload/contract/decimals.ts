/** Units of a decimal's last place as people write the number, with all its places: -5 with two is `-0.05`. */
export function decimalText(units: bigint, scale: number): string {
  if (scale === 0) return String(units);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The units of a decimal in an Arrow table: two's complement in words of 32 bits, the least significant first. */
export function unitsOfWords(words: Uint32Array): bigint {
  const units = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(32 * words.length, units);
}
