"""Parts of decisions that are read seldom: properties that are made of the JSON when they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _data
from ._native import Answer, Ask, Decision, Handoff, Ignore

SPOKEN = (Answer, Ask, Handoff)
EVERY = (Answer, Ask, Handoff, Ignore)


def _as_it_is(part: Any) -> Any:
    return part


PARTS: list[tuple[tuple[type[Decision], ...], str, Callable[[Any], Any], str]] = [
    ((Answer, Handoff), "slots", _data.slots, "Values found in the message: a dict of `SlotValue` by name."),
    ((Ask,), "options", _data.options, "What the customer may choose: a tuple of `AskOption`."),
    ((Ask,), "slot", _as_it_is, "The name of the detail that is asked for; None where the customer is to choose."),
    ((Handoff,), "ticket", _data.ticket, "What the host's ticket system needs: a `Ticket`."),
    ((Handoff,), "priority", _as_it_is, "How urgent it is: `low`, `normal`, `high` or `urgent`."),
    ((Handoff,), "level", _as_it_is, "Level of support, from 1."),
    ((Handoff,), "respond_within", _as_it_is, "Seconds to the first response, None where none is promised."),
    ((Handoff,), "update_every", _as_it_is, "Seconds between updates to the customer, None where none are promised."),
    ((Handoff,), "resolve_within", _as_it_is, "Seconds to the solution, None where none is promised."),
    ((Handoff,), "escalation", _data.escalation, "Why level or priority rose: a tuple of `Raise`; in conversations."),
    ((Handoff,), "respond_by", _as_it_is, "When the first response is due (RFC 3339), where the host gives the `time`."),
    ((Handoff,), "update_by", _as_it_is, "When the first update is due."),
    ((Handoff,), "resolve_by", _as_it_is, "When the solution is due."),
    (SPOKEN, "tone", _as_it_is, "How the customer sounds, in conversations; None where nothing tells."),
    (EVERY, "masked", _data.found, "What was masked in the message, in conversations: a tuple of `Found`."),
]


def _property(name: str, made: Callable[[Any], Any], doc: str) -> property:
    return property(lambda decision: made(decision.to_dict().get(name)), doc=doc)


for classes, name, made, doc in PARTS:
    for kind in classes:
        setattr(kind, name, _property(name, made, doc))
