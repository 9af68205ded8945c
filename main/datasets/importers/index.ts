import type { Importer } from '../importing/importer.ts';
import { arrowImporter } from './arrow/index.ts';
import { duckdbImporter } from './duckdb/index.ts';
import { excelImporter } from './excel/index.ts';
import { jsonImporter } from './json/index.ts';
import { mysqlImporter } from './mysql/index.ts';
import { parquetImporter } from './parquet/index.ts';
import { postgresImporter } from './postgres/index.ts';
import { sqliteImporter } from './sqlite/index.ts';

/** Every format that knows its types, beside CSV and TSV (`delimited`, whose types are inferred). Content decides first, then the name. */
export const importers: readonly Importer[] = [
  parquetImporter,
  arrowImporter,
  sqliteImporter,
  duckdbImporter,
  excelImporter,
  jsonImporter,
  postgresImporter,
  mysqlImporter,
];
