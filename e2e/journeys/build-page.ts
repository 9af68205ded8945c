import { buildWhenStale } from '../../main/hosts/page-build.ts';

/** The page as it is in the sources, built once for all journeys. */
async function buildPage(): Promise<void> {
  if (!(await buildWhenStale((text) => console.log(text)))) throw new Error('the page could not be built');
}

// oxlint-disable-next-line import/no-default-export -- playwright takes the default export of a set-up file
export default buildPage;
