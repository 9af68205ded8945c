# Permutation importance by scikit-learn, for permutation.test.ts. Run: python sklearn.fixture.py > sklearn.fixture.json
import json
import numpy as np
import sklearn
from sklearn.datasets import make_friedman1
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import permutation_importance
from sklearn.model_selection import train_test_split

values, amount = make_friedman1(n_samples=1200, n_features=10, noise=1.0, random_state=4)
values = np.round(values, 4)
amount = np.round(amount, 4)
half = (amount > np.median(amount)).astype(int)


def importance(model, target):
    learned, held, target_learned, target_held = train_test_split(values, target, test_size=0.25, random_state=0)
    model.fit(learned, target_learned)
    scoring = "r2" if target is amount else "neg_brier_score"
    found = permutation_importance(model, held, target_held, scoring=scoring, n_repeats=30, random_state=0).importances_mean
    # Brier's skill, summed over both classes: both terms are the same share.
    return (found if target is amount else found / np.var(target_held)).tolist()


print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "numpy": np.__version__,
            "values": values.tolist(),
            "amount": amount.tolist(),
            "half": half.tolist(),
            "regression": importance(RandomForestRegressor(200, max_depth=10, min_samples_leaf=5, max_features=1 / 3, random_state=0), amount),
            "classification": importance(RandomForestClassifier(200, max_depth=10, min_samples_leaf=5, max_features=1 / 3, random_state=0), half),
        }
    )
)
