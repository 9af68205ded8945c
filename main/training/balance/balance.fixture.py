# Balanced classes by imbalanced-learn and scikit-learn, for balance.test.ts. Run: python balance.fixture.py > balance.fixture.json
import json
from collections import Counter
import imblearn
import numpy as np
import sklearn
from imblearn.over_sampling import RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler
from sklearn.utils.class_weight import compute_sample_weight

random = np.random.default_rng(3)
two = random.choice(2, 500, p=[0.86, 0.14])
three = random.choice(3, 500, p=[0.7, 0.22, 0.08])
counts = lambda sampler, codes: [
    int(count) for _, count in sorted(Counter(sampler.fit_resample(np.zeros((500, 1)), codes)[1]).items())
]
print(
    json.dumps(
        {
            "imblearn": imblearn.__version__,
            "sklearn": sklearn.__version__,
            "two": two.tolist(),
            "three": three.tolist(),
            "over": {"two": counts(RandomOverSampler(), two), "three": counts(RandomOverSampler(), three)},
            "overHalf": counts(RandomOverSampler(sampling_strategy=0.5), two),
            "under": {"two": counts(RandomUnderSampler(), two), "three": counts(RandomUnderSampler(), three)},
            "underHalf": counts(RandomUnderSampler(sampling_strategy=0.5), two),
            "weights": compute_sample_weight("balanced", three).tolist(),
        },
        indent=1,
    )
)
