"""jawab ("answer" in Indonesian): an embeddable rule engine for support chats.

FAQ editors write rules in YAML; a customer's message comes in, one decision comes out: answer, ask, hand off to a
person, or ignore. The rule language is described in ``rules/README.md`` of the repository.

>>> import jawab
>>> engine = jawab.Engine.from_path("rules/minimal.yaml")
>>> engine.decide("when are you open?").text
'We are here every day from 08:00 to 22:00.'

`jawab.eval` measures a rule set on labelled messages, `jawab.privacy` masks what must not be shown; `jawab.tune` (``pip install jawab[tune]``) helps to improve it in
a notebook.
"""

from . import _parts as _parts
from . import eval, privacy
from ._data import (
    AskOption,
    Candidate,
    Diagnostic,
    EngineSettings,
    Explanation,
    Label,
    Labelled,
    Place,
    Raise,
    Rule,
    RuleSettings,
    SlotValue,
    Ticket,
    TicketMessage,
    WhyNot,
)
from ._errors import InternalError, RuleError
from ._native import (
    Answer,
    Ask,
    Conversation,
    Decision,
    Engine,
    Handoff,
    Ignore,
    RuleSet,
    __version__,
    check,
    page,
    schema,
)
from ._table import decide_table

__all__ = [
    "Answer",
    "Ask",
    "AskOption",
    "Candidate",
    "Conversation",
    "Decision",
    "Diagnostic",
    "Engine",
    "EngineSettings",
    "Explanation",
    "Handoff",
    "Ignore",
    "InternalError",
    "Label",
    "Labelled",
    "Place",
    "Raise",
    "Rule",
    "RuleError",
    "RuleSet",
    "RuleSettings",
    "SlotValue",
    "Ticket",
    "TicketMessage",
    "WhyNot",
    "__version__",
    "check",
    "decide_table",
    "eval",
    "page",
    "privacy",
    "schema",
]
