"""Decides a log of messages on all cores, JSON lines in, JSON lines out: `python examples/python/score_log.py`"""

import argparse
import json
import os
import sys
from pathlib import Path

import jawab
from jawab import tune

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rules", default=ROOT / "rules/support")
    arguments.add_argument("--log", type=Path, default=ROOT / "examples/data/messages.jsonl")
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    given = arguments.parse_args()

    engine = jawab.Engine.from_path(given.rules)
    with given.log.open(encoding="utf-8") as lines:
        log = [json.loads(line) for line in lines]
    texts, contexts = [line["text"] for line in log], [line.get("context") for line in log]
    decisions = tune.decide(engine, texts, contexts, threads=given.threads, progress=sys.stderr.isatty())
    for line, decision in zip(log, decisions, strict=True):
        print(json.dumps({"id": line["id"], "decision": decision.to_dict()}, ensure_ascii=False))


if __name__ == "__main__":
    main()
