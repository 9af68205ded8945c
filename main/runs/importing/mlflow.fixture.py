"""Makes mlflow.fixture.json with MLflow itself: python mlflow.fixture.py  (made with mlflow 3.17.2, Python 3.11)

`database`: the SQL of the tables of an SQLite store, as MLflow made and filled them. `folder`: the files of an mlruns folder, by path.
`expected`: what MLflow's own client reads from each of them.
"""

import json, os, sqlite3, sys, tempfile, warnings

warnings.filterwarnings("ignore")
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow
from mlflow.entities import Metric, Param

start = 1_767_225_600_000


def fill(uri):
    client = mlflow.MlflowClient(uri, uri)
    first = client.create_experiment("prices", artifact_location="artifacts")
    second = client.create_experiment("churn", artifact_location="artifacts")

    def run(experiment, name, params, metrics, tags={}, end="FINISHED", at=0):
        tags = {"mlflow.user": "ada", "mlflow.source.name": "train.py", **tags}
        made = client.create_run(experiment, start_time=start + at, run_name=name, tags=tags).info.run_id
        points = [Metric(k, v, start + at + 10 * s, s) for k, values in metrics.items() for s, v in enumerate(values)]
        client.log_batch(made, points, [Param(k, v) for k, v in params.items()])
        if end:
            client.set_terminated(made, status=end, end_time=start + at + 90_500)
        return made

    note = {"team": "north", "mlflow.note.content": "the first that works"}
    run(first, "calm-fish-1", {"alpha": "0.1", "solver": "lsqr"}, {"rmse": [12.5, 8.25, 7.75], "r2": [0.81]}, note)
    odd = {"rmse": [10.0, 7.0], "val/loss": [1.5, float("-inf")], "nothing": [float("nan")]}
    run(first, "bold-crow-2", {"alpha": "1e-3", "solver": "auto"}, odd, at=1000)
    run(first, "sad-owl-3", {}, {}, {}, "FAILED", at=2000)
    run(second, "odd-hare-4", {"depth": "6"}, {"auc": [0.75]}, {}, None, at=3000)
    client.delete_run(run(first, "gone", {}, {}, at=4000))
    runs = []
    for experiment in client.search_experiments():
        for found in client.search_runs([experiment.experiment_id]):
            history = {
                key: [[m.step, m.timestamp, str(m.value)] for m in client.get_metric_history(found.info.run_id, key)]
                for key in found.data.metrics
            }
            runs.append(
                dict(
                    id=found.info.run_id, experiment=experiment.name, name=found.info.run_name, status=found.info.status,
                    start=found.info.start_time, end=found.info.end_time, params=found.data.params, tags=found.data.tags,
                    last={k: str(v) for k, v in found.data.metrics.items()}, history=history,
                )
            )  # fmt: skip
    return sorted(runs, key=lambda run: run["start"])


with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    database = fill(f"sqlite:///{place}/mlflow.db")
    tables = ("experiments", "runs", "metrics", "latest_metrics", "params", "tags", "alembic_version")
    source = sqlite3.connect("mlflow.db")
    sql = [line for line in source.iterdump() if any(line.startswith((f'CREATE TABLE "{t}"', f"CREATE TABLE {t} ", f'INSERT INTO "{t}"')) for t in tables)]
    folder = fill(f"file://{place}/mlruns")
    files = {}
    for root, _, names in os.walk("mlruns"):
        for name in names:
            path = os.path.join(root, name)
            files[os.path.relpath(path, "mlruns")] = open(path).read().replace(place, "/place")
    made = dict(
        versions=dict(mlflow=mlflow.__version__, python=sys.version.split()[0]),
        database=[line.replace(place, "/place") for line in sql], folder=dict(sorted(files.items())),
        expected=dict(database=database, folder=folder),
    )  # fmt: skip
    open(os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "mlflow.fixture.json"), "w").write(json.dumps(made, indent=2) + "\n")
