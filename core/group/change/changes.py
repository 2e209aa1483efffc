"""Why did the group change: the tonnes of two years, or of two versions of one report, by cause.

What is bought, sold or not reported is boundary; a plant that opens or closes is organic growth, thus activity. What is
left are plants reported in both years: their own waterfall, as far as the group answers for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, localcontext

from core.errors import UserError
from core.group.change.comparing import Kept, Pair, SourceCauses, kept
from core.group.change.waterfall import GroupPart, GroupWaterfall
from core.group.register.ownership import Ownership, known_as, works
from core.group.year.consolidated import Consolidated, Member, source_key
from core.i18n import T
from core.inventory.waterfall import CAUSES
from core.ledger import Register, Site
from core.library import EXACT
from core.methods import KG, SCOPES
from core.store import ACCEPTED, HELD, SUPERSEDED, Filed, GroupFile

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)
ROUNDING = Decimal("0.000001")
"""Shares round each cell of a month and gas to 10⁻⁹ t; what so little leaves is no change of the boundary. [t CO2e]"""
_CAUSE_OF = {"opened": "activity", "closed": "activity"}


# ---------------------------------------------------------------------- what to compare


def in_both(before: Consolidated, after: Consolidated) -> tuple[tuple[Member, Member], ...]:
    """Plants that the group answers for in both years: their reports have to be compared."""
    old = {member.key: member for member in before.members if member.counts}
    return tuple((old[m.key], m) for m in after.members if m.counts and m.key in old)


def pair_of(group: GroupFile, before: Member, after: Member) -> Pair:
    """A plant's reports of two years, with their bytes.

    Raises
    ------
    UserError
        when an original is missing or altered.
    """
    return Pair(after.key, after.name, _kept(group, before.reports), _kept(group, after.reports))


def versions(group: GroupFile, plant: str, year: int) -> tuple[tuple[Filed, ...], ...]:
    """Every revision of a plant's audits of a year that ever counted or is held, oldest first, one tuple an audit.

    Parameters
    ----------
    plant
        its id or one of the names it has or had.

    Raises
    ------
    UserError
        when there is none.
    """
    owned = Ownership.of(group.register)
    audits: dict[str, list[Filed]] = {}
    for filed in group.all():
        site = owned.site_of(filed)
        names = {known_as(filed.plant), *((site.id, known_as(site.name)) if site is not None else ())}
        if filed.year == year and filed.state in (ACCEPTED, HELD, SUPERSEDED) and {plant, known_as(plant)} & names:
            audits.setdefault(filed.audit_id, []).append(filed)
    if not audits:
        raise UserError(
            T("There is no report of {plant} for {year}.", plant=plant, year=year),
            T("Choose a plant and a year that reported."),
        )
    return tuple(tuple(sorted(audits[key], key=lambda f: (f.revision, f.received))) for key in sorted(audits))


def versions_pair(group: GroupFile, before: Filed, after: Filed) -> Pair:
    """Two revisions of one audit, with their bytes."""
    return Pair(after.audit_id, after.plant, _kept(group, (before,)), _kept(group, (after,)))


def _kept(group: GroupFile, reports: Iterable[Filed]) -> tuple[Kept, ...]:
    return tuple(kept(group, filed) for filed in reports)


# ---------------------------------------------------------------------- the difference


def group_difference(
    register: Register,
    before: Consolidated,
    after: Consolidated,
    compared: Mapping[str, Iterable[SourceCauses]],
) -> GroupWaterfall:
    """Take the difference of two years of the group apart.

    Parameters
    ----------
    register
        stakes, and when plants opened and closed.
    before, after
        two years, consolidated under one approach.
    compared
        of each plant of :func:`in_both`, by key, what :func:`core.group.change.comparing.compare_all` found.

    Returns
    -------
    GroupWaterfall
        exact: in each scope, plant and source its parts are what the group's tonnes after have more than before.

    Notes
    -----
    A source counts with w = consolidated / reported, the share of the group after eliminations. With X for what the
    plant would have reported for all months in which it worked, c = w X and

        c1 - c0 = (w0 + w1)/2 (X1 - X0) + (w1 - w0) (X0 + X1)/2,

    the Shapley values of two factors. The first part is that of the plant, split as its own waterfall says; the second
    is the change of shares, of months within the group and of eliminations: boundary. GHG Protocol Corporate Standard
    (2004), ch. 5: acquisitions and divestments change the boundary, opening and closing is organic growth or decline.

    Raises
    ------
    UserError
        when the two years are consolidated under different approaches.
    """
    if before.approach != after.approach:
        raise UserError(T("Two years under different approaches cannot be compared."), T("Choose one approach."))
    owned = Ownership.of(register)
    with localcontext(EXACT):
        parts = tuple(
            sorted(
                (part for part in _parts(owned, before, after, compared) if part.tonnes),
                key=lambda p: (p.plant, SCOPES.index(p.scope), p.source, CAUSES.index(p.cause)),
            )
        )
    old, new = ({scope: one.totals[scope] for scope in SCOPES} for one in (before, after))
    return GroupWaterfall(before.year, after.year, old, new, parts, {**before.titles, **after.titles})


def _parts(
    owned: Ownership, before: Consolidated, after: Consolidated, compared: Mapping[str, Iterable[SourceCauses]]
) -> Iterator[GroupPart]:
    both = {new.key: (_presence(old, before.year), _presence(new, after.year)) for old, new in in_both(before, after)}
    counted = [_counted(one) for one in (before, after)]
    for plant in sorted({*counted[0], *counted[1], *both}):
        old, new = (one.get(plant, {}) for one in counted)
        if plant in both:
            yield from _reported_twice(plant, old, new, compared[plant], both[plant])
            continue
        reason = _happened(owned, plant, before, after)
        cause = _CAUSE_OF.get(reason, "boundary")
        for scope, source in sorted({*old, *new}):
            tonnes = new.get((scope, source), ZERO) - old.get((scope, source), ZERO)
            yield GroupPart(plant, scope, source, cause, reason, tonnes)


_Counted = Mapping[tuple[str, str], Decimal]
"""Consolidated tonnes of a plant by scope and source."""


def _counted(one: Consolidated) -> dict[str, dict[tuple[str, str], Decimal]]:
    """What the group answers for, by plant."""
    places = {
        source_key(one.members[at].key, name): (one.members[at].key, name)
        for at, own in zip(one.member_of, one.sources, strict=True)
        for name in own
    }
    found: dict[str, dict[tuple[str, str], Decimal]] = {}
    for (key, scope), tonnes in one.cross("source", "scope").items():
        plant, source = places[key]
        found.setdefault(plant, {})[scope, source] = tonnes
    return found


def _presence(member: Member, year: int) -> Decimal:
    """Part of the months in which a plant worked that its reports cover: less in the year in which it was sold. [1]"""
    covered = set(member.shares)
    if len(covered) >= 12:
        return ONE
    every = {f"{year}-{month:02}" for month in range(1, 13)}
    lacking = sum(1 for month in every - covered if _worked(member.site, month))
    return Decimal(len(covered)) / Decimal(len(covered) + lacking)


def _worked(site: Site | None, month: str) -> bool:
    year, number = map(int, month.split("-"))
    last = date(year + number // 12, number % 12 + 1, 1)
    return site is None or works(site, date(year, number, 1), date.fromordinal(last.toordinal() - 1))


def _reported_twice(
    plant: str, old: _Counted, new: _Counted, compared: Iterable[SourceCauses], presence: tuple[Decimal, Decimal]
) -> Iterator[GroupPart]:
    known = {(one.scope, one.source): one for one in compared}
    for scope, source in sorted({*old, *new, *known}):
        one = known.get((scope, source)) or SourceCauses(scope, source, ZERO, ZERO, {})
        counted = old.get((scope, source), ZERO), new.get((scope, source), ZERO)
        for cause, tonnes in _shared(one, counted, presence).items():
            yield GroupPart(plant, scope, source, cause, "", tonnes)


def _shared(
    one: SourceCauses, counted: tuple[Decimal, Decimal], presence: tuple[Decimal, Decimal]
) -> dict[str, Decimal]:
    """Causes of a source as far as the group answers for it; they add up to the difference of what is counted."""
    whole = one.before / presence[0], one.after / presence[1]
    change = counted[1] - counted[0]
    weights = [c / x if x else None for c, x in zip(counted, whole, strict=True)]
    if weights == [None, None]:
        return {"boundary": change}
    first = weights[1] if weights[0] is None else weights[0]
    last = first if weights[1] is None else weights[1]
    assert first is not None and last is not None
    mean = (first + last) / TWO
    causes = dict(one.causes)
    causes["activity"] = causes.get("activity", ZERO) + (whole[1] - one.after) - (whole[0] - one.before)
    found = {cause: (mean * tonnes).quantize(KG) for cause, tonnes in causes.items()}
    rest = change - sum(found.values(), ZERO)
    turned = abs(last - first) * max(map(abs, whole))
    largest = max(found, key=lambda cause: (abs(found[cause]), -CAUSES.index(cause)))
    place = "boundary" if turned > ROUNDING or not found[largest] else largest
    found[place] = found.get(place, ZERO) + rest
    return found


def _happened(owned: Ownership, plant: str, before: Consolidated, after: Consolidated) -> str:
    """Why a plant is the group's in one of the years alone."""
    came = any(member.key == plant and member.counts for member in after.members)
    site, lacking = owned.sites.get(plant), before if came else after
    if site is None:
        return "not_reported"
    first, last = date(lacking.year, 1, 1), date(lacking.year, 12, 31)
    if not works(site, first, last):
        return "opened" if came else "closed"
    if not any(owned.months(plant, lacking.year, lacking.approach)):
        return "bought" if came else "sold"
    return "not_reported"
