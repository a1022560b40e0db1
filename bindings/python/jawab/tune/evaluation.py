"""Labelled messages -> tables and plots."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from sklearn.metrics import confusion_matrix

from .. import eval as core
from .._native import Engine
from . import plots

NONE = "(no rule)"
"""How tables name what no rule decides or may answer."""

SHARES = ("accuracy", "answered", "answered_right", "wrong", "out_of_scope_recall", "out_of_scope_precision")


class Evaluation:
    """How well a rule set does on labelled messages; made by `evaluate`. In a notebook it shows its summary."""

    messages: pd.DataFrame
    """A row for each message: `text`, `expected` rule, `action`, deciding `rule`, `reason`, `best` candidate and its
    `confidence` (0 to 1), whether it was `answered` – a rule decided it – and whether that was the `right` one, and the
    `verdict`: `right`, `wrong`, `misrouted` or `unsure`; see `jawab.eval.evaluate` for what these mean."""
    figures: core.Figures
    """All figures as `jawab.eval.evaluate` gives them."""

    def __init__(self, messages: pd.DataFrame, figures: core.Figures) -> None:
        self.messages = messages
        self.figures = figures

    def summary(self) -> pd.DataFrame:
        """The shares: `number` out of `of`, `share` (0 to 1) with the bounds `low` and `high` of its 95 % interval."""
        return pd.DataFrame({name: self.figures[name] for name in SHARES}).T.astype({"number": int, "of": int})

    def by_rule(self) -> pd.DataFrame:
        """For each rule how many `messages` it is right for and how many it `answered`; `precision`, `recall` and
        `accuracy`, 0 to 1."""
        rows = [{**rule, **{name: rule[name]["share"] for name in RULE_SHARES}} for rule in self.figures["rules"]]
        return pd.DataFrame(rows, columns=["rule", "messages", "answered", *RULE_SHARES]).set_index("rule")

    def mistakes(self) -> pd.DataFrame:
        """What should have ended elsewhere, the most costly first."""
        columns = ["text", "expected", "best", "confidence", "verdict", "why"]
        return pd.DataFrame(self.figures["mistakes"], columns=columns).fillna({"expected": NONE, "best": NONE})

    def confusions(self) -> pd.DataFrame:
        """Labels and best candidates that differ, those that were answered most often first."""
        columns = ["expected", "best", "messages", "answered"]
        return pd.DataFrame(self.figures["confusions"], columns=columns).fillna({"expected": NONE, "best": NONE})

    def confusion_matrix(self, most: int | None = None) -> pd.DataFrame:
        """Messages by the expected rule (rows) and the deciding rule (columns); `most` keeps the rules with the most
        mistakes, of which there must be some to show."""
        expected, decided = self.messages.expected.fillna(NONE), self.messages["rule"].fillna(NONE)
        wrong = expected != decided
        missed = pd.concat([expected[wrong], decided[wrong]]).value_counts()
        labels = sorted({*expected, *decided}) if most is None else sorted(missed.index[:most])
        shown = expected.isin(labels) & decided.isin(labels)
        counts = confusion_matrix(expected[shown], decided[shown], labels=labels) if labels and shown.any() else 0
        return pd.DataFrame(counts, index=pd.Index(labels, name="expected"), columns=pd.Index(labels, name="decided"))

    def risk_coverage(self) -> pd.DataFrame:
        """What every threshold on the confidence would do: `coverage`, the share answered, and `risk`, the share of
        these that is wrong."""
        return pd.DataFrame(self.figures["risk_coverage"], columns=["threshold", "coverage", "risk"])

    def reliability(self) -> pd.DataFrame:
        """Mean `confidence` and `accuracy` of the `messages` in ten bins of confidence."""
        return pd.DataFrame(self.figures["reliability"], columns=["from", "messages", "confidence", "accuracy"])

    def plot_risk_coverage(self, ax: Axes | None = None) -> Axes:
        """Draws how many of the answers are wrong against how many messages are answered."""
        return plots.risk_coverage(self.risk_coverage(), self.figures, ax)

    def plot_reliability(self, ax: Axes | None = None) -> Axes:
        """Draws the accuracy against the confidence, and how many messages have it."""
        return plots.reliability(self.reliability(), self.figures["calibration_error"], ax)

    def plot_confusion(self, most: int = 15, ax: Axes | None = None) -> Axes:
        """Draws the confusion matrix of the rules with the most mistakes."""
        return plots.confusion(self.confusion_matrix(most), ax)

    def __repr__(self) -> str:
        shares = {name: self.figures[name] for name in ("accuracy", "answered", "wrong")}
        told = ", ".join(f"{name} {_percent(share)}" for name, share in shares.items() if share["of"])
        return f"<Evaluation of {len(self.messages)} messages: {told}>"

    def _repr_html_(self) -> str:
        return str(self.summary().to_html(float_format="{:.3f}".format, border=0))


def _percent(share: dict[str, Any]) -> str:
    """Rounded once, halves up, as `jawab eval` does."""
    return f"{floor(1000 * share['number'] / share['of'] + 0.5) / 10:.1f}%"


RULE_SHARES = ("precision", "recall", "accuracy")


def evaluate(engine: Engine, messages: Iterable[core.AnyLabelled]) -> Evaluation:
    """Decides labelled messages, as `jawab.eval.evaluate` takes them.

    >>> import jawab
    >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
    >>> labelled = [("when are you open", "opening-hours"), ("who is the king", None)]
    >>> evaluate(engine, labelled).messages[["action", "answered", "verdict"]].values.tolist()
    [['answer', True, 'right'], ['handoff', False, 'right']]
    """
    labelled = list(messages)
    rows = [_row(judgement) for judgement in core.judgements(engine, labelled)]
    return Evaluation(pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS), core.evaluate(engine, labelled))


COLUMNS: dict[str, Any] = {
    "text": object,
    "expected": object,
    "action": object,
    "rule": object,
    "reason": object,
    "best": object,
    "confidence": float,
    "answered": bool,
    "right": bool,
    "verdict": object,
}


def _row(judgement: core.Figures) -> tuple[object, ...]:
    got = judgement["got"]
    rule, expected = got.get("rule"), judgement["expected"]
    ends = (got["action"], rule, got.get("reason"))
    best = (judgement["best"], judgement["confidence"])
    return (judgement["text"], expected, *ends, *best, rule is not None, rule == expected, judgement["verdict"])
