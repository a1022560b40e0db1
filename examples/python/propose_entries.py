"""Proposes FAQ entries from a log of messages: `python examples/python/propose_entries.py`"""

import argparse
import json
from pathlib import Path

from jawab import tune

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rules", default=ROOT / "rules/support")
    arguments.add_argument("--log", type=Path, default=ROOT / "examples/data/messages.jsonl")
    given = arguments.parse_args()

    with given.log.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    session = tune.Session(given.rules)
    proposals = session.suggest(texts)
    print(proposals.drop(columns="yaml").to_string(index=False), "\n")
    for entry in proposals.yaml:
        print(entry)
    print("further questions for rules that came near")
    print(session.further_questions(texts).to_string(index=False))


if __name__ == "__main__":
    main()
