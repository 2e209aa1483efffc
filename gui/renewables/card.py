"""The plant manager's monthly question on the overview: how much is renewable, how much is missing, and by when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.ledger import Ledger
from core.renewables.shares import CERTIFIED, Share, shares_of
from core.renewables.way import Way, way_to
from gui.language import _
from gui.renewables import words
from gui.renewables.standing import standing
from gui.session import Session
from gui.theme import tokens
from gui.widgets import bar, button, clear, number, subheading
from gui.wording import named


class RenewableCard(QFrame):
    """One line: share, bar, whether the plant is on its way, the way to the page."""

    def __init__(self, go: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._go = go
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(12)

    def show_session(self, session: Session) -> None:
        """Show the year of a plant; hidden where no electricity was used."""
        shares = shares_of(session.ledger, session.inventory)
        self.setVisible(bool(shares.year.used))
        clear(self._row)
        if shares.year.used:
            self._show(shares.year, way_to(session.ledger, session.inventory, shares=shares), session.ledger)

    def _show(self, share: Share, way: Way, ledger: Ledger) -> None:
        shown = words.shown_share(share.shown(CERTIFIED))
        figure = number(f"{shown} %", size=1.3, strong=True)
        figure.setAccessibleName(named(_("Renewable electricity"), f"{shown} %"))
        self._row.addWidget(subheading(_("Renewable electricity")))
        self._row.addWidget(figure)
        self._row.addWidget(bar(float(share.exact(CERTIFIED)), tokens().series[0], track=True), 1)
        self._row.addWidget(standing(way, ledger), 2)
        link = button(_("Open Renewables"), self._go, role="link")
        self._row.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
