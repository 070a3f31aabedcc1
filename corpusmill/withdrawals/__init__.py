"""Withdrawing: pages that leave the dataset, and old releases whose data is deleted.

Which pages (`register`), a release without them (`remaining`, `rows`), old releases (`retire`).
The pages of an input are held against the register by whoever reads them.
"""

from corpusmill.withdrawals.register import Register, add_entries, page_keys, read_register
from corpusmill.withdrawals.remaining import Remaining, leave_withdrawn
from corpusmill.withdrawals.retire import retire_release

__all__ = [
    "Register",
    "Remaining",
    "add_entries",
    "leave_withdrawn",
    "page_keys",
    "read_register",
    "retire_release",
]
