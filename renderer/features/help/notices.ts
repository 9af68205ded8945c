/** As the build writes it; see `main/packaging/licences.ts`. */
export interface Notices {
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string | null;
    readonly text: number | null;
  }[];
  readonly texts: readonly string[];
}

/** The file beside the page. */
export async function readNotices({ signal }: { readonly signal: AbortSignal }): Promise<Notices> {
  const response = await fetch('./licences.json', { signal });
  if (!response.ok)
    throw new Error(`licences.json is not beside the page (${response.status}); build it again`);
  return (await response.json()) as Notices;
}
