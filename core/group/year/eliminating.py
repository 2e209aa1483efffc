"""Energy and goods between own plants: what the buyer reports again is taken away, visibly and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from core.errors import UserError
from core.group.packed import Packed
from core.group.register.ownership import HUNDRED, LAST, ZERO, Ownership, known_as, monthly
from core.group.year.cells import Cells, gather, times
from core.group.year.placing import Placed
from core.i18n import T, Text
from core.ledger import Register, Transfer
from core.library import EXACT
from core.methods import SCOPES

INDIRECT = ("scope2", "scope3")
"""Where the buyer counts again what the seller emitted."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The reports of a year and who holds their plants."""

    owned: Ownership
    approach: str
    placed: Sequence[Placed]
    packs: Sequence[Packed]
    """For each report, its lines."""

    def reports_of(self, key: str) -> tuple[int, ...]:
        """Places of the reports of a plant."""
        return tuple(at for at, one in enumerate(self.placed) if one.key == key)


def check_transfers(register: Register) -> None:
    """Stop where transfers contradict each other.

    Raises
    ------
    UserError
        when a plant buys from itself, when a percentage is none, or when more than all of a source is bought.
    """
    transfers = sorted(register.held(Transfer), key=lambda t: t.id)
    for one in transfers:
        others = [t for t in transfers if _overlap(one, t, one.start)]
        percent = sum((t.percent for t in others), ZERO)
        if one.buyer == one.seller or not ZERO <= one.percent <= HUNDRED or percent > HUNDRED:
            raise UserError(
                T("The transfers from own plants into “{source}” make up {percent} %.", source=one.source,
                  percent=percent),
                T("Correct them: seller and buyer differ, and together they do not exceed 100 %."),
            )  # fmt: skip


def taken_away(presence: Presence, transfers: Sequence[Transfer]) -> tuple[tuple[Cells, ...], tuple[Text, ...]]:
    """What transfers take away from the buyers' cells, and what hindered them.

    Parameters
    ----------
    presence
        reports and holders; of the reports of buyers the cells are read, as reported, before shares.
    transfers
        in the order in which they are counted, from 1.

    Notes
    -----
    Of each cell of the buyer's source, in scopes 2 and 3 or the one named, percent/100 times the mean over the
    month's days of the smaller of both plants' shares: that is what the group counts twice. A month that no report
    of the seller covers is not counted there, so nothing is taken away.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 4, and Scope 3 Standard (2011), chapter 5: no double counting
    within an inventory.
    """
    taken: list[Cells] = []
    said: list[Text] = []
    for number, one in enumerate(transfers, 1):
        buyers, sellers = presence.reports_of(one.buyer), presence.reports_of(one.seller)
        covered = frozenset(month for at in sellers for month in presence.placed[at].months)
        found = [
            _of_report(presence, one, at, covered)
            for at in buyers
            if known_as(one.source) in map(known_as, presence.packs[at].sources)
        ]
        taken += [part.with_(transfer=np.full(len(part), number)) for part in found]
        said += _said(presence, one, bool(buyers), bool(sellers), bool(found))
    return tuple(taken), tuple(said)


def _of_report(presence: Presence, one: Transfer, at: int, covered: frozenset[int]) -> Cells:
    wanted = known_as(one.source)
    sources = [place for place, name in enumerate(presence.packs[at].sources) if known_as(name) == wanted]
    scopes = [place for place, scope in enumerate(SCOPES) if scope.startswith(one.scope or INDIRECT)]
    months = sorted(covered & presence.placed[at].months)
    cells = gather([presence.packs[at]])
    cells = cells.with_(report=np.full(len(cells), at))
    own = cells.where(
        np.isin(cells.columns["source"], sources)
        & np.isin(cells.columns["scope"], scopes)
        & np.isin(cells.columns["month"], months)
    )
    years = {month // 12: _parts(presence, one, month // 12) for month in months}
    parts = [years[month // 12][month % 12] for month in months]
    places = np.searchsorted(np.array(months, dtype=np.int64), own.columns["month"].astype(np.int64))
    twice = own.with_(amount=-times(own.amounts, places, parts))
    return twice.where(twice.amounts != 0)


def _parts(presence: Presence, one: Transfer, year: int) -> tuple[Decimal, ...]:
    """Part of the buyer's lines in each month of a year that counts twice."""
    owned, approach = presence.owned, presence.approach
    cuts = {*owned.cuts(one.seller, year), *owned.cuts(one.buyer, year), *_bounds(one, year)}

    def part(day: date) -> Decimal:
        if not one.start <= day.isoformat() <= (one.end or LAST):
            return ZERO
        twice = min(owned.share(key, day, approach) for key in (one.seller, one.buyer))
        return EXACT.divide(EXACT.multiply(one.percent, twice), HUNDRED)

    return monthly(year, sorted(cuts), part)


def _bounds(one: Transfer, year: int) -> Iterator[date]:
    days = [date.fromisoformat(one.start)] if one.start else []
    if one.end and one.end < LAST:
        days.append(date.fromisoformat(one.end) + timedelta(days=1))
    yield from (day for day in days if day.year == year)


def _overlap(one: Transfer, other: Transfer, day: str) -> bool:
    """Whether both take from the same lines on a day."""
    return (
        (one.buyer, known_as(one.source)) == (other.buyer, known_as(other.source))
        and (not one.scope or not other.scope or one.scope == other.scope)
        and other.start <= day <= (other.end or LAST)
    )


def _said(presence: Presence, one: Transfer, buys: bool, sells: bool, found: bool) -> Iterable[Text]:
    """What a reader has to know of a transfer that the buyer's reports should show."""
    names = {"seller": presence.owned.name(one.seller), "buyer": presence.owned.name(one.buyer)}
    if buys and not sells:
        yield T(
            "“{seller}” has no report of this year, so nothing that “{buyer}” bought from it is eliminated.", **names
        )
    elif buys and not found:
        yield T("No report of “{buyer}” names the source “{source}”, so nothing bought from “{seller}” is eliminated.",
                source=one.source, **names)  # fmt: skip
