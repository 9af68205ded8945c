"""Writes two-samples.fixture.json: scipy's p-values for tests of two samples.

    python -m venv V && V/bin/pip install scipy==1.15.3 numpy==2.2.6
    V/bin/python main/math/two-samples.fixture.py > main/math/two-samples.fixture.json
"""

import json
import sys

import numpy as np
import scipy
from scipy import special, stats

random = np.random.default_rng(20261125)
kolmogorov = []
for n, m, shift in [(8, 8, 0.0), (8, 40, 1.0), (30, 25, 0.5), (200, 150, 0.3), (60, 60, 3.0)]:
    a = random.normal(0, 1, n).round(6)
    b = random.normal(shift, 1, m).round(6)
    found = stats.ks_2samp(a, b, method="exact")
    kolmogorov.append({"a": a.tolist(), "b": b.tolist(), "statistic": found.statistic, "p": found.pvalue})

json.dump(
    {
        "made": f"scipy {scipy.__version__}, numpy {np.__version__}",
        "kolmogorov": kolmogorov,
        "tail": [{"x": x, "p": special.kolmogorov(x)} for x in [0.2, 0.5, 0.9, 1.0, 1.3, 2.0, 4.0, 6.0]],
        "chiSquare": [
            {"x": x, "df": df, "p": stats.chi2.sf(x, df)}
            for x, df in [(0.1, 1), (3.84, 1), (50, 1), (10, 12), (80, 12), (300, 250), (900, 250), (1e-6, 3)]
        ],
        "fisher": [
            {"a": a, "na": na, "b": b, "nb": nb, "p": min(1, 2 * min(stats.hypergeom.cdf(b, na + nb, a + b, nb), stats.hypergeom.sf(b - 1, na + nb, a + b, nb)))}
            for a, na, b, nb in [(0, 5000, 8, 8), (3, 10, 9, 12), (5, 100, 5, 100), (0, 20, 0, 30), (700, 1000, 30, 60)]
        ],
    },
    sys.stdout,
    indent=1,
)
print()
