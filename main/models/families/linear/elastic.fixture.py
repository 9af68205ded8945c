"""Independent values for elastic-net.test.ts: python3 elastic.fixture.py > elastic.fixture.json"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, LogisticRegression

warnings.filterwarnings("ignore")
data = json.loads((pathlib.Path(__file__).parent / "linear.fixture.json").read_text())
dense = np.column_stack([data["age"], data["size"], data["rooms"]]).astype(float)
# Saga needs columns of one size to come to rest.
dense = (dense - dense.mean(0)) / dense.std(0)
city = np.array(data["city"])
x = np.column_stack([dense, *[(city == level).astype(float) for level in range(4)]])
y = np.array(data["y"])

regression = []
for alpha, ratio in [(0.1, 1), (0.5, 0.5), (0.02, 0.3), (2, 1)]:
    m = ElasticNet(alpha=alpha, l1_ratio=ratio, tol=1e-15, max_iter=10**7).fit(x, y)
    regression.append(dict(alpha=alpha, ratio=ratio, intercept=float(m.intercept_), coefficients=m.coef_.tolist()))
classes = []
for target in ["binary", "multi"]:
    for C, ratio in [(1, 1), (0.3, 0.5)]:
        m = LogisticRegression(C=C, l1_ratio=ratio, solver="saga", tol=1e-14, max_iter=10**6)
        m.fit(x, np.array(data[target]))
        classes.append(dict(target=target, C=C, ratio=ratio, coefficients=m.coef_.ravel().tolist(),
                            probabilities=m.predict_proba(x)[:8].ravel().tolist()))
print(json.dumps(dict(sklearn=sklearn.__version__, dense=dense.T.tolist(), regression=regression, classes=classes)))
