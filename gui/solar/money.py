"""Money by tariff: what self-used electricity would have cost, what was paid for feed-in, and the tariffs."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import show_date, show_number
from core.ledger import Tariff
from core.solar.money import Earned, Priced
from core.solar.outlook import Outlook
from core.solar.tariffs import week_of
from gui.language import _, language, say
from gui.session import Session
from gui.solar.days import band_words
from gui.solar.parts import sentence, titled
from gui.solar.week import WeekPicture
from gui.solar.words import money, mwh
from gui.widgets import button, clear, label, number, tool
from gui.wording import named

Cells = tuple[str, str, str, str]
"""When, price, energy, money."""


class MoneyCard(QWidget):
    """What the generation was worth, price by price, and the tariffs that say so."""

    wants = Signal(str)
    """``tariff``: a new one; ``tariff:t001``: alter one; ``untariff:t001``: delete one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        frame, inside = titled(_("Money by tariff"))
        self._parts, self._tariffs = QVBoxLayout(), QVBoxLayout()
        self._parts.setSpacing(6)
        self._tariffs.setSpacing(8)
        both = QHBoxLayout()
        both.setSpacing(32)
        for part in (self._parts, self._tariffs):
            side = QVBoxLayout()
            side.addLayout(part)
            side.addStretch(1)
            both.addLayout(side, 1)
        inside.addLayout(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def show_outlook(self, found: Outlook | None) -> None:
        """Show what is known."""
        clear(self._parts)
        clear(self._tariffs)
        if found is not None and found.saved is not None and found.revenue is not None:
            self._parts.addLayout(priced(found.saved, found.revenue))
            for words in remarks(found.saved):
                self._parts.addWidget(label(words, "muted", size=0.92, wrap=True))
        else:
            self._parts.addWidget(sentence("info", self._why(found)))
        for tariff in self._session.ledger.held(Tariff):
            self._tariffs.addWidget(self._row(tariff))
            if tariff.start.year <= self._session.year <= tariff.end.year:
                self._add_picture(tariff)
        add = button(_("Add a tariff"), lambda: self.wants.emit("tariff"), picture="plus")
        add.setEnabled(self._session.writable)
        self._tariffs.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _why(self, found: Outlook | None) -> str:
        notes = [] if found is None else [say(note) for note in found.notes]
        if notes:
            return " ".join(notes)
        return _("It needs the meters of generation, feed-in and purchase, and a tariff.")

    def _add_picture(self, tariff: Tariff) -> None:
        try:
            bands, week = week_of(tariff)
        except UserError:
            return  # what is wrong stands beside the sums
        picture = WeekPicture()
        picture.show_week(bands, week)
        self._tariffs.addWidget(picture)

    def _row(self, tariff: Tariff) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        span = f"{show_date(tariff.start, language())} – {show_date(tariff.end, language())}"
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(tariff.name, wrap=True))
        column.addWidget(label(f"{span} · {tariff.currency}", "muted", size=0.92, wrap=True))
        row.addLayout(column, 1)
        edit = button(_("Edit"), lambda: self.wants.emit(f"tariff:{tariff.id}"))
        edit.setAccessibleName(_("Edit the tariff {name}", name=tariff.name))
        delete = tool(
            "delete", _("Delete the tariff {name}", name=tariff.name), lambda: self.wants.emit(f"untariff:{tariff.id}")
        )
        for one in (edit, delete):
            one.setEnabled(self._session.writable)
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        return made


def priced(saved: Earned, revenue: Earned) -> QGridLayout:
    """Each price with its energy and money, then the sums."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    currency = saved.currency
    heads = (
        _("Electricity not bought"),
        _("{currency}/kWh", currency=currency),
        "MWh",
        currency,
    )
    line = _line(grid, 0, heads, role="muted")
    for part in saved.parts:
        line = _line(grid, line, _cells(part, len({one.tariff for one in saved.parts}) > 1))
    line = _line(grid, line, (_("Purchase saved"), _mean(saved), mwh(saved.energy), money(saved.money)), strong=True)
    for part in revenue.parts:
        name = _("Feed-in") if len(revenue.parts) == 1 else _("Feed-in, {tariff}", tariff=part.tariff)
        line = _line(grid, line, (name, show_number(part.price), mwh(part.energy), money(part.money)))
    whole = saved.money + revenue.money
    energy = saved.energy + revenue.energy
    _line(grid, line, (_("Total"), "", mwh(energy), money(whole)), strong=True)
    grid.setColumnStretch(0, 1)
    return grid


def _line(grid: QGridLayout, line: int, cells: Cells, *, role: str = "", strong: bool = False) -> int:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    name, *numbers = cells
    grid.addWidget(label(name, role, strong=strong, wrap=True), line, 0)
    for place, cell in enumerate(numbers, start=1):
        made = number(cell, strong=strong) if not role else label(cell, role)
        made.setAccessibleName(named(name, cell))
        grid.addWidget(made, line, place, right)
    return line + 1


def _cells(part: Priced, several: bool) -> Cells:
    when = band_words(part.when)
    name = named(part.tariff, when) if several else when
    return name, show_number(part.price), mwh(part.energy), money(part.money)


def _mean(saved: Earned) -> str:
    mean = saved.mean_price
    return "" if mean is None else f"⌀ {show_number(mean, 3)}"


def remarks(saved: Earned) -> list[str]:
    """What the sums leave out."""
    found = [_("Only what follows the kilowatt-hours: demand charges are not saved.")]
    if saved.unpriced > Decimal("0.5"):
        found.append(_("{energy} MWh at times without a price are not in it.", energy=mwh(saved.unpriced)))
    if saved.missing:
        found.append(_("{count} intervals without data earn nothing here.", count=f"{saved.missing:,}"))
    return found
