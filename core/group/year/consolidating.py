"""How a year of the group is added up from the packed lines of its plants' reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from core.group.inbox.judging import LINES
from core.group.packed import Packed, unpack
from core.group.register.ownership import GROUP, ZERO, Ownership, works
from core.group.year.cells import Cells, coarse, gather, joined, times
from core.group.year.consolidated import Consolidated, Member, month_key
from core.group.year.eliminating import Presence, check_transfers, taken_away
from core.group.year.placing import Placed, holder_of, period_of, placed
from core.i18n import T, Text
from core.ledger import Register, Transfer
from core.store import Filed, GroupFile


@dataclass(slots=True)
class _Read:
    """What is kept of reports while their lines pass by."""

    filed: list[Filed] = field(default_factory=list)
    sources: list[tuple[str, ...]] = field(default_factory=list)
    lineless: list[Filed] = field(default_factory=list)

    def packs(self, reports: Iterable[tuple[Filed, Packed | None]], year: int) -> Iterator[Packed]:
        for filed, packed in reports:
            if filed.year != year:
                continue
            if packed is None:
                self.lineless.append(filed)
                continue
            self.filed.append(filed)
            self.sources.append(packed.sources)
            yield packed


def reports_of(group: GroupFile, year: int) -> Iterator[tuple[Filed, Packed | None]]:
    """The accepted reports of a year with their lines, one by one; None where an early version kept no lines."""
    for filed in group.accepted(year):
        part = group.part(filed.sha256, LINES)
        yield filed, None if part is None else unpack(part)


def consolidate(
    register: Register, reports: Iterable[tuple[Filed, Packed | None]], year: int, *, approach: str | None = None
) -> Consolidated:
    """A year of the group.

    Parameters
    ----------
    register
        companies, plants, stakes and transfers.
    reports
        accepted reports with their lines, in any order; those of other years are passed over. They may come one by
        one: of their lines only the cells are kept.
    year
        in which the reports' periods end.
    approach
        ``operational_control``, ``financial_control`` or ``equity_share``; None: that of the group.

    Notes
    -----
    A cell is what a report says of one scope, category, gas, month and source. It counts with the share of
    :func:`~core.group.register.ownership.shares_by_month`, rounded once to 10⁻⁹ t, half to even. A report of a plant
    that is not in the register counts wholly and is named. Where two reports of one plant cover the same day, the month
    of that day is taken from one of them alone, see :func:`~core.group.year.placing.placed`. What own plants deliver to
    each other is taken away as :func:`~core.group.year.eliminating.taken_away` says.

    Raises
    ------
    UserError
        when stakes or transfers contradict each other.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapters 3 (organisational boundaries) and 4 (double counting).
    """
    approach = approach or register.group.approach
    owned = Ownership.of(register)
    check_transfers(register)
    read = _Read()
    cells = gather(read.packs(reports, year))
    places = placed(owned, read.filed, approach)
    members, member_of = _members(owned, places, year, approach)
    transfers = tuple(sorted(register.held(Transfer), key=lambda t: t.id))
    taken, said = taken_away(Presence(owned, approach, places, read.sources), cells, transfers)
    counted = _counted(cells, places)
    whole = joined([counted, *taken]) if taken else counted
    return Consolidated(
        year,
        approach,
        members,
        tuple(read.filed),
        member_of,
        tuple(read.sources),
        transfers,
        whole,
        coarse(whole),
        (*_notices(owned, places, members, read.lineless), *said),
        {GROUP: register.group.name or GROUP, **owned.called, **{member.key: member.name for member in members}},
    )


def _counted(cells: Cells, places: Sequence[Placed]) -> Cells:
    """Cells with their shares; what does not count at all is left out."""
    if not len(cells) or all(one.whole for one in places):
        return cells
    months = cells.columns["month"].astype(np.int64)
    first = int(months.min())
    table = np.zeros((len(places), int(months.max()) - first + 1), dtype=np.int64)
    shares: dict[Decimal, int] = {ZERO: 0}
    for at, one in enumerate(places):
        for month, share in one.shares.items():
            if 0 <= month - first < table.shape[1]:
                table[at, month - first] = shares.setdefault(share, len(shares))
    which = table[cells.columns["report"].astype(np.int64), months - first]
    whole = cells.with_(amount=times(cells.amounts, which, list(shares)))
    return whole.where(which > 0)


def _members(
    owned: Ownership, places: Sequence[Placed], year: int, approach: str
) -> tuple[tuple[Member, ...], tuple[int, ...]]:
    """The plants by name, and for each report the place of its own."""
    own: dict[str, list[Placed]] = {}
    for one in places:
        own.setdefault(one.key, []).append(one)
    members = sorted((_member(owned, of, year, approach) for of in own.values()), key=lambda m: (m.name, m.key))
    at = {member.key: number for number, member in enumerate(members)}
    return tuple(members), tuple(at[one.key] for one in places)


def _member(owned: Ownership, reports: Sequence[Placed], year: int, approach: str) -> Member:
    first = reports[0]
    filed, site = first.filed, first.site
    shares = {month_key(m): share for m, share in sorted((m, s) for one in reports for m, s in one.shares.items())}
    company = filed.organisation or GROUP
    if site is not None and site.id in owned.stakes:
        company = holder_of(owned, site, year, approach)
    return Member(
        first.key,
        filed.plant if site is None else site.name,
        filed.country if site is None else site.country,
        "" if site is None else site.business,
        company,
        site,
        tuple(one.filed for one in reports),
        shares,
    )


def _notices(
    owned: Ownership, places: Sequence[Placed], members: Sequence[Member], lineless: Sequence[Filed]
) -> Iterator[Text]:
    """What a reader of the sums has to know."""
    if strangers := [m.name for m in members if m.site is None]:
        yield T("Not in the register and counted wholly: {names}.", names=strangers)
    free = [m.name for m in members if m.site is not None and m.site.id not in owned.stakes]
    if free and owned.stakes:
        yield T("Nobody is entered as holder, so these count wholly: {names}.", names=free)
    if others := [m.name for m in members if not m.counts]:
        yield T("Reported, but no part of the group in this year: {names}.", names=others)
    for filed in lineless:
        yield T("The report “{file}” was filed without its lines and does not count; import it again.", file=filed.name)
    yield from (said for one in places for said in _of_report(one))
    for member in members:
        if len(member.reports) > 1:
            yield T("The year of “{plant}” is put together from {count} reports.", plant=member.name,
                    count=len(member.reports))  # fmt: skip


def _of_report(one: Placed) -> Iterator[Text]:
    if one.beside:
        months = [month_key(month) for month in sorted(one.beside)]
        yield T("Months of “{file}” that another report of “{plant}” covers too, not counted: {months}.",
                file=one.filed.name, plant=one.filed.plant, months=months)  # fmt: skip
    if one.site is not None and not works(one.site, *period_of(one.filed)):
        yield T("“{plant}” reports days on which, by the register, it did not work.", plant=one.site.name)
