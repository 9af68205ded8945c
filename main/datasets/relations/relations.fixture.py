"""Makes relations.fixture.json: what pandas and scipy say of the samples. Usage: python3 relations.fixture.py SAMPLES_FOLDER > relations.fixture.json"""
import itertools, json, sys
import numpy, pandas, scipy
from scipy.stats import f_oneway
from scipy.stats.contingency import association

def value(number):
    return None if numpy.isnan(number) else float(number)

def cramers_v(a, b):
    table = pandas.crosstab(a, b).to_numpy()
    return float(association(table, method="cramer")) if min(table.shape) > 1 else None

def correlation_ratio(numbers, categories):
    both = pandas.DataFrame({"n": numbers, "c": categories}).dropna()
    groups = [group["n"].to_numpy(float) for _, group in both.groupby("c")]
    f = f_oneway(*groups).statistic
    between, within = len(groups) - 1, len(both) - len(groups)
    return float(numpy.sqrt(f * between / (f * between + within)))

tables = {}
for name in ("sacramento", "credit"):
    table = pandas.read_csv(f"{sys.argv[1]}/{name}.csv", na_values=["NA"], keep_default_na=False)
    numbers = [c for c in table if table[c].dtype.kind in "if"]
    texts = [c for c in table if c not in numbers]
    lacking = [c for c in table if table[c].isna().any()]
    pairs = []
    for a, b in itertools.combinations(numbers, 2):
        pairs.append({"a": a, "b": b, "pearson": value(table[a].corr(table[b])), "spearman": value(table[a].corr(table[b], method="spearman"))})
    for a, b in itertools.combinations(texts, 2):
        pairs.append({"a": a, "b": b, "cramersV": cramers_v(table[a], table[b])})
    for a, b in itertools.product(numbers, texts):
        pairs.append({"a": a, "b": b, "correlationRatio": correlation_ratio(table[a], table[b])})
    sets = table[lacking].isna().apply(lambda row: ",".join(sorted(c for c in lacking if row[c])), axis=1) if lacking else pandas.Series([""] * len(table))
    tables[name] = {
        "pairs": pairs,
        "complete": int(table.notna().all(axis=1).sum()),
        "patterns": {key: int(count) for key, count in sets.value_counts().items() if key},
        "together": [{"a": a, "b": b, "phi": float(table[a].isna().corr(table[b].isna()))} for a, b in itertools.combinations(lacking, 2)],
        "duplicates": int(table.duplicated().sum()),
    }
print(json.dumps({"made with": f"pandas {pandas.__version__}, scipy {scipy.__version__}", "tables": tables}))
