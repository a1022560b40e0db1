"""What can be raised."""

from __future__ import annotations

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
