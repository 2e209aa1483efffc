"""Several years side by side: a line for each with bar, numbers and state; the base year is marked and chosen here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import T
from core.inventory.views import YearFigures, Years
from core.library import policy_named
from gui.language import _, say
from gui.session import Session
from gui.theme import tokens
from gui.widgets import bar, clear, label, number, rule, subheading
from gui.wording import TONNES, named, signed_percent, tonnes


class YearsBoard(QWidget):
    """Title and choice of the base year above, the years below."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], object]], object]) -> None:
        super().__init__()
        self._session, self._attempt = session, attempt
        self.base = QComboBox()
        self.base.setAccessibleName(_("Base year"))
        self.base.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.base.activated.connect(lambda _row: self.choose(str(self.base.currentData())))
        words = label(_("Base year"), "muted")
        words.setBuddy(self.base)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(subheading(_("Years side by side")))
        head.addStretch(1)
        head.addWidget(words)
        head.addWidget(self.base)
        self._rows = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(self._rows)

    def choose(self, year: str) -> None:
        """Another base year for the audit of the year shown, as one undoable change; empty: none."""
        audit = self._session.audit
        if year != audit.base_year:
            shown = str(self._session.year)
            why = (
                T("Base year of {year}: {base}", year=shown, base=year)
                if year
                else T("Base year of {year}: none", year=shown)
            )
            self._attempt(lambda: self._session.put(why, replace(audit, base_year=year)))
        self.refresh()

    def refresh(self) -> None:
        """The choice as the audit says."""
        self.base.clear()
        self.base.addItem(_("none chosen"), "")
        base = self._session.audit.base_year
        known = {str(year) for year in self._session.years()} | ({base} if base else set())
        for year in sorted(known):
            self.base.addItem(year, year)
        self.base.setCurrentIndex(max(0, self.base.findData(base)))
        self.base.setEnabled(self._session.writable)
        self.base.setToolTip("" if self._session.writable else _("This file is open for reading only."))

    def show_years(self, found: Years) -> None:
        """Bars on one scale."""
        clear(self._rows)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        heads = (_("Year"), "", f"{_('Location-based')} ({TONNES})", f"{_('Market-based')} ({TONNES})",
                 _("Against the base year"), _("Basis"), _("State"))  # fmt: skip
        for column, words in enumerate(heads):
            head = label(words, "muted", size=0.92, wrap=True)
            head.setAlignment((right if 2 <= column <= 4 else left) | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, column)
        grid.addWidget(rule(), 1, 0, 1, len(heads))
        most = max((abs(one.figures["location"]) for one in found.years), default=Decimal(0)) or Decimal(1)
        for place, one in enumerate(found.years, 2):
            self._row(grid, place, one, found, most)
        self._rows.addWidget(holder)

    def _row(self, grid: QGridLayout, place: int, one: YearFigures, found: Years, most: Decimal) -> None:
        base, shown = one.year == found.base_year, one.year == self._session.year
        name = _("{year}, base year", year=str(one.year)) if base else str(one.year)
        grid.addWidget(label(name, strong=base or shown), place, 0)
        total = one.figures["location"]
        colour = tokens().edge if base else tokens().series[0]
        grid.addWidget(bar(float(abs(total) / most), colour), place, 1)
        against = found.change(one.year)
        percent = "–" if against is None or base else f"{signed_percent(against)} %"
        for column, what, text in (
            (2, _("Total, location-based"), tonnes(total)),
            (3, _("Total, market-based"), tonnes(one.figures["market"])),
            (4, _("Against the base year"), percent),
        ):
            figure = number(text, strong=shown)
            figure.setAccessibleName(named(f"{name}, {what}", text))
            grid.addWidget(figure, place, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(f"{say(policy_named(one.policy).name)}, {one.gwp_set}", "muted"), place, 5)
        grid.addWidget(label(_("closed") if one.closed else _("open"), "muted"), place, 6)
