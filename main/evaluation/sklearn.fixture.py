"""Writes sklearn.fixture.json: scikit-learn's own values for random tables. Run once with scikit-learn 1.9.1."""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261123)


def number(value):
    return None if value is None or not np.isfinite(value) else float(value)


def or_none(compute):
    try:
        return number(compute())
    except ValueError:
        return None


def calibration_error(y, hat, p):
    """Ten bins of equal width by numpy's digitize; scikit-learn has no such metric."""
    of = np.ones(len(y), dtype=int) if p.shape[1] == 2 else hat
    said = p[np.arange(len(y)), of]
    right = (y == of).astype(float)
    which = np.clip(np.digitize(said * 10, np.arange(1, 10)), 0, 9)
    return sum(
        (which == b).mean() * abs(said[which == b].mean() - right[which == b].mean()) for b in range(10) if (which == b).any()
    )


def regression(name, actual, predicted):
    return {
        "name": name,
        "task": "regression",
        "actual": [float(v) for v in actual],
        "predicted": [float(v) for v in predicted],
        "expected": {
            "mean_absolute_error": number(m.mean_absolute_error(actual, predicted)),
            "root_mean_squared_error": number(m.root_mean_squared_error(actual, predicted)),
            "mean_squared_error": number(m.mean_squared_error(actual, predicted)),
            "r2": number(m.r2_score(actual, predicted)),
            "mean_absolute_percentage_error": number(m.mean_absolute_percentage_error(actual, predicted)),
            "median_absolute_error": number(m.median_absolute_error(actual, predicted)),
            "max_error": number(m.max_error(actual, predicted)),
            "explained_variance": number(m.explained_variance_score(actual, predicted)),
            "d2_absolute_error": number(m.d2_absolute_error_score(actual, predicted)),
            "mean_squared_log_error": or_none(lambda: m.mean_squared_log_error(actual, predicted)),
            "root_mean_squared_log_error": or_none(lambda: m.root_mean_squared_log_error(actual, predicted)),
            "mean_poisson_deviance": or_none(lambda: m.mean_poisson_deviance(actual, predicted)),
            "mean_gamma_deviance": or_none(lambda: m.mean_gamma_deviance(actual, predicted)),
        },
    }


def classification(name, classes, codes, p):
    k = len(classes)
    y = np.asarray(codes)
    hat = p.argmax(axis=1)
    labels = np.arange(k)
    onehot = np.eye(k)[y]
    expected = {
        "accuracy": number(m.accuracy_score(y, hat)),
        "balanced_accuracy": number(m.balanced_accuracy_score(y, hat)),
        "log_loss": number(m.log_loss(y, p, labels=labels)),
    }
    for of, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        for how in ("macro", "weighted"):
            expected[f"{of}_{how}"] = number(score(y, hat, average=how))
        if k == 2:
            expected[of] = number(score(y, hat, labels=labels, average="binary"))
    present = len(np.unique(y)) == k
    if k == 2:
        expected["roc_auc"] = or_none(lambda: m.roc_auc_score(y, p[:, 1])) if present else None
        expected["average_precision"] = number(m.average_precision_score(y, p[:, 1])) if present else None
        if present:
            precision, recall, _ = m.precision_recall_curve(y, p[:, 1])
            expected["pr_auc"] = number(m.auc(recall, precision))
        else:
            expected["pr_auc"] = None
        expected["brier_score"] = number(m.brier_score_loss(y, p[:, 1]))
    else:
        expected["roc_auc"] = or_none(lambda: m.roc_auc_score(y, p, multi_class="ovr", labels=labels)) if present else None
        expected["average_precision"] = number(m.average_precision_score(onehot, p)) if present else None
        if present:
            areas = []
            for c in range(k):
                precision, recall, _ = m.precision_recall_curve(onehot[:, c], p[:, c])
                areas.append(m.auc(recall, precision))
            expected["pr_auc"] = number(np.mean(areas))
        else:
            expected["pr_auc"] = None
        expected["brier_score"] = number(m.brier_score_loss(y, p, labels=labels, scale_by_half=False))
    several = len(np.unique(y)) > 1
    for how in ("macro", "weighted"):
        expected[f"jaccard_{how}"] = number(m.jaccard_score(y, hat, average=how))
    for of, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        expected[f"{of}_micro"] = number(score(y, hat, average="micro"))
    expected["matthews_corrcoef"] = number(m.matthews_corrcoef(y, hat))
    expected["cohen_kappa"] = number(m.cohen_kappa_score(y, hat))
    expected["d2_log_loss"] = number(m.d2_log_loss_score(y, p, labels=labels)) if several else None
    brier = m.d2_brier_score(y, p[:, 1]) if k == 2 else m.d2_brier_score(y, p, labels=labels)
    expected["d2_brier_score"] = number(brier) if several else None
    expected["expected_calibration_error"] = number(calibration_error(y, hat, p))
    if k == 2:
        expected["specificity"] = number(m.recall_score(y, hat, labels=labels, pos_label=0, average="binary"))
        expected["f2"] = number(m.fbeta_score(y, hat, beta=2, labels=labels, average="binary"))
        expected["f0_5"] = number(m.fbeta_score(y, hat, beta=0.5, labels=labels, average="binary"))
        expected["jaccard"] = number(m.jaccard_score(y, hat, labels=labels, average="binary"))
    else:
        for name, how, average in (
            ("roc_auc_ovr_weighted", "ovr", "weighted"),
            ("roc_auc_ovo", "ovo", "macro"),
            ("roc_auc_ovo_weighted", "ovo", "weighted"),
        ):
            expected[name] = (
                or_none(lambda: m.roc_auc_score(y, p, multi_class=how, average=average, labels=labels)) if present else None
            )
        expected["top_k_accuracy"] = number(m.top_k_accuracy_score(y, p, k=2, labels=labels))
    support = m.precision_recall_fscore_support(y, hat, labels=labels, zero_division=0)
    return {
        "name": name,
        "task": "classification",
        "classes": classes,
        "codes": [int(v) for v in y],
        "probabilities": [[float(v) for v in row] for row in p],
        "expected": expected,
        "perClass": [[float(support[i][c]) for i in range(3)] + [int(support[3][c])] for c in range(k)],
        "confusion": m.confusion_matrix(y, hat, labels=labels).tolist(),
    }


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


