"""Ids of new records: a letter or two and a number that continues what is held."""

from __future__ import annotations

import re

from core.entering.forms import Form
from core.ledger.filing import Records


def next_id(records: Records, form: Form) -> str:
    """The next free id of a kind of record; that of the only one where there is only one."""
    return form.single or numbered(form, last_number(records, form) + 1)


def last_number(records: Records, form: Form) -> int:
    """The largest number in an id that is held; 0 without any."""
    pattern = re.compile(f"{re.escape(form.prefix)}([0-9]{{1,15}})")
    return max((int(match[1]) for key in records.records[form.kind] if (match := pattern.fullmatch(key))), default=0)


def numbered(form: Form, number: int) -> str:
    """The id with a number."""
    return f"{form.prefix}{number:0{form.digits}d}"
