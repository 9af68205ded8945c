"""What parquet.bench.ts compares with: pandas reads the file, writes it as another (Parquet or Feather), flushes it to the disk, and hashes it.

    python3 parquet_pandas.py FILE OUT
"""
import hashlib, json, os, sys

import pandas

source, out = sys.argv[1:3]
table = pandas.read_parquet(source) if source.endswith(".parquet") else pandas.read_feather(source)
if out.endswith(".parquet"):
    table.to_parquet(out, compression="zstd", index=False)
else:
    table.to_feather(out)
with open(out, "rb+") as file:
    os.fsync(file.fileno())
    digest = hashlib.file_digest(file, "sha256").hexdigest()
print(json.dumps({"version": pandas.__version__, "rows": len(table), "sha256": digest}))
