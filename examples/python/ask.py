"""Asks a rule set: `python examples/python/ask.py ["message" …]`"""

import argparse
from pathlib import Path

import jawab

ROOT = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("messages", nargs="*", default=["gmn cara depo kak", "depo dr tadi blm masuk", "怎么充值"])
    arguments.add_argument("--rules", default=ROOT / "rules/support")
    arguments.add_argument("--explain", action="store_true", help="tell each step")
    given = arguments.parse_args()

    engine = jawab.Engine.from_path(given.rules)
    for message in given.messages:
        print(f"> {message}")
        match engine.decide(message, context={"channel": "whatsapp", "customer.name": "Sari"}):
            case jawab.Answer(text) | jawab.Ask(text):
                print(text)
            case jawab.Handoff(reason, team) as handoff:
                print(f"{handoff.text or ''}\n  to {team} ({handoff.priority}): {reason}")
            case jawab.Ignore(reason):
                print(f"  ignored: {reason}")
        if given.explain:
            print(engine.explain(message))


if __name__ == "__main__":
    main()
