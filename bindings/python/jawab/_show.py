"""Decisions for the eye: one line, and a notebook's cell."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._native import Decision

FIELDS = ("rule", "reason", "team", "priority", "confidence", "language", "text")


def _told(decision: Decision) -> list[tuple[str, object]]:
    named = ((name, getattr(decision, name, None)) for name in FIELDS)
    return [(name, value) for name, value in named if value is not None]


def line(decision: Decision) -> str:
    told = ", ".join(f"{name}={value!r}" for name, value in _told(decision))
    return f"{type(decision).__name__}({told})"


def html(decision: Decision) -> str:
    rows = [(name, str(value)) for name, value in _told(decision)]
    rows += [("candidates", ", ".join(f"{c.rule} {c.confidence:.2f}" for c in decision.candidates))]
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows if value)
    return f"<table><caption>{escape(type(decision).__name__)}</caption>{cells}</table>"

