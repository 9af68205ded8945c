"""Makes summary.fixture.json: what pandas and numpy say of the samples. Usage: python3 summary.fixture.py SAMPLES_FOLDER > summary.fixture.json"""
import json, sys
import numpy, pandas

def facts(series):
    present = series.dropna()
    out = {"missing": int(series.isna().sum()), "distinct": int(present.nunique())}
    if series.dtype.kind in "if":
        values = present.to_numpy(dtype=float)
        counts, edges = numpy.histogram(values, bins=20)
        out |= {
            "min": values.min(), "max": values.max(), "mean": values.mean(), "standardDeviation": present.astype(float).std(),
            "quantiles": [float(q) for q in numpy.quantile(values, [0.01, 0.25, 0.5, 0.75, 0.99])],
            "zeros": int((values == 0).sum()), "negatives": int((values < 0).sum()),
            "histogram": counts.tolist() if values.max() - values.min() > 20 or (values % 1).any() else None,
        }
    else:
        counts = present.value_counts()
        pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].encode()))[:10]
        out["top"] = [{"value": value, "count": int(count)} for value, count in pairs]
    return out

tables = {}
for name in ("sacramento", "credit", "chicago-ridership"):
    table = pandas.read_csv(f"{sys.argv[1]}/{name}.csv", na_values=["NA"], keep_default_na=False)
    tables[name] = {column: facts(table[column]) for column in table.columns if column != "date"}
print(json.dumps({"made with": f"pandas {pandas.__version__}, numpy {numpy.__version__}", "tables": tables}))
