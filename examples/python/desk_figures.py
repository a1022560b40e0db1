"""The desk's figures from a log of decisions, with a plot: `python examples/python/desk_figures.py`"""

import argparse
from pathlib import Path

import matplotlib
import pandas as pd

matplotlib.use("Agg")

from jawab import tune

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--log", type=Path, default=ROOT / "examples/data/desk-log.csv")
    arguments.add_argument("--plots", type=Path, default=ROOT / "target/examples", help="folder for the picture")
    given = arguments.parse_args()

    desk = tune.Desk(pd.read_csv(given.log), return_days=3)
    print(desk.total().to_string(float_format="{:.3f}".format), "\n")
    columns = ["conversations", "handoff_response_median", "first_contact_resolution", "satisfaction", "deflection"]
    print(desk.by_day()[columns].to_string(float_format="{:.2f}".format), "\n")
    print(desk.by_rule()[columns].to_string(float_format="{:.2f}".format))
    given.plots.mkdir(parents=True, exist_ok=True)
    desk.plot().savefig(given.plots / "desk.png", dpi=120)
    print(f"drawn: {given.plots / 'desk.png'}")


if __name__ == "__main__":
    main()
