"""What is kept of the data points of one report: plain values, written as canonical JSON beside it.

Lists of ids stand once, for many data points rest on the same records. A value stands with the last day on which it
holds, so whoever reads it on a later day judges what has run out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from core.disclosures.catalogue import all_points
from core.disclosures.lasting import Stretch, on
from core.disclosures.value import Origin, PointValue
from core.errors import UserError
from core.i18n import Text
from core.ledger import canonical
from core.report.group.plainly import from_plain, to_plain

ASKED = "asked"
"""Name of the data points beside a filed report."""
FORM = 1
"""Of what is kept, and of what data points follow from; another form is another number, and is worked out anew."""
LARGEST = 4 * 1024 * 1024
"""Nothing is read beyond this size; a plant with a thousand records takes about 150 kB. [bytes]"""
_DIGITS = re.compile(r"-?[0-9]{1,80}(\.[0-9]{1,80})?")
"""Shares have 34 digits, more than numbers that people enter."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a report tells of the data points from one day on."""

    since: date
    """First day."""
    years: tuple[int, ...]
    """Earlier years that data points look at, where a report of them is at hand; none where the report is of a part of
    a year."""
    earlier: Mapping[int, str]
    """SHA-256 of the reports that were looked at, by their year."""
    stretches: Mapping[str, tuple[Stretch, ...]]
    """By data point."""
    proofs: Mapping[str, str]
    """Names of kept files by id."""

    def on(self, day: date) -> Mapping[str, PointValue] | None:
        """The data points on a day; None before the first one, or where nobody looked so far ahead."""
        if day < self.since:
            return None
        found = {key: on(own, day) for key, own in self.stretches.items()}
        known = {key: value for key, value in found.items() if value is not None}
        return known if len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class _Source:
    """An origin."""

    kind: str
    ids: int
    """Place of the list."""
    words: Text
    page: str
    year: int


@dataclass(frozen=True, slots=True)
class _Value:
    """A value up to a day."""

    until: str
    number: str | None
    text: str | None
    unit: str
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[str, ...]
    """Two or none."""
    origins: tuple[_Source, ...]
    proofs: int
    """Place of the list."""
    valid_to: str
    expired: bool
    missing: Text | None
    derived: bool
    unproven: int


@dataclass(frozen=True, slots=True)
class _Written:
    """Everything, as it is written."""

    since: str
    years: tuple[int, ...]
    earlier: Mapping[str, str]
    lists: tuple[tuple[str, ...], ...]
    points: Mapping[str, tuple[_Value, ...]]
    proofs: tuple[tuple[str, ...], ...]
    """Pairs of id and name: an id may have any letters."""


@cache
def catalogue() -> str:
    """Names the catalogue of data points: kept values of another one are worked out anew."""
    points = [(one.key, one.unit, one.kind, one.fold, str(one.months)) for one in all_points().values()]
    return hashlib.sha256(json.dumps(points).encode()).hexdigest()[:16]


def write(kept: Kept) -> bytes | None:
    """The bytes that are kept; None for what is too large or cannot be written, and is worked out on every question."""
    lists: dict[tuple[str, ...], int] = {}
    try:
        points = {key: tuple(_written(one, lists) for one in own) for key, own in kept.stretches.items()}
        earlier = {str(year): sha256 for year, sha256 in kept.earlier.items()}
        proofs = tuple(kept.proofs.items())
        made = _Written(kept.since.isoformat(), kept.years, earlier, tuple(lists), points, proofs)
        data = canonical({"form": FORM, "catalogue": catalogue(), "asked": to_plain(made)})
    except (UserError, ValueError, TypeError):
        return None
    return data if len(data) <= LARGEST else None


def read(data: bytes) -> Kept | None:
    """What :func:`write` wrote; None where it has another form, is too large or damaged: then it is worked out anew."""
    if len(data) > LARGEST:
        return None
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or (plain.get("form"), plain.get("catalogue")) != (FORM, catalogue()):
            return None
        made: _Written = from_plain(_Written, plain["asked"])
        if made.points.keys() != all_points().keys() or any(len(pair) != 2 for pair in made.proofs):
            return None
        return Kept(
            date.fromisoformat(made.since),
            made.years,
            {int(year): sha256 for year, sha256 in made.earlier.items()},
            {key: tuple(_read(key, one, made.lists) for one in made.points[key]) for key in all_points()},
            {pair[0]: pair[1] for pair in made.proofs},
        )
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None


# ---------------------------------------------------------------------- one value


def _written(one: Stretch, lists: dict[tuple[str, ...], int]) -> _Value:
    value = one.value
    number = isinstance(value.value, Decimal)
    return _Value(
        one.until,
        _digits(value.value) if isinstance(value.value, Decimal) else None,
        None if number else _text(value.value),
        value.unit,
        value.rows,
        () if value.parts is None else tuple(map(_digits, value.parts)),
        tuple(
            _Source(origin.kind, lists.setdefault(origin.ids, len(lists)), origin.words, origin.page, origin.year)
            for origin in value.origins
        ),
        lists.setdefault(value.evidence, len(lists)),
        value.valid_to,
        value.expired,
        value.missing,
        value.derived,
        value.unproven,
    )


def _digits(number: Decimal) -> str:
    """Plain digits, each of them."""
    text = f"{number:f}"
    if not _DIGITS.fullmatch(text):
        raise ValueError("not a number that can be read again")
    return text


def _text(value: Decimal | str | None) -> str | None:
    return None if value is None else str(value)


def _read(key: str, one: _Value, lists: tuple[tuple[str, ...], ...]) -> Stretch:
    if one.number is not None and one.text is not None:
        raise ValueError("a number or a text")
    if one.until:
        date.fromisoformat(one.until)
    parts = tuple(map(_number, one.parts))
    if len(parts) not in (0, 2) or min((one.proofs, *(source.ids for source in one.origins))) < 0:
        raise ValueError("parts or lists")
    return Stretch(
        one.until,
        PointValue(
            key,
            one.text if one.number is None else _number(one.number),
            one.unit,
            one.rows,
            (parts[0], parts[1]) if parts else None,
            tuple(Origin(source.kind, lists[source.ids], source.words, source.page, source.year)
                  for source in one.origins),
            lists[one.proofs],
            one.valid_to,
            one.expired,
            one.missing,
            one.derived,
            one.unproven,
        ),
    )  # fmt: skip


def _number(text: str) -> Decimal:
    if not _DIGITS.fullmatch(text):
        raise ValueError("not a number")
    return Decimal(text)
