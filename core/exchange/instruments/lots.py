"""Rows of an export against what the plant holds, and as few records as possible.

Certificates that follow each other and differ in nothing else are one record, so that ten thousand rows are a few.
Which records come out does not depend on the order of rows or files; only where a lot names more ranges than one record
may is it cut, and the cut follows the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar

from core.errors import UserError
from core.exchange.instruments.reading import Row
from core.exchange.tables import Refused
from core.i18n import Name, T, Text, verbatim
from core.instruments import Serials, joined, parse_serials
from core.instruments.serials import MOST
from core.ledger import Credit, Instrument, Step
from core.methods import exact_sum

R = TypeVar("R", bound=Instrument | Credit)
_NUMBERED = re.compile(r"(?: \([0-9]+\))?")
MOST_TEXT = 30_000
"""Characters of the serial numbers of one record, which must fit into the cell of a spreadsheet."""


@dataclass(frozen=True)
class Ways(Generic[R]):
    """What a kind of record is compared by."""

    kind: str
    """Of the record in the ledger."""
    family: Callable[[R], str]
    """Certificates of one family do not share numbers."""
    facts: Callable[[R], tuple[tuple[Name, Any], ...]]
    """What must be equal for a row to be the same as a record, with the names of the fields."""
    same: Callable[[R], tuple[Any, ...]]
    """By which a record without serial numbers is known again."""
    named: Callable[[R], str]
    """The name that a lot is given; empty: none."""


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that the plant holds already."""

    row: int
    id: str
    """Of the record."""


