"""What is to be done next at head office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from core.disclosures.calendar import calendar_of
from core.group.inbox.matrix import LATE as REPORT_LATE
from core.group.inbox.matrix import MISSING, Matrix, matrix
from core.group.register.reported import unknown_plants
from core.group.trust.people import certificates_to_renew
from core.group.trust.roots import lists_to_renew
from core.i18n import T, verbatim
from core.ledger import Authority, Register, Site
from core.store import HELD, Filed
from core.upcoming.plant import SOON
from core.upcoming.step import DATA, LATE, OUT, PLAN, NextStep, ordered


@dataclass(frozen=True, slots=True)
class Group:
    """Head office as somebody finds it."""

    register: Register
    filed: Sequence[Filed]
    year: int
    today: date

    @property
    def matrix(self) -> Matrix:
        """Where the reports of the year stand."""
        return matrix(self.register, self.filed, self.today, (self.year,))


def next_steps(seen: Group) -> tuple[NextStep, ...]:
    """Everything that is to be done, what is late first; nothing, when nothing is."""
    return ordered(step for ask in _ASKED for step in ask(seen))


def _root(seen: Group) -> Iterator[NextStep]:
    if not seen.register.held(Authority):
        words = T("No signature is believed yet: create the group's root, or name an authority to trust.")
        yield NextStep("trust", LATE, words, "trust")


def _group(seen: Group) -> Iterator[NextStep]:
    if seen.register.get("group", "group") is None:
        words = T("Nobody has said what the group is: its name, how it is added up, its base year.")
        yield NextStep("group", DATA, words, "plants", "group")


def _sites(seen: Group) -> Iterator[NextStep]:
    if not seen.register.held(Site) and not unknown_plants(seen.register, seen.filed):
        words = T("No plant is entered yet: without them nobody is late and nobody is missing.")
        yield NextStep("sites", DATA, words, "plants", "site")


def _held(seen: Group) -> Iterator[NextStep]:
    held = [one for one in seen.filed if one.state == HELD]
    if held:
        words = T("Reports held until somebody decides: {count}, first: {plant}.", count=len(held),
                  plant=verbatim(held[0].plant or held[0].name))  # fmt: skip
        yield NextStep("held", LATE, words, "inbox", held[0].sha256, len(held))


def _missing(seen: Group) -> Iterator[NextStep]:
    rows = seen.matrix.rows
    for state, key, area in ((REPORT_LATE, "late", LATE), (MISSING, "missing", DATA)):
        names = [row for row in rows if row.site is not None and row.cells[seen.year].state == state]
        if names:
            yield _of_plants(key, area, names[0].name, state, seen.year, len(names))


def _of_plants(key: str, area: str, name: str, state: str, year: int, count: int) -> NextStep:
    if key == "late":
        words = T("Reports of {year} that are late: {count}, first: {plant}.", year=str(year), count=count,
                  plant=verbatim(name))  # fmt: skip
    else:
        words = T("Reports of {year} that are still to come: {count}, first: {plant}.", year=str(year), count=count,
                  plant=verbatim(name))  # fmt: skip
    return NextStep(key, area, words, "plants", state, count)


def _unknown(seen: Group) -> Iterator[NextStep]:
    found = unknown_plants(seen.register, seen.filed)
    if found:
        words = T("Plants that report and are not in the register: {count}, first: {plant}.", count=len(found),
                  plant=verbatim(found[0].plant))  # fmt: skip
        yield NextStep("unknown", DATA, words, "plants", "site", len(found))


def _certificates(seen: Group) -> Iterator[NextStep]:
    found = certificates_to_renew(seen.register, seen.today)
    if found:
        ended = [one for one in found if one.until[:10] < seen.today.isoformat()]
        words = T("Certificates of people that ended or end soon: {count}, first: {name} ({day}).", count=len(found),
                  name=verbatim(found[0].name), day=date.fromisoformat(found[0].until[:10]))  # fmt: skip
        yield NextStep("certificates", LATE if ended else OUT, words, "trust", found[0].id, len(found))


def _lists(seen: Group) -> Iterator[NextStep]:
    found = lists_to_renew(seen.register, datetime.combine(seen.today, time(), UTC))
    if found:
        words = T("Lists of revoked certificates to be signed anew: {count}.", count=len(found))
        yield NextStep("lists", OUT, words, "trust", found[0].id, len(found))


def _deadline(seen: Group) -> Iterator[NextStep]:
    if seen.register.held(Site) and seen.register.get("deadline", str(seen.year)) is None:
        words = T("No day is set by which the reports of {year} are to come.", year=str(seen.year))
        yield NextStep("deadline", PLAN, words, "plants", "deadline")


def _days(seen: Group) -> Iterator[NextStep]:
    found = [one for one in calendar_of(seen.register, seen.today) if one.day <= seen.today + SOON]
    if found:
        words = T("Run out or are due soon: {count}, first: {what} ({day}).", count=len(found), what=found[0].words,
                  day=found[0].day)  # fmt: skip
        page = {"disclosures": "group_disclosures", "checklist": "group_checklist", "suppliers": "group_suppliers"}
        where = page.get(found[0].page, "group_checklist")
        yield NextStep("due", LATE if found[0].overdue else PLAN, words, where, found[0].id, len(found))


_ASKED: tuple[Callable[[Group], Iterator[NextStep]], ...] = (
    _root, _held, _certificates, _days, _group, _sites, _missing, _unknown, _lists, _deadline,
)  # fmt: skip
