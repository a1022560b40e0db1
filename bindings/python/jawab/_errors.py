"""What can be raised."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._data import Diagnostic


class RuleError(ValueError):
    """A rule set cannot be used.

    Its text lists every problem, one a line; `diagnostics` has them as data.

    >>> import jawab
    >>> try:
    ...     jawab.RuleSet.from_yaml("r.yaml", "jawab: 1\\nlanguage: en\\nfaq: {hi: {answer: Hello.}}")
    ... except jawab.RuleError as error:
    ...     print(error.diagnostics[0].code, error.diagnostics[0].place)
    missing-evidence r.yaml:3:7
    """

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class InternalError(Exception):
    """A fault of the engine, never of its user: please report it."""


def unreadable(message: str, diagnostics: tuple[Diagnostic, ...]) -> OSError:
    """The `OSError` for the path that could not be read, with the system's number and words for it where they are still
    to be had; what else is wrong stands in its notes, all of it in its `diagnostics`."""
    path = next((found.place.file for found in diagnostics if found.code == "unreadable-file"), None)
    error = _tried(path) or OSError(message)
    error.diagnostics = diagnostics  # type: ignore[attr-defined]
    for found in diagnostics:
        if found.code != "unreadable-file":
            error.add_note(str(found))
    return error


def _tried(path: str | None) -> OSError | None:
    try:
        if path is not None:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
    except OSError as error:
        return error.with_traceback(None)
    return None
