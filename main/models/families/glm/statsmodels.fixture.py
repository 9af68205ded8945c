"""Independent values for glm.test.ts: python3 statsmodels.fixture.py > statsmodels.fixture.json

statsmodels GLM (var_weights; use_t where the dispersion is estimated) and scikit-learn's penalised GLMs.
"""

import json
import warnings

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import GammaRegressor, PoissonRegressor, TweedieRegressor

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
n = 60
age = np.round(rng.uniform(20, 70, n), 2)
size = np.round(rng.normal(0, 2, n), 3)
city = rng.integers(-1, 3, n)
weights = np.round(rng.uniform(0.5, 3, n), 2)
eta = -1 + 0.03 * age + 0.15 * size + np.where(city == 1, 0.4, 0)
counts = rng.poisson(np.exp(eta)).astype(float)
amounts = np.round(rng.gamma(2, np.exp(eta) / 2) + 0.01, 4)
often_zero = np.where(rng.uniform(size=n) < 0.3, 0.0, amounts)
plain = np.round(eta * 3 + rng.normal(size=n), 4)
binary = (rng.uniform(size=n) < 1 / (1 + np.exp(-(eta - 0.5)))).astype(float)
x = np.column_stack([age, size, city == 0, city == 1, city == 2]).astype(float)
full = sm.add_constant(x)
f, l = sm.families, sm.families.links

cases = [
    ("gaussian", "identity", None, plain, f.Gaussian(l.Identity()), {}),
    ("gaussian", "log", None, amounts, f.Gaussian(l.Log()), {}),
    ("poisson", "log", None, counts, f.Poisson(l.Log()), {}),
    ("poisson", "log", None, counts, f.Poisson(l.Log()), {"scale": "X2"}),
    ("gamma", "log", None, amounts, f.Gamma(l.Log()), {}),
    ("gamma", "inverse", None, amounts, f.Gamma(l.InversePower()), {}),
    ("gamma", "identity", None, amounts, f.Gamma(l.Identity()), {}),
    ("tweedie", "log", 1.5, often_zero, f.Tweedie(l.Log(), var_power=1.5), {}),
    ("tweedie", "log", 1.1, often_zero, f.Tweedie(l.Log(), var_power=1.1), {}),
    ("binomial", "logit", None, binary, f.Binomial(l.Logit()), {}),
]
out = []
for name, link, power, y, family, options in cases:
    for weighted in [False, True]:
        fixed = name in ["poisson", "binomial"] and not options
        w = weights if weighted else None
        fit = sm.GLM(y, full, family=family, var_weights=w).fit(
            tol=1e-12, tol_criterion="params", maxiter=500, use_t=not fixed, **options
        )
        # Its gaussian fits with another link than identity stand at the estimated dispersion, those with it at the best one: here always.
        scale = fit.deviance / n if name == "gaussian" else fit.scale
        aic = -2 * fit.llf_scaled(None if link == "identity" else scale) + 2 * 6
        defined = name != "tweedie" and not (options and name == "poisson")
        out.append(
            dict(
                distribution=name, link=link, power=power, weighted=weighted, estimated=bool(options), y=y.tolist(),
                coefficients=fit.params.tolist(), errors=fit.bse.tolist(), statistics=fit.tvalues.tolist(),
                p=fit.pvalues.tolist(), interval=fit.conf_int().tolist(), deviance=float(fit.deviance),
                nullDeviance=float(fit.null_deviance), pearson=float(fit.pearson_chi2), dispersion=float(fit.scale),
                aic=float(aic) if defined else None, mu=fit.mu[:5].tolist(),
            )
        )

penalised = []
for name, power, y, model in [
    ("poisson", None, counts, PoissonRegressor(alpha=0.3, tol=1e-14, max_iter=100000, solver="newton-cholesky")),
    ("gamma", None, amounts, GammaRegressor(alpha=0.3, tol=1e-14, max_iter=100000, solver="newton-cholesky")),
    ("tweedie", 1.5, often_zero, TweedieRegressor(power=1.5, link="log", alpha=0.3, tol=1e-14, max_iter=100000, solver="newton-cholesky")),
]:
    model.fit(x, y, sample_weight=weights)
    penalised.append(dict(distribution=name, power=power, y=y.tolist(), alpha=0.3,
                          coefficients=[float(model.intercept_), *model.coef_.tolist()]))

print(json.dumps(dict(
    versions=dict(statsmodels=statsmodels.__version__, sklearn=sklearn.__version__, numpy=np.__version__),
    age=age.tolist(), size=size.tolist(), city=city.tolist(), weights=weights.tolist(), cases=out, penalised=penalised)))
