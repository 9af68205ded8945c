/** A column's type; of a long list of levels the beginning. */
export function typeText(type: string): string {
  return type.length > 60 ? `${type.slice(0, 59)}…` : type;
}
