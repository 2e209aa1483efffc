"""Records as rows of a table; a cell takes the words that the command line and a file take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from core.audit.key_figures import KNOWN
from core.entering.forms import NUMBERS, SEVERAL, Entered, Form
from core.entering.naming import options as named_options
from core.entering.words import as_kept, shown, understood
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.places import countries
from core.library.record_words import field_name
from core.methods import plain
from gui.language import _, language, say
from gui.tables.table import Column

WIDTHS = {
    "name": 22, "note": 24, "reported_as": 20, "contact": 20, "source": 20, "reason": 16, "country": 14, "title": 24,
    "holder": 20, "held": 20, "seller": 18, "buyer": 18, "site": 20, "operational": 12, "financial": 14, "project": 24,
    "start": 14, "end": 14, "opened": 14, "closed": 14, "due": 14, "kind": 16, "description": 24, "subject": 24,
    "parts": 24, "part": 18, "evidence": 18, "values": 24, "area": 18, "instrument": 22, "activity": 26, "action": 24,
}  # fmt: skip
"""In digits; the others take the usual one."""
DAYS, DATE_WIDTH = ("first", "last", "day", "until"), 14
"""Forms of fields that hold a day, and its width in digits: 2026年12月31日."""
NAMES = ("name", "title", "subject", "project", "description")
"""Fields that say what a record is: the first of them has the width that is left, else the first one of words."""
_OFTEN = frozenset({
    "business", "supplier", "generator", "owner", "body", "decided_by", "beneficiary", "purpose", "unit", "registry",
    "method", "project", "source",
})  # fmt: skip
"""Fields whose words come again, so that those used before are offered."""
NO_NUMBER = Decimal("-Infinity")
"""Where a number that is not known stands among the others."""
CURRENCIES = ("CNY", "EUR", "USD", "GBP", "PLN", "CZK", "INR", "JPY", "MXN", "BRL")


def record_columns(form: Form, records: Callable[[], Records], hidden: Sequence[str] = ()) -> list[Column[Record]]:
    """The columns of a kind of record, each of which may be typed into; ``hidden`` are off at first."""
    keys = [one.key for one in form.fields]
    words = (one.key for one in form.fields if one.form not in NUMBERS and one.key not in hidden)
    wide = next((key for key in NAMES if key in keys and key not in hidden), next(words, keys[0]))
    return [_column(form, one, records, stretch=one.key == wide, hidden=one.key in hidden) for one in form.fields]


def _column(form: Form, one: Entered, records: Callable[[], Records], *, stretch: bool, hidden: bool) -> Column[Record]:
    title, _bracket, unit = say(field_name(form.kind, one.key)).partition(" [")

    def value(record: Record) -> Any:
        return getattr(record, one.key)

    def text(record: Record) -> str:
        return shown(records(), one, value(record), language()).replace("\n", " ")

    def edit(record: Record, words: str) -> Record:
        if not words.strip() and one.form == "flag":
            words = "no"
        altered = replace(cast("Any", record), **{one.key: understood(records(), one, words)})
        return as_kept(form, cast("Record", altered))

    number = one.form in NUMBERS
    return Column(
        one.key,
        title,
        text,
        unit.rstrip("]"),
        "right" if number else "left",
        (lambda r: NO_NUMBER if (known := value(r)) is None else known) if number else None,
        (lambda r: "" if (known := value(r)) is None else plain(known))
        if one.form == "number"
        else lambda r: shown(records(), one, value(r), language(), typed=True),
        None if one.key == "id" or one.key in form.stays else edit,
        None if one.form in SEVERAL else lambda _record: choices_of(records(), form, one),
        WIDTHS.get(one.key, DATE_WIDTH if one.form in DAYS else 12),
        stretch,
        hidden,
    )


def choices_of(records: Records, form: Form, one: Entered) -> Sequence[str]:
    """What completion offers while one types."""
    if one.form == "text" and one.choices:
        return list(one.offered)
    return [words for _key, words in options(records, one)] or _kept(records, form, one)


def options(records: Records, one: Entered) -> list[tuple[str, str]]:
    """Keys and words of a field that takes one or several of a list."""
    if one.form == "country":
        return sorted(((code, f"{say(name)} ({code})") for code, name in countries().items()), key=lambda p: p[1])
    if one.form in ("choice", "choices"):
        return [(key, say(words)) for key, words in one.offered.items()]
    if one.form == "flag":
        return [("yes", _("yes")), ("no", _("no"))]
    if one.form == "figure":
        return [(key, say(kind.title)) for key, kind in KNOWN.items()]
    if one.form == "currency":
        return [(code, code) for code in CURRENCIES]
    return [(key, say(words)) for key, words in named_options(records, one)] if one.of else []


def _kept(records: Records, form: Form, one: Entered) -> list[str]:
    """Words used before, e.g. businesses."""
    if one.form != "text" or one.key not in _OFTEN:
        return []
    return sorted({str(getattr(record, one.key)) for record in records.records[form.kind].values()} - {""})


def found_columns(form: Form, records: Callable[[], Records]) -> list[Column[Record]]:
    """The same for a file that is looked at before it is taken up: what stands in it, not to be typed into."""
    return [replace(one, edit=None) for one in record_columns(form, records)]
