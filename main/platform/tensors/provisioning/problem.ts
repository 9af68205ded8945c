/** Why an engine cannot be had here: what is missing and what the user can do. Never ends an installation. */
export class EngineProblem extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineProblem';
    this.remedy = remedy;
  }
}
