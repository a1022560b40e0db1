"""Labelled messages -> figures: how well a rule set does on messages whose right end is known.

A labelled message is a `Labelled`, a tuple of a text, the rule that is right for it (None: no rule) and, where there
are any, facts, or a dict of these: `text`, `intent`, `context`, as JSON lines have them. All figures come as plain dicts; `jawab.tune` makes tables and plots of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, TypeAlias

from . import _native
from ._data import Labelled
from ._native import Engine, RuleSet, labelled

__all__ = [
    "Labelled",
    "cross_validate",
    "diff",
    "evaluate",
    "judgements",
    "labelled",
    "rule_tests",
    "scenarios",
    "suggest",
    "tune",
]

Figures: TypeAlias = dict[str, Any]
AnyLabelled: TypeAlias = (
    Labelled | tuple[str, str | None] | tuple[str, str | None, Mapping[str, Any] | None] | Mapping[str, Any]
)
Sources: TypeAlias = Sequence[tuple[str, str | bytes]]


def _figures(text: str) -> Figures:
    figures: Figures = json.loads(text)
    return figures


def _triples(messages: Iterable[AnyLabelled]) -> list[tuple[str, str | None, Mapping[str, Any] | None]]:
    return [_triple(message) for message in messages]


def _triple(message: AnyLabelled) -> tuple[str, str | None, Mapping[str, Any] | None]:
    if isinstance(message, Labelled):
        return message.text, message.intent, message.context
    if isinstance(message, Mapping):
        return message["text"], message.get("intent"), message.get("context")
    if not isinstance(message, (tuple, list)):
        kind = type(message).__name__
        raise TypeError(f"a labelled message is a `Labelled`, a tuple or a dict with `text` and `intent`, not {kind}")
    text, intent, *context = message
    return text, intent, context[0] if context else None


def rule_tests(engine: Engine) -> Figures:
    """Runs the tests that stand beside the rules: `messages`, how many were decided, and `failures`.

    >>> import jawab
    >>> jawab.eval.rule_tests(jawab.Engine.from_path("rules/minimal.yaml"))["failures"]
    []
    """
    return _figures(_native.rule_tests(engine))


def scenarios(engine: Engine, path: str | PathLike[str] | Sources) -> Figures:
    """Decides scenario messages and counts how they end.

    `path` is that of the rules, beside whose files a folder `tests` holds the scenarios; or pairs of a name and a text.
    Gives `files` – each with `figures`, `floor`, `passed` and `misses` –, the `total` of figures and its `floor`; where there
    are `conversations`, how many, their `turns` and the `failures`.

    Raises `RuleError` and `OSError` as `RuleSet.from_path` does.

    >>> import jawab
    >>> report = jawab.eval.scenarios(jawab.Engine.from_path("rules/support"), "rules/support")
    >>> report["total"]["messages"] > 600, len(report["files"]) >= 3
    (True, True)
    >>> report["conversations"]["failures"]
    []
    """
    if isinstance(path, (str, PathLike)):
        return _figures(_native.scenarios(engine, path))
    return _figures(_native.scenarios_from_sources(engine, path))


def evaluate(engine: Engine, messages: Iterable[AnyLabelled]) -> Figures:
    """Decides labelled messages and says how well that went.

    A message is *answered* where a rule decides it, by its answer or by its own handoff. Shares come as dicts of
    `number`, `of`, `share` (0 to 1, None of nothing) and the bounds `low` and `high` of its 95 % interval: `accuracy`,
    `answered`, `answered_right`, `wrong`, `out_of_scope_recall`, `out_of_scope_precision`. Further `auroc`
    (Hanley and McNeil 1982), `calibration_error` over the ten bins of `reliability` (Naeini et al. 2015),
    `risk_coverage`, `most_confident`, `coverage_at`, `rules`, `confusions`, and `mistakes`, the most costly first.

    >>> import jawab
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> figures = jawab.eval.evaluate(engine, [("when are you open", "opening-hours"), ("who is the king", None)])
    >>> figures["accuracy"]["share"], figures["wrong"]["number"]
    (1.0, 0)
    """
    return _figures(_native.evaluate(engine, _triples(messages)))


def judgements(engine: Engine, messages: Iterable[AnyLabelled]) -> list[Figures]:
    """Where each labelled message ended, what `evaluate` counts: `text`, `expected`, the `best` candidate and its
    `confidence`, `got` and the `verdict`. Messages whose label is no rule of the set are left out.

    >>> import jawab
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> jawab.eval.judgements(engine, [("when are you open", "opening-hours")])[0]["verdict"]
    'right'
    """
    found: list[Figures] = json.loads(_native.judgements(engine, _triples(messages)))
    return found


def cross_validate(rules: RuleSet, folds: int = 5) -> Figures:
    """Splits the questions of every rule into `folds` parts (2 to 100) and decides each part by rules that learned from
    all others: `folds`, `untested` questions, and the `evaluation` as of `evaluate`.

    Raises `ValueError` for another number of parts, and where no rule has two different questions.

    >>> import jawab
    >>> jawab.eval.cross_validate(jawab.RuleSet.from_path("rules/minimal.yaml"), 3)["evaluation"]["messages"]
    3
    """
    return _figures(_native.cross_validate(rules, folds))


def tune(
    engine: Engine, messages: Iterable[AnyLabelled], *, max_wrong: float = 0.02, confidence: float = 0.95
) -> Figures:
    """Finds the threshold and margin that answer most with at most `max_wrong` of the answers wrong (above 0, at most
    0.5), with `confidence` (0.5 to below 1) for messages like those at hand.

    Gives the settings in force as `now` and what to set as `chosen` – None where nothing can be shown to hold with these
    messages; then `messages_needed` says about how many it takes, or is None, where `wrong_too_often` tells whether even
    the surest answers are wrong more often –, each with `threshold`, `margin`, `answered`,
    `answered_right`, `wrong` and the bound `wrong_at_most`. Where nothing answers more than the settings in force, they
    are chosen. Nothing is chosen where most of the answered messages are `repeats`: `own_questions` of the rules and
    `copies` of others promise nothing for what customers will write. Where none is `out_of_scope`, nothing is known of
    what no rule answers.

    Source: learn then test (Angelopoulos et al. 2021, arXiv:2110.01052) with the bound of Clopper and Pearson (1934).

    Raises `ValueError` for shares outside their range and where there is no message.
    """
    return _figures(_native.tune(engine, _triples(messages), max_wrong, confidence))


def suggest(engine: Engine, texts: Iterable[str]) -> Figures:
    """Proposes what to write into the rule set so that it understands more of messages like these.

    Gives `messages`, `not_understood`, of these `without_words` and `alone`, the `proposals` – each a new FAQ entry with `rule`, `messages`,
    `questions` and its `yaml`, the most frequent first – and `further_questions` for rules that came near.
    """
    return _figures(_native.suggest(engine, texts))


def diff(old: Engine, new: Engine, texts: Iterable[str]) -> Figures:
    """Which messages two engines decide differently: `messages`, `changed`, and `groups` by kind of change, those to
    look at first before the others. The `examples` in them tell the texts, and as `details` what else is different where
    both decisions end in the same place: each with its `key` and its `old` and `new` value.

    >>> import jawab
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> jawab.eval.diff(engine, engine.with_settings(threshold=1), ["when are you open"])["changed"]
    1
    """
    return _figures(_native.diff(old, new, texts))
