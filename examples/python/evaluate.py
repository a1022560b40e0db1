"""Measures a rule set on its scenario messages, with plots: `python examples/python/evaluate.py`"""

import argparse
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from jawab import tune

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rules", default=ROOT / "rules/support")
    arguments.add_argument("--plots", type=Path, default=ROOT / "target/examples", help="folder for the pictures")
    given = arguments.parse_args()

    session = tune.Session(given.rules)
    evaluation = session.evaluation
    print(evaluation, "\n")
    print(evaluation.summary().to_string(float_format="{:.3f}".format), "\n")
    print("rules that miss most\n", evaluation.by_rule().sort_values("recall").head(8).to_string(), "\n")
    print("costliest mistakes\n", evaluation.mistakes().drop(columns="why").head(8).to_string(), "\n")

    given.plots.mkdir(parents=True, exist_ok=True)
    plots = {
        "risk-coverage": evaluation.plot_risk_coverage,
        "reliability": evaluation.plot_reliability,
        "confusion": evaluation.plot_confusion,
    }
    for name, plot in plots.items():
        plot().figure.savefig(given.plots / f"{name}.png", dpi=120)
        print(f"drawn: {given.plots / name}.png")


if __name__ == "__main__":
    main()
