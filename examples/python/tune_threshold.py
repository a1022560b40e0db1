"""Finds the settings for "at most 2 % wrong": `python examples/python/tune_threshold.py`"""

import argparse
from pathlib import Path

from jawab import tune

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rules", default=ROOT / "rules/support")
    arguments.add_argument("--max-wrong", type=float, default=0.02, help="share of wrong answers, 0.02 for 2 %%")
    given = arguments.parse_args()

    session = tune.Session(given.rules)
    tuning = session.tune(max_wrong=given.max_wrong)
    print(tuning)
    print(tuning.table().to_string(float_format="{:.3f}".format))
    if tuning.threshold is not None:
        tuned = session.with_settings(threshold=tuning.threshold, margin=tuning.margin)
        moved = session.diff(tuned)
        print(f"\n{len(moved)} messages end elsewhere, among them")
        columns = ["text", "action_before", "rule_before", "action_after", "rule_after"]
        print(moved[columns].head(8).to_string(index=False))


if __name__ == "__main__":
    main()
