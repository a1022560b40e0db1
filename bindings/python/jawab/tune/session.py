"""A tuning session: a rule set, labelled messages, and what to change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from os import PathLike

import pandas as pd

from .. import eval as core
from .._native import Engine, RuleSet
from .evaluation import NONE, Evaluation, evaluate


class Tuning:
    """Settings that answer most with few enough wrong answers. In a notebook it shows its table."""

    figures: core.Figures
    """All figures as `jawab.eval.tune` gives them."""

    def __init__(self, figures: core.Figures) -> None:
        self.figures = figures

    @property
    def threshold(self) -> float | None:
        """The threshold to set, None where nothing can be shown to hold with these messages."""
        chosen = self.figures["chosen"]
        return None if chosen is None else float(chosen["threshold"])

    @property
    def margin(self) -> float | None:
        """The margin to set, None where nothing can be shown to hold with these messages."""
        chosen = self.figures["chosen"]
        return None if chosen is None else float(chosen["margin"])

    def table(self) -> pd.DataFrame:
        """What the settings in force (`now`) and the chosen ones do, as shares (0 to 1)."""
        rows = {name: self.figures[name] for name in ("now", "chosen") if self.figures[name]}
        shares = ("answered", "answered_right", "wrong")
        return pd.DataFrame(
            {
                name: {
                    "threshold": row["threshold"],
                    "margin": row["margin"],
                    **{share: row[share]["share"] for share in shares},
                    "wrong_at_most": row["wrong_at_most"],
                }
                for name, row in rows.items()
            }
        ).T

    def __repr__(self) -> str:
        if self.threshold is None:
            needed = self.figures["messages_needed"]
            return f"<Tuning: nothing can be shown{f'; it takes about {needed} messages' if needed else ''}>"
        return f"<Tuning: threshold {self.threshold:.2f}, margin {self.margin:.2f}>"

    def _repr_html_(self) -> str:
        return str(self.table().to_html(float_format="{:.3f}".format, border=0))


class Session:
    """A rule set on labelled messages. Nothing in it changes: each step gives a new session or a table.

    `rules` is a path or an engine; `labelled` as in `jawab.eval.evaluate`, left out: the scenario messages beside the
    rules. Raises as `Engine.from_path` does, and `ValueError` for an engine without labelled messages.

    >>> session = Session("rules/support")
    >>> stricter = session.with_settings(threshold=0.95)
    >>> stricter.evaluation.figures["answered"]["share"] <= session.evaluation.figures["answered"]["share"]
    True
    """

    engine: Engine
    labelled: list[core.AnyLabelled]

    def __init__(
        self, rules: str | PathLike[str] | Engine, labelled: Iterable[core.AnyLabelled] | None = None
    ) -> None:
        if isinstance(rules, Engine):
            if labelled is None:
                raise ValueError("an engine does not say where its scenario messages are: give labelled messages")
            self.engine, self.labelled = rules, list(labelled)
        else:
            self.engine = Engine.from_path(rules)
            self.labelled = list(core.labelled(self.engine, rules) if labelled is None else labelled)

    @cached_property
    def evaluation(self) -> Evaluation:
        """How well the rules do on the labelled messages."""
        return evaluate(self.engine, self.labelled)

    def cross_validate(self, folds: int = 5) -> core.Figures:
        """How well the rules recognise their own questions when these are held back."""
        return core.cross_validate(self.engine.rules, folds)

    def tune(self, max_wrong: float = 0.02, confidence: float = 0.95) -> Tuning:
        """Threshold and margin for at most this share of wrong answers; see `jawab.eval.tune`."""
        return Tuning(core.tune(self.engine, self.labelled, max_wrong=max_wrong, confidence=confidence))

    def with_settings(
        self, *, threshold: float | None = None, margin: float | None = None, clarify: bool | None = None
    ) -> Session:
        """The same session with other settings; see `Engine.with_settings`."""
        changed = self.engine.with_settings(threshold=threshold, margin=margin, clarify=clarify)
        return Session(changed, self.labelled)

    def with_rules(self, rules: str | PathLike[str] | RuleSet) -> Session:
        """The same messages on other rules, after an edit say; the settings are those of the rules."""
        engine = Engine(rules) if isinstance(rules, RuleSet) else Engine.from_path(rules)
        return Session(engine, self.labelled)

    def diff(self, other: Session) -> pd.DataFrame:
        """The labelled messages that end elsewhere in another session: `action`, `rule` and `reason`, before and after."""
        mine, theirs = self.evaluation.messages, other.evaluation.messages
        ends = ["action", "rule", "reason"]
        moved = (mine[ends].fillna("") != theirs[ends].fillna("")).any(axis="columns")
        kept = mine.loc[moved, ["text", "expected"]].fillna({"expected": NONE})
        was, now = mine.loc[moved, ends].fillna(""), theirs.loc[moved, ends].fillna("")
        return kept.join(was.add_suffix("_before")).join(now.add_suffix("_after"))

    def suggest(self, texts: Iterable[str]) -> pd.DataFrame:
        """Entries that messages of a log propose, the most frequent first: `rule`, `messages`, `wordings`, the `nearest`
        rule and the `yaml` to complete; see `jawab.eval.suggest`."""
        columns = ["rule", "messages", "wordings", "nearest", "yaml"]
        return pd.DataFrame(core.suggest(self.engine, texts)["proposals"], columns=columns)

    def further_questions(self, texts: Iterable[str]) -> pd.DataFrame:
        """Messages of a log that came near a rule and would make good further questions for it, a row each."""
        near = core.suggest(self.engine, texts)["further_questions"]
        rows = [{"rule": rule["rule"], **question} for rule in near for question in rule["questions"]]
        return pd.DataFrame(rows, columns=["rule", "text", "language", "messages", "confidence"])

    def __repr__(self) -> str:
        return f"<Session of {self.engine!r} on {len(self.labelled)} messages>"

    def _repr_html_(self) -> str:
        return self.evaluation._repr_html_()
