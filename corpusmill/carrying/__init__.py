"""Carrying over: what the next release takes from the newest one, and what it leaves behind.

Intakes are carried over as they are, but for pages that were withdrawn (`register`, `rows`) and
columns that the contract has gained (`rows`); `over` puts that together.  `retire` deletes the
data of old releases.
"""

from corpusmill.carrying.over import CarriedOver, carry_over
from corpusmill.carrying.register import Register, add_entries, page_keys, read_register
from corpusmill.carrying.retire import retire_release

__all__ = [
    "CarriedOver",
    "Register",
    "add_entries",
    "carry_over",
    "page_keys",
    "read_register",
    "retire_release",
]
