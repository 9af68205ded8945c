/** One facet: what it holds, with who says so and the schema it follows. */
export type Facet = Readonly<Record<string, unknown>>;
export type Facets = Readonly<Record<string, Facet>>;

const spec = 'https://openlineage.io/spec';

/** Facets of the OpenLineage specification 2-0-2 that Holdfast writes, with the versions of their schemas. */
const schemas = {
  schema: 'facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet',
  dataSource: 'facets/1-0-1/DatasourceDatasetFacet.json#/$defs/DatasourceDatasetFacet',
  version: 'facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet',
  datasetType: 'facets/1-0-1/DatasetTypeDatasetFacet.json#/$defs/DatasetTypeDatasetFacet',
  inputStatistics:
    'facets/1-0-0/InputStatisticsInputDatasetFacet.json#/$defs/InputStatisticsInputDatasetFacet',
  outputStatistics:
    'facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet',
  jobType: 'facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet',
  sourceCode: 'facets/1-0-1/SourceCodeJobFacet.json#/$defs/SourceCodeJobFacet',
  processing_engine: 'facets/1-1-1/ProcessingEngineRunFacet.json#/$defs/ProcessingEngineRunFacet',
  executionParameters: 'facets/1-0-0/ExecutionParametersRunFacet.json#/$defs/ExecutionParametersRunFacet',
  errorMessage: 'facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet',
  test: 'facets/1-0-1/TestRunFacet.json#/$defs/TestRunFacet',
  /** Holdfast's own: what the specification has no word for. */
  holdfast: '2-0-2/OpenLineage.json#/$defs/RunFacet',
} as const;

export const runEventSchema = `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`;

export type FacetMaker = (name: keyof typeof schemas, content: Facet) => Facets;

/** Makes facets in the name of a producer; spread them into one object. */
export function createFacets(producer: string): FacetMaker {
  return (name, content) => ({
    [name]: { _producer: producer, _schemaURL: `${spec}/${schemas[name]}`, ...content },
  });
}
