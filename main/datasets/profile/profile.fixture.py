"""Makes profile.fixture.json: what pandas and numpy say of the samples. Usage: python3 profile.fixture.py SAMPLES_FOLDER > profile.fixture.json"""
import json, sys
import numpy, pandas

def monotone(present):
    if present.nunique() < 2:
        return None
    if present.is_monotonic_increasing:
        return "increasing" if present.is_unique else "non-decreasing"
    if present.is_monotonic_decreasing:
        return "decreasing" if present.is_unique else "non-increasing"
    return None

def facts(series):
    present = series.dropna()
    out = {"missing": int(series.isna().sum()), "distinct": int(present.nunique()), "monotone": monotone(present)}
    counts = present.value_counts()
    if series.dtype.kind in "if":
        values = present.to_numpy(dtype=float)
        heights, edges = numpy.histogram(values, bins=20)
        q1, q3 = numpy.quantile(values, [0.25, 0.75])
        lower, upper = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
        pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
        out |= {
            "min": values.min(), "max": values.max(), "mean": values.mean(), "standardDeviation": present.astype(float).std(),
            "quantiles": [float(q) for q in numpy.quantile(values, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])],
            "zeros": int((values == 0).sum()), "negatives": int((values < 0).sum()),
            "outliers": {"below": int((values < lower).sum()), "above": int((values > upper).sum())},
            "histogram": heights.tolist() if values.max() - values.min() > 20 or (values % 1).any() else None,
            "top": [{"value": str(value).removesuffix(".0"), "count": int(count)} for value, count in pairs] if pairs[0][1] > 1 else [],
        }
    else:
        pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].encode()))[:10]
        out["top"] = [{"value": value, "count": int(count)} for value, count in pairs]
        lengths = present.str.len()
        out["lengths"] = {"min": int(lengths.min()), "max": int(lengths.max()), "mean": lengths.mean(), "empty": int((lengths == 0).sum())}
    return out

tables = {}
for name in ("sacramento", "credit", "chicago-ridership"):
    table = pandas.read_csv(f"{sys.argv[1]}/{name}.csv", na_values=["NA"], keep_default_na=False)
    tables[name] = {column: facts(table[column]) for column in table.columns if column != "date"}
print(json.dumps({"made with": f"pandas {pandas.__version__}, numpy {numpy.__version__}", "tables": tables}))
