"""How a year of the group is added up from the packed lines of its plants' reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

import numpy as np

from core.errors import UserError
from core.group.inbox.kept import package_of
from core.group.packed import LINES, Packed, front_of, pack, unpack
from core.group.register.ownership import GROUP, ZERO, Ownership, works
from core.group.year.cells import AT_ONCE, Cells, gather, gather_sums, joined, merged, times
from core.group.year.consolidated import Consolidated, Member
from core.group.year.eliminating import Presence, check_transfers, taken_away
from core.group.year.fine import Fine
from core.group.year.months import month_key
from core.group.year.placing import Held, Placed, holder_of, period_of, placed
from core.group.year.uncertainty import TERMS, terms_of
from core.i18n import T, Text
from core.ledger import Register, Transfer
from core.store import Filed, GroupFile, together

FRONT = 4096
"""Bytes that are read of a report at first: in most there is no more before the lines."""


@dataclass(slots=True)
class _Read:
    """What is kept of reports while their lines pass by."""

    filed: list[Filed] = field(default_factory=list)
    packs: list[Packed] = field(default_factory=list)
    lineless: list[Filed] = field(default_factory=list)

    @staticmethod
    def of(reports: Iterable[tuple[Filed, Packed | None]], year: int) -> _Read:
        read = _Read()
        for filed, packed in reports:
            if filed.year != year:
                continue
            if packed is None:
                read.lineless.append(filed)
            else:
                read.filed.append(filed)
                read.packs.append(packed)
        return read


def reports_of(group: GroupFile, year: int) -> Iterator[tuple[Filed, Packed | None]]:
    """The accepted reports of a year with their lines, one by one; None where an early version kept no lines."""
    for filed in group.accepted(year):
        yield filed, lines_of(group, filed)


def lines_of(group: GroupFile, filed: Filed) -> Packed | None:
    """The lines of a report, of which only sums and names of sources are read until somebody asks for more.

    Early versions kept none: they are taken out of the report itself, once where the file may be written. None when it
    does not give them any more.
    """
    front = group.part_front(filed.sha256, LINES, FRONT)
    if front is None:
        return _taken_out(group, filed)
    if (size := front_of(front)) > len(front):
        front = group.part_front(filed.sha256, LINES, size) or b""
    return unpack(front, group.part_later(filed.sha256, LINES))


def _taken_out(group: GroupFile, filed: Filed) -> Packed | None:
    try:
        inventory = package_of(group, filed).inventory()
        parts = {LINES: pack(inventory), TERMS: terms_of(inventory)}
    except UserError:
        return None
    if group.writable:
        for name, data in parts.items():
            group.keep_part(filed.sha256, name, data)
    return unpack(parts[LINES])


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
    read = _Read.of(reports, year)
    places = placed(owned, read.filed, approach)
    members, member_of = _members(owned, places, year, approach)
    transfers = tuple(sorted(register.held(Transfer), key=lambda t: t.id))
    presence = Presence(owned, approach, places, read.packs)
    taken, said = taken_away(presence, transfers)
    coarse = joined([*_coarse(read.packs, places), *(merged(part, "source") for part in taken)])
    return Consolidated(
        year,
        approach,
        members,
        tuple(read.filed),
        member_of,
        tuple(read.packs),
        transfers,
        Fine(partial(_fine, read.packs, places, taken)),
        coarse,
        merged(coarse, "month"),
        (*_notices(owned, places, members, read.lineless), *said),
        {GROUP: register.group.name or GROUP, **owned.called, **{member.key: member.name for member in members}},
    )


def _fine(
    packs: Sequence[Packed], places: Sequence[Placed], taken: Sequence[Cells], which: frozenset[int] | None
) -> Cells:
    """Cells by source of some reports, as far as they count, and what is taken away from them."""
    numbers = np.array(sorted(range(len(packs)) if which is None else which), dtype=np.int64)
    with together():
        found = gather(packs[at] for at in numbers.tolist())
    found = _counted(found.with_(report=numbers[found.columns["report"]]), places)
    own = [part.where(np.isin(part.columns["report"], numbers)) for part in taken]
    return joined([found, *own]) if own else found


def _coarse(packs: Sequence[Packed], places: Sequence[Placed]) -> Iterator[Cells]:
    """Sums as far as they count. Where a share is a part, each cell is rounded by itself: those are read by source."""
    yield _counted(_some(gather_sums(packs), places), places)
    parted = [at for at, one in enumerate(places) if one.shares.parted]
    for begin in range(0, len(parted), AT_ONCE):
        yield merged(_fine(packs, places, (), frozenset(parted[begin : begin + AT_ONCE])), "source")


def _some(cells: Cells, places: Sequence[Placed]) -> Cells:
    """Without the reports of which a part counts."""
    parted = np.array([one.shares.parted for one in places], dtype=np.bool_)
    return cells.where(~parted[cells.columns["report"]]) if parted.any() else cells


def _counted(cells: Cells, places: Sequence[Placed]) -> Cells:
    """Cells with their shares; what does not count at all is left out."""
    whole = np.array([one.whole for one in places], dtype=np.bool_)
    if not len(cells) or whole.all():
        return cells
    months = cells.columns["month"].astype(np.int64)
    first = int(months.min())
    size = int(months.max()) - first + 1
    rows: dict[int, int] = {}
    shares: dict[Decimal, int] = {ZERO: 0}
    table: list[list[int]] = []
    of: list[int] = []
    for one in places:  # equal plants share one row, so that there are few
        if id(one.shares) not in rows:
            rows[id(one.shares)] = len(table)
            inside = {month - first: share for month, share in one.shares.by_month.items()}
            table.append([shares.setdefault(inside.get(at, ZERO), len(shares)) for at in range(size)])
        of.append(rows[id(one.shares)])
    which = np.array(table)[np.array(of)[cells.columns["report"]], months - first]
    found = cells.with_(amount=times(cells.amounts, which, list(shares)))
    return found.where(which > 0)


def _members(
    owned: Ownership, places: Sequence[Placed], year: int, approach: str
) -> tuple[tuple[Member, ...], tuple[int, ...]]:
    """The plants by name, and for each report the place of its own."""
    own: dict[str, list[Placed]] = {}
    for one in places:
        own.setdefault(one.key, []).append(one)
    holders: dict[Held, str] = {}
    for one in places:
        if one.site is not None and one.held is not None and one.held not in holders:
            holders[one.held] = holder_of(owned, one.site, year, approach)
    members = sorted((_member(of, holders) for of in own.values()), key=lambda m: (m.name, m.key))
    at = {member.key: number for number, member in enumerate(members)}
    return tuple(members), tuple(at[one.key] for one in places)


def _member(reports: Sequence[Placed], holders: Mapping[Held, str]) -> Member:
    first = reports[0]
    filed, site = first.filed, first.site
    shares = first.shares.named
    if len(reports) > 1:
        shares = dict(sorted((month, share) for one in reports for month, share in one.shares.named.items()))
    company = (filed.organisation or GROUP) if first.held is None else holders[first.held]
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
