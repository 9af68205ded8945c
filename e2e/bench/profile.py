"""What profile.bench.ts compares with, as a whole process: `python3 profile.py polars|ydata TABLE.parquet`. polars: per column missing, exact
distinct values, the moments and quartiles of `describe`, histograms of the numbers with as many bins as ours, and the ten commonest values of all
columns. ydata: the report of ydata-profiling with `minimal`, without its HTML. Prints seconds from the file to the figures, libraries loaded."""

import json
import sys
import time

tool, source = sys.argv[1:3]
if tool == "polars":
    import polars

    start = time.perf_counter()
    table = polars.read_parquet(source)
    table.describe()
    table.null_count()
    table.select(polars.all().drop_nulls().n_unique())
    for name, kind in table.schema.items():
        if kind.is_numeric():
            table[name].drop_nulls().hist(bin_count=20)
        table[name].value_counts(sort=True).head(10)
    version = f"polars {polars.__version__}"
else:
    import pandas
    import ydata_profiling

    start = time.perf_counter()
    table = pandas.read_parquet(source)
    ydata_profiling.ProfileReport(table, minimal=True, progress_bar=False).get_description()
    version = f"ydata-profiling {ydata_profiling.__version__} (minimal)"
print(json.dumps({"seconds": time.perf_counter() - start, "version": version}))