cases = []
for n in (2, 7, 300):
    y = rng.normal(10, 5, n)
    cases.append(regression(f"normal errors, {n} rows", y, y + rng.normal(0, 2, n)))
cases.append(regression("large numbers", rng.uniform(1e5, 9e5, 100), rng.uniform(1e5, 9e5, 100)))
cases.append(regression("a true value of zero", [0.0, 1.0, -2.0], [0.5, 1.0, -1.0]))
cases.append(regression("a constant truth, missed", [3.0, 3.0, 3.0], [3.0, 4.0, 2.0]))
cases.append(regression("a constant truth, met", [3.0, 3.0], [3.0, 3.0]))
extra = np.random.default_rng(20261125)
y = extra.gamma(2, 50, 200)
cases.append(regression("amounts above zero", y, y * extra.lognormal(0, 0.3, 200)))
y = extra.poisson(2, 200).astype(float)
cases.append(regression("counts with zeros", y, extra.gamma(4, 0.5, 200)))
for n, share in ((10, 0.5), (400, 0.5), (400, 0.03)):
    y = (rng.uniform(size=n) < share).astype(int)
    y[:2] = [0, 1]
    z = np.column_stack([np.zeros(n), 1.5 * y - 1 + rng.normal(0, 1, n)])
    cases.append(classification(f"two classes, {n} rows, {share} positive", ["bad", "good"], y, softmax(z)))
y = rng.integers(0, 2, 200)
p1 = np.round(rng.uniform(size=200) * 0.6 + 0.4 * y, 1)
cases.append(classification("ties in the probabilities", ["no", "yes"], y, np.column_stack([1 - p1, p1])))
cases.append(classification("sure and wrong", ["no", "yes"], [0, 1, 1], np.array([[0.0, 1.0], [1.0, 0.0], [0.2, 0.8]])))
cases.append(classification("nothing predicted positive", ["no", "yes"], [0, 1, 0, 1], np.array([[0.9, 0.1]] * 4)))
cases.append(classification("one class in the split", ["no", "yes"], [1, 1, 1], np.array([[0.3, 0.7], [0.6, 0.4], [0.1, 0.9]])))
for n, weights in ((300, [0.4, 0.3, 0.3]), (300, [0.9, 0.07, 0.03]), (60, [0.25] * 4)):
    k = len(weights)
    y = rng.choice(k, size=n, p=weights)
    y[:k] = np.arange(k)
    z = rng.normal(0, 1, (n, k)) + 1.2 * np.eye(k)[y]
    cases.append(classification(f"{k} classes {weights}", [f"c{i}" for i in range(k)], y, softmax(z)))
y = np.array([0, 0, 1, 1, 0, 1])
cases.append(classification("a class that does not occur", ["a", "b", "c"], y, softmax(rng.normal(0, 1, (6, 3)))))

json.dump({"made with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", "cases": cases}, sys.stdout)
