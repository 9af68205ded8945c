"""runs_mlflow.py FOLDER RUNS: records runs of 5 parameters and 5 metrics in MLflow's SQLite store, a batch a run; prints the seconds, and
those to list the last thousand. The store stays in FOLDER/mlflow.db."""

import json, os, sys, time

os.environ["GIT_PYTHON_REFRESH"] = "quiet"
import mlflow
from mlflow.entities import Metric, Param

folder, runs = sys.argv[1], int(sys.argv[2])
client = mlflow.MlflowClient(f"sqlite:///{folder}/mlflow.db", f"sqlite:///{folder}/mlflow.db")
experiment = client.create_experiment("bench", artifact_location=f"{folder}/artifacts")
start = time.perf_counter()
for i in range(runs):
    run = client.create_run(experiment).info.run_id
    now = int(time.time() * 1000)
    metrics = [Metric(f"m{k}", i * 0.1 + k, now, 0) for k in range(5)]
    client.log_batch(run, metrics, [Param(f"p{k}", str(i * k)) for k in range(5)])
    client.set_terminated(run)
recorded = time.perf_counter() - start
start = time.perf_counter()
client.search_runs([experiment], max_results=1000)
print(json.dumps(dict(recorded=recorded, listed=time.perf_counter() - start, version=mlflow.__version__)))
