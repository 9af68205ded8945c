"""Writes files with decimals and categories, and reads Holdfast's, with pyarrow and pandas.

    python pyarrow.fixture.py write FOLDER
    python pyarrow.fixture.py read FILE ...     one JSON line a file: types, values as text, and what pandas makes of it
"""
import decimal, json, sys

import pyarrow as pa, pyarrow.feather as feather, pyarrow.parquet as pq
from pathlib import Path

amounts = ["12345678901234567890123456789.123456789", "-0.000000001", None, "0", "1.5"]
D = lambda text: None if text is None else decimal.Decimal(text)
exact = decimal.Context(prec=60)


def table():
    sizes = pa.DictionaryArray.from_arrays(pa.array([2, 0, None, 0, 1], pa.int8()), ["small", "medium", "large"], ordered=True)
    # Two batches with the same levels in another order, and a level that never occurs.
    first = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), ["02134", "90210", "never"])
    last = pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.int32()), ["90210", "02134"])
    return pa.table(
        {
            "amount": pa.array([D(a) for a in amounts], pa.decimal128(38, 9)),
            "price": pa.array([D("1.50"), D("-99.99"), None, D("0.01"), D("7.00")], pa.decimal128(4, 2)),
            "zip": pa.chunked_array([first, last]).unify_dictionaries(),
            "size": sizes,
            "code": pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 1, 2], pa.int8()), pa.array([200, 30, -1], pa.int32())),
        }
    )


def write(folder):
    made = table()
    pq.write_table(made, folder / "made.parquet")
    feather.write_feather(made, str(folder / "made.arrow"), compression="lz4")
    with pa.ipc.new_stream(str(folder / "made.arrows"), made.schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as out:
        for batch in made.to_batches(max_chunksize=2):
            out.write_batch(batch)
    wide = pa.table({"amount": pa.array([decimal.Decimal("1" * 50 + ".5")], pa.decimal256(60, 1))})
    pq.write_table(wide, folder / "wide.parquet")
    frame = made.to_pandas()
    frame["size"] = frame["size"].cat.as_ordered()
    frame.to_feather(folder / "pandas.feather")


def read(path):
    got = pq.read_table(path) if path.endswith(".parquet") else feather.read_table(path, memory_map=False)
    frame = got.to_pandas()
    text = lambda value: None if value is None else format(value, "f") if isinstance(value, decimal.Decimal) else str(value)
    kind = lambda series: (f"category, {'ordered' if series.cat.ordered else 'unordered'}" if series.dtype == "category" else str(series.dtype))
    print(json.dumps({
        "types": {field.name: str(field.type).replace(" ", "") for field in got.schema},
        "values": {name: [text(value) for value in got[name].to_pylist()] for name in got.schema.names},
        "pandas": {name: kind(frame[name]) for name in frame},
        "levels": list(frame["size"].cat.categories) if frame["size"].dtype == "category" else None,
    }))


if sys.argv[1] == "write":
    write(Path(sys.argv[2]))
else:
    for path in sys.argv[2:]:
        read(path)
