"""A report beside what was filed before: last year, the earlier version, and what it shares with other reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.group.inbox.against import total_of
from core.group.register.ownership import Ownership
from core.group.year.placing import key_of
from core.i18n import show_number
from core.ledger import Register
from core.library import EXACT
from core.store import ACCEPTED, SUPERSEDED, Filed
from gui.language import _, say
from gui.widgets import label, number
from gui.wording import SCOPES, TONNES, named, signed_percent, tonnes

ROWS = ("scope1", "scope2_location", "scope2_market", "scope3")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Beside:
    """Two reports, one of which came before."""

    title: str
    before: Filed


def beside(filed: Filed, everything: Sequence[Filed], same_plant: Callable[[Filed, Filed], bool]) -> list[Beside]:
    """What a report is held against: the version filed before it, and the plant's year before.

    ``everything`` newest first. What was rejected, or is held itself, says nothing.
    """
    found = []
    good = [one for one in everything if one.state in (ACCEPTED, SUPERSEDED) and one.sha256 != filed.sha256]
    earlier = [one for one in good if one.audit_id == filed.audit_id and one.revision < filed.revision]
    if earlier and filed.audit_id:
        last = max(earlier, key=lambda one: one.revision)
        found.append(Beside(_("Against revision {number}, filed before", number=last.revision), last))
    years = [one for one in good if one.state == ACCEPTED and one.year == filed.year - 1 and same_plant(one, filed)]
    if years and filed.year:
        found.append(Beside(_("Against {year}", year=str(filed.year - 1)), years[0]))
    return found


def change_percent(before: Decimal, now: Decimal) -> Decimal | None:
    """Change against what was before; None where that was nothing. [%]

    >>> change_percent(Decimal(200), Decimal(250))
    Decimal('25')
    """
    return None if not before else EXACT.divide(EXACT.multiply(EXACT.subtract(now, before), Decimal(100)), abs(before))


def moves(register: Register, everything: Sequence[Filed]) -> Mapping[str, Decimal]:
    """How far the total of each report is from the accepted one of its plant's year before, by hash. [%]

    ``everything`` newest first; reports without a year before, or of which nothing can be said, are not there.
    """
    owned = Ownership.of(register)
    told = [(one, key_of(owned, one)) for one in everything if one.plant and one.year]
    accepted = {(key, one.year): one for one, key in reversed(told) if one.state == ACCEPTED}
    found = {}
    for one, key in told:
        before = accepted.get((key, one.year - 1))
        percent = change_percent(total_of(before), total_of(one)) if before is not None else None
        if percent is not None:
            found[one.sha256] = percent
    return found


def compared_table(before: Filed, now: Filed) -> QWidget:
    """Before, now and the change of each scope, and of the whole."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 4)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for place, head in enumerate((TONNES, _("Before"), _("Now"), _("Change"))):
        grid.addWidget(label(head, "muted", size=0.92), 0, place, _side(place))
    for row, (name, was, becomes) in enumerate(_lines(before, now), 1):
        percent = change_percent(was, becomes)
        cells = (name, tonnes(was), tonnes(becomes), f"{signed_percent(percent)} %" if percent is not None else "–")
        for place, text in enumerate(cells):
            grid.addWidget(_cell(place, text, last=row == len(ROWS) + 1), row, place, _side(place))
    exact = "\n".join(
        named(name, f"{show_number(was)} → {show_number(now_is)}") for name, was, now_is in _lines(before, now)
    )
    made.setToolTip(exact)
    return made


def _lines(before: Filed, now: Filed) -> list[tuple[str, Decimal, Decimal]]:
    was, becomes = before.totals or {}, now.totals or {}
    lines = [(say(SCOPES[scope]), was.get(scope, ZERO), becomes.get(scope, ZERO)) for scope in ROWS]
    return [*lines, (_("Total, location-based"), total_of(before), total_of(now))]


def _cell(place: int, text: str, *, last: bool) -> QLabel:
    if place == 0:
        return label(text, size=0.95, strong=last, wrap=True)
    return number(text, size=0.95, strong=last)


def _side(place: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
