"""From an export to one undoable change: first what each row becomes, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.instruments.layouts import Layout, all_layouts
from core.exchange.instruments.lots import KnownRow, Ways, records_of, sorted_out, steps_of
from core.exchange.instruments.reading import Row, read_export
from core.exchange.key_figures import TableChange
from core.exchange.tables import MOST_REFUSED, Found, Refused, accepted, keeping_file
from core.i18n import T, Text, verbatim
from core.instruments import normal_number
from core.ledger import Credit, Evidence, Instrument, Ledger, named_by
from core.library.record_words import field_name

R = TypeVar("R", bound=Instrument | Credit)
_FACTS = ("scheme", "market", "start", "end", "technology", "generator", "retired", "beneficiary")


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class FoundLots(Found[R], Generic[R]):
    """What an export holds. ``rows`` are those that are new, each with the record of its lot: see ``understood``."""

    layout: Text
    """As which it was recognised."""
    understood: tuple[Row[R], ...] = field(repr=False)
    """The same rows with their serial numbers and quantity."""
    known: tuple[KnownRow, ...]
    """Rows that the plant holds already; nothing is added for them."""
    passed: tuple[Refused, ...]
    """Rows that speak of something else, with the reason; they stop nothing."""
    records: tuple[R, ...]
    """The records that taking it up adds or lets grow, without id: consecutive certificates of one lot are one."""


def read_instruments(source: Path | bytes, ledger: Ledger, name: str = "") -> FoundLots[Instrument]:
    """What a registry's export, or the own table, would add to a plant.

    Parameters
    ----------
    source
        the file or its bytes, csv or xlsx; the registry is recognised by its headings.
    ledger
        the plant now.
    name
        file name as received; empty: that of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, is too large, or has the headings of no registry that is known.
    """
    return found_in(source, ledger, all_layouts(), ledger.held(Instrument), WAYS, name)


def found_in(
    source: Path | bytes,
    ledger: Ledger,
    layouts: Mapping[str, Layout[R]],
    held: Sequence[R],
    ways: Ways[R],
    name: str = "",
) -> FoundLots[R]:
    """The same for any kind of record with serial numbers."""
    read = read_export(source, layouts, name)
    already = _earlier(ledger, read.sha256)
    sorted_rows = sorted_out(read.rows, () if already else held, ways)
    refused = sorted((*read.refused, *sorted_rows.refused), key=lambda one: one.row)
    return FoundLots(
        name=read.name,
        rows=tuple((row.number, row.record) for row in sorted_rows.fresh),
        refused=tuple(refused[:MOST_REFUSED]),
        ignored=read.ignored,
        already=already,
        sha256=read.sha256,
        media_type=read.media_type,
        data=read.data,
        layout=read.layout.title,
        understood=sorted_rows.fresh,
        known=sorted_rows.known,
        passed=read.passed,
        records=records_of(sorted_rows.fresh, ways),
    )


def taking_up(found: FoundLots[Instrument], ledger: Ledger) -> TableChange:
    """The one change that imports a file; the file itself is kept and proves every record.

    Raises
    ------
    UserError
        when a row was refused, nothing is new, the file was imported before, or the plant has changed meanwhile.
    """
    return change_of(found, ledger, ledger.held(Instrument), WAYS)


def change_of(found: FoundLots[R], ledger: Ledger, held: Sequence[R], ways: Ways[R]) -> TableChange:
    """The same for any kind of record with serial numbers."""
    if found.known and not found.rows and not found.refused and found.already is None:
        raise UserError(
            T(
                "The plant holds all {count} rows of “{name}” already.",
                count=len(found.known),
                name=verbatim(found.name),
            ),
            T("Nothing needs to be done."),
        )
    accepted(found)
    _unchanged(found, held, ways)
    key, file = keeping_file(found, ledger, next_ids(ledger, 1, "evidence")[0])
    steps = steps_of(found.records, held, lambda count: next_ids(ledger, count, ways.kind), key, ways)
    why = T("Import of {count} rows from “{name}”", count=len(found.rows), name=verbatim(found.name))
    return TableChange(why, (*file, *steps), (found.data,))


def _unchanged(found: FoundLots[R], held: Sequence[R], ways: Ways[R]) -> None:
    """What was new when the file was looked at must still be new."""
    again = sorted_out(found.understood, held, ways)
    if again.refused or again.known:
        raise UserError(
            T("The plant holds some rows of “{name}” by now.", name=verbatim(found.name)),
            T("Choose the file once more."),
        )


def _earlier(ledger: Ledger, digest: str) -> Evidence | None:
    """The very same file, as long as something that was taken up from it is there."""
    held = next((one for one in ledger.evidence if one.kind == "import" and one.sha256 == digest), None)
    if held is None:
        return None
    records = (record for kind in ledger.records.values() for record in kind.values())
    return held if held.activities or held.id in named_by(records, "evidence") else None


# ---------------------------------------------------------------------- instruments


def _same(one: Instrument) -> tuple[object, ...]:
    """A contract is known by its number, else by its name and generating plant, and by its days."""
    number = normal_number(one.contract)
    return (
        one.kind,
        number,
        "" if number else one.name or _named(one),
        "" if number else one.generator,
        one.start,
        one.end,
    )


def _named(one: Instrument) -> str:
    words = " ".join(
        word for word in (one.scheme or one.contract, one.generator, period_of(one.start, one.end)) if word
    )
    return f"{words}, {one.retired}" if one.retired else words


def period_of(start: date, end: date) -> str:
    """A month or year where it is one, else both days.

    Examples
    --------
    >>> period_of(date(2024, 2, 1), date(2024, 2, 29))
    '2024-02'
    """
    after = end + timedelta(days=1)
    if start.day == 1 and after.day == 1:
        months = 12 * (after.year - start.year) + after.month - start.month
        if months == 1:
            return f"{start:%Y-%m}"
        if months == 12 and start.month == 1:
            return f"{start:%Y}"
    return f"{start.isoformat()}–{end.isoformat()}" if start != end else start.isoformat()


WAYS: Ways[Instrument] = Ways(
    kind="instrument",
    family=lambda one: one.scheme.removesuffix("-NT"),
    facts=lambda one: tuple((field_name("instrument", key), getattr(one, key)) for key in _FACTS),
    same=_same,
    named=_named,
)
