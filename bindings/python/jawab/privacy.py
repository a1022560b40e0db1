"""What must never be stored or shown unmasked: secrets and personal data in what customers write.

>>> from jawab.privacy import Masker
>>> masked = Masker().mask("rek 1234567890 pin 123456", keep=["account", "pin"])
>>> masked.text, masked.found[0].kind
('rek 1234567890 pin [pin]', 'pin')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from . import _native
from ._data import Found, Masked
from ._native import warning

__all__ = ["KINDS", "Found", "Masked", "Masker", "warning"]

KINDS: tuple[str, ...] = tuple(_native.kinds())
"""All kinds by their names, as they stand in the brackets of a mask."""


@dataclass(frozen=True, slots=True)
class Masker:
    """Finds and masks private parts of texts; `kinds` says what to look for. Takes time linear in the text.

    Raises `ValueError` for a name that is no kind.

    >>> Masker(("email",)).mask("sari@mail.id, 081234567890").text
    '[email], 081234567890'
    """

    kinds: tuple[str, ...] = KINDS

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", tuple(self.kinds))
        self.mask("")

    def find(self, text: str) -> tuple[Found, ...]:
        """What must not be shown, in the order of the text."""
        return self.mask(text).found

    def mask(self, text: str, keep: Iterable[str] = ()) -> Masked:
        """Replaces what must not be shown by its kind in brackets. The kinds to `keep` stay, but for secrets: a password,
        PIN, one-time code, card security code or card number never does."""
        return _native.mask(text, list(self.kinds), list(keep))

    def has_secret(self, text: str) -> bool:
        """Whether a text holds a secret that a customer must never share."""
        return bool(self.mask(text, keep=self.kinds).found)
