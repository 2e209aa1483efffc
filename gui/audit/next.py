"""What is next in an audit: what stands in the way of going on, the way to each of it, and the moves themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.audit.moving import Way, forward
from core.audit.obstacles import Obstacle
from core.audit.roles import titles
from core.audit.states import CONCLUDED
from core.i18n import show
from core.ledger import Engagement
from gui.giving_way import Turning
from gui.language import _, language, say
from gui.widgets import button, clear, label, marked, subheading

ENGAGEMENT, PEOPLE = "engagement", "people"
PLACES: Mapping[str, str] = {
    "data": "activity",
    "checks": "findings",
    "analytics": "analytics",
    "samples": "samples",
    "tests": "tests",
    "findings": "audit_findings",
    "opinion": "conclusion",
    "review": "conclusion",
}
"""Where an obstacle is mended, as the key of a page; engagement and people are on this one."""
_MOST = 12
"""More say nothing more."""


class Next(QFrame):
    """A card."""

    wanted = Signal(str)
    """Go where an obstacle is mended: the key of a page, ``engagement`` or ``people``."""
    moved = Signal(str)
    """Go to this state."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.moves: dict[str, QPushButton] = {}
        """Buttons of the moves that are shown, by state."""
        self.links: list[QPushButton] = []
        """The buttons that lead to what is to be done."""
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 14)
        self._inside.setSpacing(6)

    def show_ways(self, engagement: Engagement, ways: Sequence[Way], why_not: str) -> None:
        """What there is to do; ``why_not`` is why nothing can be changed at all."""
        clear(self._inside)
        self.moves, self.links = {}, []
        self._inside.addWidget(subheading(_("What is next")))
        onward = forward(engagement.state)
        if engagement.reason:
            self._inside.addWidget(label(_("Reason of the last move: {reason}", reason=engagement.reason), wrap=True))
        if onward is None:
            self._inside.addWidget(marked("check", "good", _("The audit is concluded, signed and locked.")))
            self._inside.addWidget(self._countersigning())
        for way in ways:
            if onward is not None and way.move.to == onward.to:
                self._show_standing(way)
        self._show_moves(ways, why_not)

    def _show_standing(self, way: Way) -> None:
        who = show(list(way.people) or titles(way.move.roles), language())
        aim = _("Then: {move} ({roles})", move=way.move.title, roles=who)
        for one in way.standing[:_MOST]:
            self._inside.addWidget(self._obstacle(one))
        if len(way.standing) > _MOST:
            self._inside.addWidget(label(_("and {count} more", count=len(way.standing) - _MOST), "muted"))
        if not way.standing:
            self._inside.addWidget(marked("check", "good", _("Nothing stands in the way.")))
        self._inside.addWidget(label(aim, "muted", wrap=True))

    def _countersigning(self) -> QWidget:
        words = _("The plant manager countersigns the report; then head office takes it in.")
        return self._leading(label(words, "muted", wrap=True), words, "report")

    def _obstacle(self, one: Obstacle) -> QWidget:
        return self._leading(
            marked("warning", "warning", say(one.text)), say(one.text), PLACES.get(one.where, one.where)
        )

    def _leading(self, shown: QWidget, words: str, to: str) -> QWidget:
        """Words, and the way to where they are acted on."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(shown, 1)
        there = button(_("Go there"), lambda: self.wanted.emit(to), role="link")
        there.setAccessibleName(_("Go there: {what}", what=words))
        self.links.append(there)
        row.addWidget(there)
        return made

    def _show_moves(self, ways: Sequence[Way], why_not: str) -> None:
        refused: list[str] = []
        primary = next((way for way in ways if way.open and not way.move.reason), None)
        for way in sorted(ways, key=lambda one: one.move.reason):  # a way back wants a reason, and is nobody's first
            words = say(way.move.title) + ("…" if way.move.reason or way.move.to == CONCLUDED else "")
            made = button(words, lambda to=way.move.to: self.moved.emit(to), role="primary" if way is primary else "")  # type: ignore[misc]
            tip = why_not or _why_not(way)
            made.setEnabled(not tip)
            made.setToolTip(tip)
            made.setAccessibleDescription(tip)
            if way.refused is not None:
                refused.append(say(way.refused))
            self.moves[way.move.to] = made
        self._inside.addWidget(Turning(*self.moves.values()))
        for words in refused if not why_not else [why_not]:
            self._inside.addWidget(label(words, "muted", wrap=True))


def _why_not(way: Way) -> str:
    """Why a move cannot be made by this person now; empty when it can."""
    if way.refused is not None:
        return say(way.refused)
    return "\n".join(say(one.text) for one in way.standing[:_MOST])