@dataclass(frozen=True)
class Sorted(Generic[R]):
    """Rows, sorted out."""

    fresh: tuple[Row[R], ...]
    known: tuple[KnownRow, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Held:
    first: int
    last: int
    place: int
    """Of the record or row."""


def sorted_out(rows: Sequence[Row[R]], held: Sequence[R], ways: Ways[R]) -> Sorted[R]:
    """Which rows are new, which are there already, and which cannot be.

    Parameters
    ----------
    rows
        that were understood.
    held
        what the plant holds.
    ways
        by what they are compared.
    """
    refused = dict(_repeated(rows, ways))
    shelf = _shelf(held, ways)
    plain = {ways.same(one): one for one in held if not one.serials.strip()}
    found: dict[int, R] = {}
    for row in rows:
        if row.number in refused:
            continue
        try:
            same = _held_as(row, held, shelf, plain, ways)
        except UserError as error:
            refused[row.number] = Refused(row.number, None, error.message, error.remedy or T("Correct the row."))
            continue
        if same is not None:
            found[row.number] = same
    for number, reason in _amounts(rows, found):
        refused[number] = reason
        del found[number]
    fresh = tuple(row for row in rows if row.number not in refused and row.number not in found)
    known = tuple(KnownRow(number, one.id) for number, one in sorted(found.items()))
    return Sorted(fresh, known, tuple(refused[number] for number in sorted(refused)))


def _repeated(rows: Sequence[Row[R]], ways: Ways[R]) -> Iterator[tuple[int, Refused]]:
    """Rows of one file that name the same certificates, or without any are the same."""
    remedy = T("Delete one of the two rows.")
    entries = sorted(
        (ways.family(row.record), one.prefix, one.first, one.last, row.number) for row in rows for one in row.numbers
    )
    reach: tuple[str, str, int, int] | None = None
    for family, prefix, first, last, number in entries:
        if reach is not None and reach[:2] == (family, prefix) and first <= reach[2]:
            low, high = sorted((number, reach[3]))
            if low != high:
                yield (
                    high,
                    Refused(high, None, T("The row names certificates that row {other} names too.", other=low), remedy),
                )
        if reach is None or reach[:2] != (family, prefix) or last > reach[2]:
            reach = family, prefix, last, number
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if not row.numbers:
            other = seen.setdefault(ways.same(row.record), row.number)
            if other != row.number:
                yield (
                    row.number,
                    Refused(row.number, None, T("The row is the same as row {other}.", other=other), remedy),
                )


def _shelf(held: Iterable[R], ways: Ways[R]) -> dict[tuple[str, str], list[_Held]]:
    """Ranges of the plant by family and beginning, ordered."""
    found: dict[tuple[str, str], list[_Held]] = {}
    for place, one in enumerate(held):
        for serials in ranges_of(one):
            found.setdefault((ways.family(one), serials.prefix), []).append(_Held(serials.first, serials.last, place))
    return {key: sorted(entries) for key, entries in found.items()}


def ranges_of(one: R) -> tuple[Serials, ...]:
    """The certificates of a record; none where they cannot be read, which another rule says."""
    try:
        return parse_serials(one.serials) if one.serials.strip() else ()
    except UserError:
        return ()


def _held_as(
    row: Row[R],
    held: Sequence[R],
    shelf: dict[tuple[str, str], list[_Held]],
    plain: dict[tuple[Any, ...], R],
    ways: Ways[R],
) -> R | None:
    """The record that holds all of a row; None where it is new."""
    if not row.numbers:
        same = plain.get(ways.same(row.record))
        if same is not None:
            _check_equal(row, same, ways)
            if same.quantity != row.quantity:
                raise _other_amount(same, row.quantity, same.quantity)
        return same
    places: set[int] = set()
    covered = 0
    for serials in row.numbers:
        entries = shelf.get((ways.family(row.record), serials.prefix), [])
        for entry in _touching(entries, serials):
            places.add(entry.place)
            covered += min(entry.last, serials.last) - max(entry.first, serials.first) + 1
    if not places:
        return None
    for place in sorted(places):
        _check_equal(row, held[place], ways)
    if len(places) > 1 or covered != sum(one.count for one in row.numbers):
        raise UserError(
            T("Some of its certificates are in the ledger already: {id}.", id=[held[at].id for at in sorted(places)]),
            T("Delete from the file what is there already, or import the rows as they were imported before."),
        )
    return held[places.pop()]


def _touching(entries: list[_Held], serials: Serials) -> Iterator[_Held]:
    """Entries that overlap; those of one plant hardly overlap each other, so few are looked at."""
    at = bisect_left(entries, _Held(serials.first, -2, -1))
    while at and entries[at - 1].last >= serials.first:
        at -= 1
    for entry in entries[at:]:
        if entry.first > serials.last:
            return
        if entry.last >= serials.first:
            yield entry


def _check_equal(row: Row[R], same: R, ways: Ways[R]) -> None:
    told = zip(ways.facts(row.record), ways.facts(same), strict=True)
    wrong = [(name, said, there) for (name, said), (_, there) in told if said != there]
    if wrong:
        name, said, there = wrong[0]
        raise UserError(
            T("{id} holds these certificates, but its {field} is “{there}” and here “{said}”.",
              id=same.id, field=name, there=_word(there), said=_word(said)),
            T("Correct the record by hand if the registry is right, or delete the row."),
        )  # fmt: skip


def _word(value: object) -> Text:
    return verbatim(str(value) or "–")


def _amounts(rows: Sequence[Row[R]], found: dict[int, R]) -> list[tuple[int, Refused]]:
    """Rows that together are all of a record, but with another quantity."""
    by_record: dict[str, list[Row[R]]] = {}
    for row in rows:
        if row.number in found and row.numbers:
            by_record.setdefault(found[row.number].id, []).append(row)
    wrong: list[tuple[int, Refused]] = []
    for own in by_record.values():
        record = found[own[0].number]
        whole = joined(one for row in own for one in row.numbers)
        total = exact_sum(row.quantity for row in own)
        if total != record.quantity and whole == joined(ranges_of(record)):
            error = _other_amount(record, total, record.quantity)
            wrong += [
                (row.number, Refused(row.number, None, error.message, error.remedy or T("Correct the row.")))
                for row in own
            ]
    return wrong


def _other_amount(record: Instrument | Credit, said: Decimal, there: Decimal) -> UserError:
    return UserError(
        T("{id} holds the same with {there}, here it is {said}.", id=record.id, there=there, said=said),
        T("Correct the record by hand if the registry is right, or delete the row."),
    )


# ---------------------------------------------------------------------- records


def records_of(rows: Sequence[Row[R]], ways: Ways[R]) -> tuple[R, ...]:
    """New rows as few records, without id, in an order of their own."""
    lots: dict[R, list[Row[R]]] = {}
    found: list[R] = []
    for row in rows:
        if row.numbers:
            lots.setdefault(row.record, []).append(row)
        else:
            found.append(_written(row.record, (), row.quantity, ways))
    for record, own in lots.items():
        found += _lot(record, own, ways)
    return tuple(sorted(found, key=_order))


def _lot(record: R, rows: Sequence[Row[R]], ways: Ways[R]) -> Iterator[R]:
    """One record; more where the numbers do not fit into one."""
    whole = joined(one for row in rows for one in row.numbers)
    if _fits(whole):
        yield _written(record, whole, exact_sum(row.quantity for row in rows), ways)
        return
    part: list[Row[R]] = []
    length = count = 0
    for row in sorted((piece for whole in rows for piece in _pieces(whole)), key=lambda one: min(one.numbers)):
        more = sum(len(one.text) + 2 for one in row.numbers)
        if part and (length + more > MOST_TEXT or count + len(row.numbers) > MOST):
            yield _written(
                record, joined(one for r in part for one in r.numbers), exact_sum(r.quantity for r in part), ways
            )
            part, length, count = [], 0, 0
        part.append(row)
        length, count = length + more, count + len(row.numbers)
    yield _written(record, joined(one for r in part for one in r.numbers), exact_sum(r.quantity for r in part), ways)


def _pieces(row: Row[R]) -> Iterator[Row[R]]:
    """A row that names thousands of certificates one by one, as so many rows."""
    if len(row.numbers) > 1 and row.quantity == sum(one.count for one in row.numbers):
        yield from (Row(row.number, row.record, (one,), Decimal(one.count)) for one in row.numbers)
    else:
        yield row


def _fits(numbers: Sequence[Serials]) -> bool:
    return len(numbers) <= MOST and sum(len(one.text) + 2 for one in numbers) <= MOST_TEXT


def _written(record: R, numbers: Sequence[Serials], quantity: Decimal, ways: Ways[R]) -> R:
    done = replace(record, serials="; ".join(one.text for one in numbers), quantity=quantity)
    name = ways.named(done)
    return replace(done, name=name) if name and isinstance(done, Instrument) and not done.name else done


def _order(record: Instrument | Credit) -> tuple[str, ...]:
    return tuple(str(getattr(record, name)) for name in _ORDER[type(record)])


_ORDER = {
    Instrument: ("kind", "scheme", "market", "start", "end", "generator", "retired", "beneficiary", "contract", "name",
                 "serials", "quantity", "purpose", "price", "note"),
    Credit: ("registry", "project", "vintage", "retired", "beneficiary", "serials", "quantity", "purpose", "note"),
}  # fmt: skip


def steps_of(
    records: Sequence[R], held: Sequence[R], ids: Callable[[int], Sequence[str]], file: str, ways: Ways[R]
) -> tuple[Step, ...]:
    """New records, and those of the same lot that grow.

    Parameters
    ----------
    records
        as :func:`records_of` gives them.
    held
        what the plant holds.
    ids
        the next free ids, as many as are asked for.
    file
        id of the kept file that proves them.
    ways
        of the kind.
    """
    lots = {_lot_of(one, ways): one for one in held if one.serials.strip()}
    grown: list[Step] = []
    fresh: list[R] = []
    for one in records:
        before = lots.pop(_lot_of(one, ways), None) if one.serials else None
        whole = joined((*ranges_of(before), *ranges_of(one))) if before is not None else ()
        if before is None or not _fits(whole):
            fresh.append(one)
            continue
        total = exact_sum((before.quantity, one.quantity))
        files = tuple(dict.fromkeys((*before.evidence, file)))
        after = replace(before, serials="; ".join(part.text for part in whole), quantity=total, evidence=files)
        grown.append(Step(ways.kind, before.id, before, after))
    named = _told_apart(fresh, held)
    new = [replace(one, id=key, evidence=(file,)) for one, key in zip(named, ids(len(fresh)), strict=True)]
    return (*(Step(ways.kind, one.id, None, one) for one in new), *grown)


def _told_apart(fresh: Sequence[R], held: Sequence[R]) -> list[R]:
    """Forms and tables know an instrument by its name, kind and days: what is called the same gets a number."""
    taken = {_called(one) for one in held}
    found = []
    for one in fresh:
        number, named = 1, one
        while isinstance(one, Instrument) and _called(named) in taken:
            number += 1
            named = replace(one, name=f"{one.name} ({number})")
        taken.add(_called(named))
        found.append(named)
    return found


def _called(one: Instrument | Credit) -> tuple[object, ...]:
    return (one.name, one.kind, one.start, one.end) if isinstance(one, Instrument) else ()


def _lot_of(record: R, ways: Ways[R]) -> R:
    """All of a record but what it holds; a name that it was given here is no part of it."""
    bare = replace(record, id="", serials="", quantity=Decimal(0), evidence=())
    if not isinstance(bare, Instrument):
        return bare
    own = ways.named(record)
    rest = bare.name.removeprefix(own) if bare.name.startswith(own) else bare.name
    return replace(bare, name="" if _NUMBERED.fullmatch(rest) else bare.name)
