"""What plants have answered to a request: found in the reports that were accepted, each answer as it was signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.errors import UserError
from core.group.inbox.kept import package_of
from core.group.register.ownership import Ownership
from core.handover.notice_rows import years_of
from core.handover.noticed import Open, items_of
from core.handover.notices import Notice, kept_notice
from core.i18n import T, Text, verbatim
from core.inventory import Package
from core.ledger import Dispatch, Ledger, Plant, Site
from core.library import Library
from core.store import ACCEPTED, Filed, GroupFile

Packages = Callable[[Filed], Package]


@dataclass(frozen=True, slots=True)
class Reply:
    """One plant and a request."""

    site: Site
    items: tuple[Open, ...]
    """As its reports answer them."""
    reports: tuple[Filed, ...]
    """The accepted ones since the first year asked for; none: nothing can be said yet."""

    @property
    def open(self) -> int:
        """How many items are not answered."""
        return sum(not one.done for one in self.items)


def request_of(group: GroupFile, key: str) -> tuple[Dispatch, Notice]:
    """A request that went out, by the id of its dispatch.

    Raises
    ------
    UserError
        when nothing of the id went out, or it was no request.
    """
    sent = group.register.get("dispatch", key)
    if not isinstance(sent, Dispatch) or sent.kind != "request":
        raise UserError(T("No request went out with the id {id}.", id=key[:40]), T("Look at what was sent to plants."))
    notice = kept_notice(group.blob(sent.sha256))
    if notice is None:
        raise UserError(T("The file of the request cannot be read any more."), T("Send it again."))
    return sent, notice


def asked_plants(group: GroupFile, sent: Dispatch) -> tuple[tuple[Site, tuple[Filed, ...]], ...]:
    """The plants that a request is for, each with its accepted reports since the first year asked for."""
    _, notice = request_of(group, sent.id)
    first = min(year for row in notice.rows for year in years_of(row))
    register, owners = group.register, Ownership.of(group.register)
    reports: dict[str, list[Filed]] = {}
    for filed in group.all():
        site = owners.site_of(filed) if filed.state == ACCEPTED and filed.year >= first else None
        if site is not None:
            reports.setdefault(site.id, []).append(filed)
    wanted = [site for site in register.held(Site) if not sent.sites or site.id in sent.sites]
    return tuple((site, tuple(sorted(reports.get(site.id, ()), key=lambda one: one.year))) for site in wanted)


def reply(notice: Notice, site: Site, reports: Sequence[Filed], packages: Packages, library: Library) -> Reply:
    """What the reports of a plant answer.

    Parameters
    ----------
    notice
        the request.
    site, reports
        the plant and its accepted reports, the oldest first.
    packages
        gives the data of a report.
    library
        with the units of key figures.
    """
    found = items_of(notice, Ledger.of([Plant(site.name, site.country, "")]), library)
    years = {one.year for one in reports}
    for filed in reports:
        now = items_of(notice, packages(filed).ledger, library)
        found = tuple(_joined(before, after, years) for before, after in zip(found, now, strict=True))
    return Reply(site, found, tuple(reports))


def replies(group: GroupFile, key: str, library: Library) -> tuple[Reply, ...]:
    """What every plant has answered to a request so far."""
    sent, notice = request_of(group, key)
    return tuple(
        reply(notice, site, reports, lambda filed: package_of(group, filed), library)
        for site, reports in asked_plants(group, sent)
    )


def state_of(found: Reply, item: Open) -> Text:
    """Whether an item is answered, in words; an answer in words is what it says."""
    if item.answer:
        return verbatim(item.answer)
    if item.done:
        return T("answered")
    if not found.reports:
        return T("no report yet")
    if item.in_words:
        return T("not answered")
    return T("missing: {years}", years=[str(year) for year in item.missing])


def _joined(before: Open, after: Open, reported: set[int]) -> Open:
    """An item after one more report: what any of them answers is answered; a newer answer in words counts."""
    if after.in_words:
        return replace(after, done=before.done or after.done, answer=after.answer or before.answer)
    missing = tuple(year for year in before.missing if year in after.missing)
    if after.row["what"] == "report":
        missing = tuple(year for year in missing if year not in reported)
    return replace(after, missing=missing, done=not missing)
