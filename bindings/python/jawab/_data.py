"""Plain data: what decisions, rule sets and problems consist of. Immutable, comparable, hashable where their parts are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from ._native import Answer, Ask, Decision, Handoff, Ignore, page

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a rule file."""

    file: str
    line: int
    """Line of the first byte, from 1."""
    column: int
    """Column of the first byte in characters, from 1."""
    start: int
    """First byte."""
    end: int
    """Byte after the last one."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Label:
    """A further place that a `Diagnostic` points at."""

    place: Place
    note: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a rule file; printed, one line."""

    code: str
    """What kind of problem it is, a name that does not change between versions: `duplicate-rule`."""
    severity: Literal["warning", "error"]
    message: str
    place: Place
    labels: tuple[Label, ...] = ()
    help: str | None = None
    """What to write instead."""

    @property
    def page(self) -> str:
        """The page of the code in Markdown: what it means, an example that raises it, one that does not."""
        return page(self.code)

    def __str__(self) -> str:
        advice = f" ({self.help})" if self.help else ""
        return f"{self.place}: {self.severity}[{self.code}]: {self.message}{advice}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in short."""

    id: str
    action: Literal["answer", "handoff"]
    priority: int
    questions: int
    """How many questions it learns from."""
    patterns: int
    """How many patterns speak for it."""
    place: Place


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The settings of a rule set as they are written, with the defaults of those that are not."""

    languages: tuple[str, ...]
    threshold: float | None
    """Least confidence to answer, 0 to 1; None: computed from the set's own questions."""
    margin: float
    """Least lead over the runner-up, 0 to 1."""
    clarify: bool
    """Whether to ask which rule was meant where two are too close, rather than hand off."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The settings in force; see `Engine.with_settings`."""

    threshold: float
    margin: float
    clarify: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule with its confidence and what speaks for it."""

    rule: str
    confidence: float
    """The estimated chance that the rule is right, 0 to 1."""
    evidence: Literal["question", "pattern", "identical", "conversation"]


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A value found in a message."""

    value: str | int | float | None
    """The value in its standard form."""
    text: str
    """The words of the message."""
    span: tuple[int, int] | None
    """Bytes of the message in UTF-8: first and after the last; None for a value of an earlier message."""


@dataclass(frozen=True, slots=True)
class AskOption:
    """One of the rules that a customer may have meant."""

    rule: str
    title: str


@dataclass(frozen=True, slots=True)
class Raise:
    """Why level or priority of a handoff rose."""

    cause: str
    level: int | None = None
    priority: Literal["low", "normal", "high", "urgent"] | None = None


@dataclass(frozen=True, slots=True)
class TicketMessage:
    """A message of a conversation, as the agent may read it."""

    sender: Literal["customer", "desk", "agent"]
    text: str
    """Masked, and its beginning where it is long."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the host's ticket system needs of a handoff."""

    subject: str
    fields: Mapping[str, SlotValue] = field(default_factory=dict)
    """Details that the rule collects and that are known."""
    missing: tuple[str, ...] = ()
    """Names of details that the rule collects and that are not known."""
    tags: tuple[str, ...] = ()
    category: str | None = None
    language: str | None = None
    """The customer's language, in conversations."""
    summary: str | None = None
    """What happened so far, in the desk's language, in conversations."""
    messages: tuple[TicketMessage, ...] = ()
    """The last messages, the latest last, in conversations."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the rule that is right for it."""

    text: str
    intent: str | None
    """The rule; None where no rule may answer the message."""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that must not be shown."""

    kind: str
    """What it is, a name of `jawab.privacy.KINDS`."""
    span: tuple[int, int]
    """Bytes of the text in UTF-8: first and after the last."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which private parts are replaced by their kind in brackets."""

    text: str
    found: tuple[Found, ...]
    """What was replaced, in the order of the text."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a rule did not decide a message; printed, a sentence."""

    rule: str
    failed: Literal[
        "not-read",
        "none-pattern",
        "no-evidence",
        "when",
        "threshold",
        "outranked",
        "ambiguous",
        "human-owner",
        "no-text",
    ]
    """The first condition that failed."""
    text: str
    """The same in a sentence."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """How a decision came about: what was read, what was found, how it was ranked. Printed, it tells each step in a line.

    >>> import jawab
    >>> explanation = jawab.Engine.from_path("rules/minimal.yaml").explain("whre is my parcel")
    >>> [(word["written"], word["read"]) for word in explanation.to_dict()["words"]][0]
    ('whre', 'where')
    """

    _json: str
    _text: str

    @property
    def decision(self) -> Answer | Ask | Handoff | Ignore:
        """What came of it."""
        return Decision.from_json(json.dumps(self.to_dict()["decision"]))

    def to_json(self) -> str:
        """All steps as JSON."""
        return self._json

    def to_dict(self) -> Json:
        """All steps as a dict: `words`, `language`, `patterns`, `candidates`, `likeness`, `threshold`, `margin`,
        `decision`. Spans are byte ranges of the message in UTF-8."""
        steps: Json = json.loads(self._json)
        return steps

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        steps = self.to_dict()
        return f"<Explanation of {len(steps['words'])} words, {steps['decision']['action']}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self._text)}</pre>"


# What the native part calls to make the above of JSON.


def diagnostics(found: list[Json]) -> tuple[Diagnostic, ...]:
    return tuple(_diagnostic(**problem) for problem in found)


def _diagnostic(place: Json, labels: list[Json], **rest: Any) -> Diagnostic:
    further = tuple(Label(Place(**label["place"]), label["note"]) for label in labels)
    return Diagnostic(place=Place(**place), labels=further, **rest)


def why_not(found: Json | None) -> WhyNot | None:
    return WhyNot(**found) if found else None


def rules(found: list[Json]) -> tuple[Rule, ...]:
    return tuple(Rule(**{**rule, "place": Place(**rule["place"])}) for rule in found)


def rule_settings(settings: Json) -> RuleSettings:
    return RuleSettings(**{**settings, "languages": tuple(settings["languages"])})


def engine_settings(settings: list[Any]) -> EngineSettings:
    return EngineSettings(*settings)


def candidates(found: list[Json]) -> tuple[Candidate, ...]:
    return tuple(Candidate(**candidate) for candidate in found)


def slots(found: Json | None) -> dict[str, SlotValue]:
    return {name: _slot(**slot) for name, slot in (found or {}).items()}


def _slot(value: Any, text: str, span: list[int] | None = None) -> SlotValue:
    return SlotValue(value, text, (span[0], span[1]) if span else None)


def options(found: list[Json] | None) -> tuple[AskOption, ...]:
    return tuple(AskOption(**option) for option in found or ())


def escalation(found: list[Json] | None) -> tuple[Raise, ...]:
    return tuple(Raise(**cause) for cause in found or ())


def ticket(found: Json) -> Ticket:
    lists: Json = {name: tuple(found.get(name, ())) for name in ("missing", "tags")}
    messages = tuple(TicketMessage(message["from"], message["text"]) for message in found.get("messages", ()))
    parts: Json = {**found, **lists, "fields": slots(found.get("fields")), "messages": messages}
    return Ticket(**parts)


def labelled(found: list[list[Any]]) -> tuple[Labelled, ...]:
    return tuple(Labelled(*message) for message in found)


def found(parts: list[Json] | None) -> tuple[Found, ...]:
    return tuple(Found(part["kind"], tuple(part["span"])) for part in parts or ())


def masked(text: Json) -> Masked:
    return Masked(text["text"], found(text["found"]))
