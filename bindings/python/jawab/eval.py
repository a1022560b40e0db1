"""Labelled messages -> figures: how well a rule set does on messages whose right end is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from os import PathLike
from typing import Any

from . import _native
from ._data import Labelled
from ._native import Engine, labelled

__all__ = ["Labelled", "labelled", "rule_tests", "scenarios"]


def rule_tests(engine: Engine) -> dict[str, Any]:
    """Runs the tests that stand beside the rules: `messages`, how many were decided, and `failures`.

    >>> import jawab
    >>> jawab.eval.rule_tests(jawab.Engine.from_path("rules/minimal.yaml"))["failures"]
    []
    """
    report: dict[str, Any] = json.loads(_native.rule_tests(engine))
    return report


def scenarios(engine: Engine, path: str | PathLike[str] | Sequence[tuple[str, str | bytes]]) -> dict[str, Any]:
    """Decides scenario messages and counts how they end.

    `path` is that of the rules, beside whose files a folder `tests` holds the scenarios; or pairs of a name and a text.
    Gives `files` – each with `figures`, `floor`, `passed` and `misses` –, the `total` of figures and its `floor`.

    Raises `RuleError` and `OSError` as `RuleSet.from_path` does.

    >>> import jawab
    >>> report = jawab.eval.scenarios(jawab.Engine.from_path("rules/support"), "rules/support")
    >>> report["total"]["messages"] > 600, all(file["passed"] for file in report["files"])
    (True, True)
    """
    if isinstance(path, (str, PathLike)):
        text = _native.scenarios(engine, path)
    else:
        text = _native.scenarios_from_sources(engine, path)
    report: dict[str, Any] = json.loads(text)
    return report
