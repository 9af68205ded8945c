"""Writes the sample files of the conformance battery: one table of 100 rows in every format, and one with types that are widened.

    python3 write.fixture.py      (made with pyarrow 26.0.1, pandas 3.1.1, polars 2.1.0, zstandard, duckdb 1.2.2, openpyxl 3.1.5)
"""
import csv, datetime as d, decimal, gzip, json, random, sqlite3
from pathlib import Path

import duckdb, openpyxl, polars, pyarrow as pa, pyarrow.feather as feather, pyarrow.ipc as ipc, pyarrow.parquet as pq, zstandard

here = Path(__file__).parent
utc = d.timezone.utc
pick = random.Random(7)
often = lambda value: None if pick.random() < 0.1 else value
rows = [
    {
        "flag": often(pick.random() < 0.5),
        "count": often(pick.randint(-(2**62), 2**62)),
        "share": often(pick.random() * 10 - 5),
        "name": often(pick.choice(["Ada", 'Bob, "x"', "ünï\ncode", "a text too long to stand in a view"])),
        "city": pick.choice(["Oslo", "Paris", "Rome"]),
        "day": often(d.date(1900, 1, 1) + d.timedelta(pick.randint(0, 60000))),
        "at": often(d.datetime(1950, 1, 1) + d.timedelta(microseconds=pick.randint(0, 10**15))),
        "zoned": often(d.datetime(1990, 1, 1, tzinfo=utc) + d.timedelta(seconds=pick.randint(0, 10**9))),
    }
    for _ in range(100)
]
schema = pa.schema(
    [("flag", pa.bool_()), ("count", pa.int64()), ("share", pa.float64()), ("name", pa.utf8()), ("city", pa.utf8()),
     ("day", pa.date32()), ("at", pa.timestamp("us")), ("zoned", pa.timestamp("us", "UTC"))]
)
table = pa.Table.from_pylist(rows, schema=schema)

def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, d.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, d.date) else repr(value) if isinstance(value, float) else str(value)

with open(here / "table.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([schema.names, *([text(row[name]) for name in schema.names] for row in rows)])
plain = (here / "table.csv").read_bytes()
for stale in [*here.glob('table.sqlite'), *here.glob('table.duckdb')]:
    stale.unlink()
(here / "table.csv.gz").write_bytes(gzip.compress(plain, mtime=0))
(here / "table.csv.zst").write_bytes(zstandard.compress(plain))
records = [{k: text(v) if isinstance(v, d.date) else v for k, v in row.items()} for row in rows]
(here / "table.json").write_text(json.dumps(records))
(here / "table.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
pq.write_table(table, here / "table.parquet")
pq.write_table(table, here / "groups.parquet", row_group_size=30, compression="zstd", use_dictionary=False)
with ipc.new_file(here / "table.arrow", schema) as writer:
    writer.write_table(table, max_chunksize=33)
with ipc.new_stream(here / "table.arrows", schema) as writer:
    writer.write_table(table)
feather.write_feather(table, here / "lz4.feather", compression="lz4")
feather.write_feather(table, here / "zstd.feather", compression="zstd")
categories = table.set_column(4, "city", table["city"].dictionary_encode()).set_column(3, "name", table["name"].cast(pa.large_utf8()))
feather.write_feather(categories, here / "categories.feather", compression="uncompressed")
polars.from_arrow(table).write_ipc(here / "polars.arrow", compat_level=polars.CompatLevel.newest(), compression="zstd")

with sqlite3.connect(here / "table.sqlite") as database:
    database.execute('CREATE TABLE "table" (flag BOOLEAN, count INTEGER, share REAL, name TEXT, city TEXT, day DATE, at DATETIME, zoned DATETIME)')
    iso = lambda value: text(value) if isinstance(value, d.date) else value
    database.executemany('INSERT INTO "table" VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [[iso(row[name]) for name in schema.names] for row in rows])
    database.execute('CREATE VIEW oslo AS SELECT * FROM "table" WHERE city = \'Oslo\'')
with duckdb.connect() as database:
    database.execute(f"ATTACH '{here / 'table.duckdb'}' AS made (BLOCK_SIZE 16384)")
    database.execute("CREATE TABLE made.source AS SELECT * FROM read_parquet(?)", [str(here / "table.parquet")])

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "People & places"
sheet.append(["name", "count", "share", "flag", "day", "at", "mixed"])
for i in range(20):
    sheet.append([f"p{i}" if i % 5 else None, i, i / 4, i % 2 == 0, d.date(2024, 2, 1) + d.timedelta(i), d.datetime(2024, 2, 1, 9, 30) + d.timedelta(i), i if i % 2 else f"t{i}"])
other = book.create_sheet("numbers")
for i in range(5):
    other.append([i, i + 0.5])
book.save(here / "book.xlsx")

many = pa.table(
    {
        "int8": pa.array([1, -2, None], pa.int8()), "uint32": pa.array([1, 2**32 - 1, None], pa.uint32()),
        "uint64": pa.array([1, 2**63 - 1, None], pa.uint64()), "float32": pa.array([1.5, None, float("nan")], pa.float32()),
        "money": pa.array([decimal.Decimal("1.50"), None, decimal.Decimal("-2.25")]),
        "units": pa.array([decimal.Decimal("12"), None, decimal.Decimal("-7")], pa.decimal128(9, 0)),
        "size": pa.array(["s", "m", None]).dictionary_encode(), "second": pa.array([d.datetime(2024, 1, 1), None, None], pa.timestamp("s")),
        "nano": pa.array([d.datetime(2024, 1, 1, 0, 0, 0, 7), None, None], pa.timestamp("ns")),
        "berlin": pa.array([d.datetime(2024, 1, 1), None, None], pa.timestamp("us", "Europe/Berlin")),
        "clock": pa.array([d.time(9, 30, 0, 500000), None, None], pa.time64("us")), "list": pa.array([[1], None, [2, 3]]),
        "struct": pa.array([{"a": 1}, None, {"a": 2}]), "bytes": pa.array([b"a", None, b"\xff"]),
    }
)
pq.write_table(many, here / "types.parquet")
feather.write_feather(many, here / "types.feather", compression="lz4")

exact = pa.table(
    {
        "amount": pa.array([decimal.Decimal("12345678901234567890123456789.123456789"), decimal.Decimal("-0.000000001"), None], pa.decimal128(38, 9)),
        "price": pa.array([decimal.Decimal("1.50"), None, decimal.Decimal("-99.99")], pa.decimal128(4, 2)),
        "zip": pa.array(["02134", None, "90210"]).dictionary_encode(),
        "size": pa.DictionaryArray.from_arrays(pa.array([2, None, 0], pa.int8()), ["small", "medium", "large"], ordered=True),
    }
)
pq.write_table(exact, here / "exact.parquet")
feather.write_feather(exact, str(here / "exact.feather"), compression="uncompressed")
