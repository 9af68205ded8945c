"""Writes smclarify.fixture.json: bias before training as smclarify computes it, for random tables and the credit sample.

    python -m venv V && V/bin/pip install smclarify==0.5 pandas==2.3.3 numpy==2.2.6
    V/bin/python main/checks/bias/smclarify.fixture.py resources/samples/credit.csv > main/checks/bias/smclarify.fixture.json
"""

import json
import logging
import sys

import numpy as np
import pandas as pd
from smclarify.bias import report

logging.disable(logging.CRITICAL)


def measure(table, label, positive, facet, values, group):
    found = report.bias_report(
        table,
        report.FacetColumn(facet, sensitive_values=values),
        report.LabelColumn(label, table[label], positive),
        report.StageType.PRE_TRAINING,
        group_variable=table[group],
    )
    return [
        {
            "value_or_threshold": one["value_or_threshold"],
            "metrics": {m["name"]: m["value"] for m in one["metrics"]},
        }
        for one in found
    ]


def random_table(seed, rows):
    random = np.random.default_rng(seed)
    kind = random.choice(["a", "b", "c"], rows, p=[0.6, 0.3, 0.1])
    age = random.normal(40, 12, rows).round(2)
    region = random.choice(["n", "s", "w"], rows)
    chance = 0.3 + 0.2 * (kind == "a") + 0.005 * (age - 40) + 0.1 * (region == "n")
    label = np.where(random.random(rows) < chance, "yes", "no")
    return pd.DataFrame({"kind": kind, "age": age, "region": region, "label": label})


cases = []
tables = {}


def case(name, table, source, **how):
    expected = measure(table, how["label"], how["positive"], how["facet"], how["values"], how["group"])
    cases.append({"name": name, "table": source, **how, "expected": expected})


for seed, rows in [(1, 12), (2, 60), (3, 150)]:
    table = random_table(seed, rows)
    data = f"random-{seed}"
    tables[data] = table.to_csv(index=False, lineterminator="\n")
    case(f"random {seed}, each kind", table, data, label="label", positive=["yes"], facet="kind", values=None, group="region")
    case(f"random {seed}, two kinds", table, data, label="label", positive=["yes"], facet="kind", values=["b", "c"], group="region")
    case(f"random {seed}, over 45.5", table, data, label="label", positive=["yes"], facet="age", values=[45.5], group="region")

# As floats, or smclarify takes a column with few different whole numbers for categories.
credit = pd.read_csv(sys.argv[1]).dropna(subset=["Home"]).astype({"Age": float})
case("credit, age", credit, "credit", label="Status", positive=["good"], facet="Age", values=[40.0], group="Home")
case("credit, marital", credit, "credit", label="Status", positive=["good"], facet="Marital", values=["single", "divorced"], group="Home")

json.dump({"made": "smclarify 0.5, pandas 2.3.3, numpy 2.2.6", "tables": tables, "cases": cases}, sys.stdout, indent=1)
print()
