/** The OCI distribution specification's grammar for tags; folders keep to it too. */
const tagForm = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** Why a text is no tag; undefined when it is one. */
export function tagProblem(tag: string): string | undefined {
  if (tagForm.test(tag)) return undefined;
  return `"${tag}" is no tag (1 to 128 of A-Z a-z 0-9 _ . - and no . or - first)`;
}
