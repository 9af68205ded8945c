/** The command was not spelled right: exit code 2. */
export class UsageError extends Error {}
