"""What must never be stored or shown unmasked: secrets and personal data in what customers write.

>>> from jawab.privacy import Masker
>>> masked = Masker().mask("rek 1234567890 pin 123456", keep=["account", "pin"])
>>> masked.text, masked.found[0].kind
('rek 1234567890 pin [pin]', 'pin')
"""

from ._data import Found, Masked
from ._native import Masker, warning

__all__ = ["KINDS", "Found", "Masked", "Masker", "warning"]

KINDS: tuple[str, ...] = Masker().kinds
"""All kinds by their names, as they stand in the brackets of a mask."""
