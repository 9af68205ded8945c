"""What drift.bench.ts compares with, as a whole process: `python3 drift_evidently.py REFERENCE.parquet OTHER.parquet`. Evidently's data drift preset
over all columns, its figures as a dictionary, without HTML. Prints seconds from the files to the figures, libraries loaded, and the version."""

import json
import sys
import time

import evidently
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

start = time.perf_counter()
reference, other = (pd.read_parquet(path) for path in sys.argv[1:3])
numbers = [name for name in reference if pd.api.types.is_numeric_dtype(reference[name])]
texts = [name for name in reference if pd.api.types.is_string_dtype(reference[name])]
definition = DataDefinition(numerical_columns=numbers, categorical_columns=texts)
made = [Dataset.from_pandas(table[numbers + texts], data_definition=definition) for table in (other, reference)]
found = Report([DataDriftPreset()]).run(*made).dict()
print(json.dumps({"seconds": time.perf_counter() - start, "version": f"Evidently {evidently.__version__}", "columns": len(numbers) + len(texts), "metrics": len(found["metrics"])}))
