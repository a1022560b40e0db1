"""Labelled messages -> figures: how well a rule set does on messages whose right end is known.

>>> import jawab
>>> engine = jawab.Engine.from_path("rules/support")
>>> report = jawab.eval.scenarios(engine, "rules/support")
>>> report["total"]["messages"] > 600, all(file["passed"] for file in report["files"])
(True, True)
"""

from ._data import Labelled
from ._native import labelled, rule_tests, scenarios

__all__ = ["Labelled", "labelled", "rule_tests", "scenarios"]
