"""What the package of a group says in words: why the base year changed, what happened to plants, what a state means."""

from __future__ import annotations

from collections.abc import Mapping

from core.group.inbox.matrix import LATE, Cell
from core.group.year import base_year as series
from core.i18n import Name, T, Text, verbatim
from core.ledger import Decision
from core.library import Library
from core.report.data import signed_tonnes

_HAPPENED: Mapping[str, Text] = {
    "opened": T("opened"),
    "closed": T("closed"),
    "bought": T("bought"),
    "sold": T("sold"),
    "not_reported": T("not reported in both years"),
}


def reason_of(reason: series.Reason) -> Text:
    """What a plant adds to the base year, and why."""
    plant = verbatim(reason.name)
    change = f"{'+' if reason.tonnes > 0 else ''}{signed_tonnes(reason.tonnes)}"
    if reason.kind == series.BOUGHT:
        return T("{plant} was bought: {change} in the base year.", plant=plant, change=change)
    if reason.kind == series.SOLD:
        return T("{plant} was sold: {change} in the base year.", plant=plant, change=change)
    if reason.kind == series.CHANGED:
        return T("Another share of {plant} is held: {change} in the base year.", plant=plant, change=change)
    return T("{plant} restated its report: {change} in the base year.", plant=plant, change=change)


def difference_of(plant: str, reason: str) -> Text:
    """What happened to a plant between two years."""
    return T("{plant}: {happened}", plant=verbatim(plant), happened=_HAPPENED.get(reason, verbatim(reason)))


def decided_of(decision: Decision) -> Text:
    """That a person decided about a report that was held, and why."""
    return T("Decided by head office: {reason}", reason=verbatim(decision.reason))


def state_notes(cell: Cell) -> tuple[Text, ...]:
    """Why a report does not count, or when it came."""
    if cell.arrived_late and cell.filed:
        return (T("Received on {day}.", day=cell.filed[0].received[:10]),)
    if cell.filed:
        return cell.filed[0].reasons[:6]
    return (T("The day on which it was due is over."),) if cell.state == LATE else ()


def factor_title(key: str, library: Library) -> Text:
    """A factor by its publication and what it is for; its key where the library has neither."""
    publication, _, name = key.partition(".")
    item, publisher = library.items.get(name.partition(".")[0]), library.sets.get(publication)
    if publisher is None:
        return verbatim(key)
    what = item.name if item is not None else Name(name, name)
    return T("{what}: {set}", what=what, set=publisher.title)
