"""What the commands about ways share: the year, and the ways of its reports, which are kept when they are new."""

from __future__ import annotations

from core.errors import UserError
from core.group.ways.keeping import gathered, keep
from core.group.ways.standing import Standing, standing
from core.i18n import T
from core.store import GroupFile


def chosen(group: GroupFile, year: int | None) -> int:
    """The year that was asked for, or the newest one.

    Raises
    ------
    UserError
        when no report of it is accepted.
    """
    years = group.years()
    if year is None and years:
        return years[-1]
    if year not in years:
        raise UserError(
            T("No report of {year} is accepted.", year=str(year or "—")),
            T("Choose one of: {known}.", known=[str(one) for one in years] or ["—"]),
        )
    return year


def of_group(group: GroupFile, year: int, approach: str | None) -> Standing:
    """Where the group stands; what was worked out now is kept."""
    found = gathered(group, group.accepted(year))
    keep(group, found)
    return standing(group.register, found.ways, year, approach=approach)
