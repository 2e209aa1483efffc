"""How people name a record: by its name, another name or its id, and how it is called back."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from core.entering.forms import Entered, Form, Forms
from core.errors import UserError
from core.i18n import Localised, T, verbatim
from core.ledger import Activity, kind_of
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.record_words import kind_name

_NAMES = ("name", "title", "subject", "project")
"""Fields by which a record is called, the first it has."""


def spelled(name: str) -> str:
    """How names are compared: composed, without the space around them, whatever the case.

    Examples
    --------
    >>> spelled(" Krosno ") == spelled("KROSNO")
    True
    """
    return unicodedata.normalize("NFC", name).strip().casefold()


def name_of(record: Record) -> Localised:
    """The name of a record; its id where it has none."""
    if isinstance(record, Activity):
        return T("{source}, {start} – {end}", source=record.source, start=record.start, end=record.end)
    return verbatim(next((str(getattr(record, one)) for one in _NAMES if getattr(record, one, "")), record.id))


def title_of_record(records: Records, forms: Forms, record: Record) -> Localised:
    """How a person recognises a record."""
    form: Form | None = forms.get(kind_of(record))
    return name_of(record) if form is None or form.titled is None else form.titled(records, record)


def called(records: Records, one: Entered, key: str) -> Localised:
    """The name of what a field names; the id where nobody has it."""
    found = next((held for kind in one.of if (held := records.get(kind, key)) is not None), None)
    if found is not None:
        return name_of(found)
    return one.offered.get(key, verbatim(key))


def candidates(records: Records, one: Entered) -> Iterator[Record]:
    """What a field may name."""
    for kind in one.of:
        yield from (held for held in records.records[kind].values() if one.only is None or one.only(held))


def options(records: Records, one: Entered) -> list[tuple[str, Localised]]:
    """Keys and words of what a field may name; where two have one name, the id stands beside it."""
    found = dict(one.offered) | {held.id: name_of(held) for held in candidates(records, one)}
    counted = Counter(str(words) for words in found.values())
    return [
        (key, T("{name} ({id})", name=words, id=key) if counted[str(words)] > 1 else words)
        for key, words in found.items()
    ]


def keyed(records: Records, one: Entered, words: str) -> str:
    """The id of what is named by its name, another name or its id.

    Raises
    ------
    UserError
        when nothing has this name, or several have.
    """
    by_id = next((held for kind in one.of if (held := records.get(kind, words)) is not None), None)
    if by_id is not None and (one.only is None or one.only(by_id)):
        return words
    wanted = spelled(words)
    found: dict[str, Record | None] = {
        key: None for key, title in one.offered.items() if wanted in {spelled(key), *_both(title)}
    }
    found |= {other.id: other for other in candidates(records, one) if wanted in _spellings(other)}
    if len(found) == 1:
        return next(iter(found))
    if found:
        ids = [_told(key, other) for key, other in found.items()]
        raise UserError(T("“{name}” is the name of several: {ids}.", name=words, ids=ids), T("Use the id."))
    raise UserError(
        T("There is no {kind} “{id}”.", kind=[kind_name(kind) for kind in one.of], id=words),
        T("Enter it first, or correct the name."),
    )


def unmistakable(records: Records, one: Entered, separators: str = "") -> dict[str, str]:
    """Of all that a field may name, the name that leads back to it, or the id where a name would not."""
    held = {other.id: other for other in candidates(records, one)}
    spellings = [spelling for other in held.values() for spelling in _spellings(other)]
    spellings += [spelling for key, title in one.offered.items() for spelling in {spelled(key), *_both(title)}]
    counted = Counter(spellings)
    found = {}
    for key, other in held.items():
        name = str(name_of(other))
        certain = name.strip() and counted[spelled(name)] == 1 and not any(sign in name for sign in separators)
        found[key] = name if certain and not isinstance(other, Activity) else key
    return found


def _both(title: Localised) -> set[str]:
    return {spelled(title.in_language(lang)) for lang in ("en", "zh")}


def _spellings(record: Record) -> set[str]:
    """Every name of a record, and the one under which :func:`options` offers it beside another of that name."""
    name = name_of(record)
    also = {spelled(other) for other in getattr(record, "reported_as", ())}
    return _both(name) | also | _both(T("{name} ({id})", name=name, id=record.id))


def _told(key: str, record: Record | None) -> str:
    place = getattr(record, "country", "")
    return f"{key} ({place})" if place else key
