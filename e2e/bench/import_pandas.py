"""What import.bench.ts compares with: pandas reads the CSV with inference, writes an Arrow (Feather) file, flushes it to the disk, and hashes it.

    python3 import_pandas.py FILE.csv OUT.arrow
"""
import hashlib, json, os, sys

import pandas

source, out = sys.argv[1:3]
table = pandas.read_csv(source, parse_dates=["sold_on"])
table.to_feather(out)
with open(out, "rb+") as file:
    os.fsync(file.fileno())
    digest = hashlib.file_digest(file, "sha256").hexdigest()
print(json.dumps({"version": pandas.__version__, "rows": len(table), "sha256": digest}))
