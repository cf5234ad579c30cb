"""Trivial trials by Optuna: each draws a parameter, reports 10 values and returns the last.

    trials.py STORAGE SECONDS PROCESSES

Prints a JSON document with the number of trials and the seconds that they took, imports left out. With several
processes they share one study, as Optuna's documentation advises.
"""

import json
import multiprocessing
import sys
import time

import optuna

REPORTS = 10


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    for step in range(REPORTS):
        trial.report(x + 1 / (step + 1), step)
    return x


def work(storage, deadline):
    study = optuna.load_study(study_name="trivial", storage=storage)
    sampler = optuna.samplers.RandomSampler(seed=None)
    study.sampler = sampler
    while time.time() < deadline:
        study.optimize(objective, n_trials=1)


def main():
    storage, seconds, processes = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    optuna.create_study(study_name="trivial", storage=storage)
    begin = time.time()
    workers = [
        multiprocessing.Process(target=work, args=(storage, begin + seconds))
        for _ in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    took = time.time() - begin
    study = optuna.load_study(study_name="trivial", storage=storage)
    states = [trial.state.name for trial in study.get_trials(deepcopy=False)]
    print(
        json.dumps(
            {
                "version": optuna.__version__,
                "trials": states.count("COMPLETE"),
                "failed": len(states) - states.count("COMPLETE"),
                "seconds": took,
            }
        )
    )


main()
