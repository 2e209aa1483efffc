"""What a battery or load moved into the sun would change: a few numbers typed, the answer as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T
from core.ledger import Tariff
from core.series import Series
from core.solar.battery import Battery, dispatch
from core.solar.grid import amounts_on, grid_of
from core.solar.money import feed_in_revenue, saved
from core.solar.shift import shifted
from core.solar.system import Observed
from core.solar.use import Use, use
from gui.fields import ParsedField, number_field
from gui.language import _
from gui.latest import Latest
from gui.session import Session
from gui.solar.parts import titled
from gui.solar.words import DASH, money, mwh, netted_by, percent
from gui.widgets import clear, label, number
from gui.wording import named

PAUSE_MS = 300
"""After the last key before it is worked out."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is tried."""

    capacity: float
    """[kWh]"""
    power: float
    """[kW]"""
    efficiency: float
    """[1]"""
    moved: float
    """Share of the load that can be moved. [1]"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The use of the generation now and then."""

    now: Use
    then: Use
    moved: float
    """Load moved into the sun. [kWh]"""
    lost: float
    """In the battery, or still in it. [kWh]"""
    worth: tuple[Decimal, Decimal] | None
    """Purchase saved and feed-in paid, now and then; None without prices. [money]"""
    currency: str = ""


def try_out(found: Observed, wish: Wish, tariffs: Sequence[Tariff]) -> Outcome:
    """What would be, netted in the intervals of the meters; the load is moved first, then the battery charges.

    Parameters
    ----------
    found
        with generation and load.
    wish
        what is tried.
    tariffs
        for the money; none: no money.

    Raises
    ------
    UserError
        for a battery or a share that cannot be.
    """
    made, load = found.generation, found.load
    if made is None or load is None:
        raise UserError(T("Generation and load are not known."), T("Choose the meters of the system."))
    now = use(made, load, found.zone)
    moved = shifted(load, made, wish.moved, found.zone)
    stored = dispatch(made, moved.load, Battery(wish.capacity, wish.power, wish.efficiency), found.zone)
    held = [one for one in tariffs if one.start <= found.last and one.end >= found.first]
    worth = None
    if held:
        own, out = _direct(made, moved.load)
        worth = (
            _worth(*_direct(made, load), held, found),
            _worth(_plus(own, stored.discharged), _plus(out, -stored.charged), held, found),
        )
    return Outcome(now, stored.use, moved.moved, stored.use.stored, worth, held[0].currency if held else "")


def _direct(made: Series, load: Series) -> tuple[Series, Series]:
    """Used at once, and left over. [kWh]"""
    grid = grid_of(made, load)
    sun, used = np.maximum(amounts_on(grid, made), 0.0), amounts_on(grid, load)
    return grid.series(np.minimum(sun, used)), grid.series(np.maximum(sun - used, 0.0))


def _plus(series: Series, more: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Series:
    return Series(series.start, series.step, series.values + more)


def _worth(own: Series, out: Series, tariffs: Sequence[Tariff], found: Observed) -> Decimal:
    return saved(own, tariffs, found.zone).money + feed_in_revenue(out, tariffs, found.zone).money


class WhatIf(QWidget):
    """The inputs and what they would change; nothing of it is kept."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: Observed | None = None
        self.latest = Latest(self)
        self.latest.answered.connect(self.show_outcome)
        self.latest.broken.connect(self._refused)
        self.capacity = number_field(_("Battery, usable (kWh)"), Decimal(0))
        self.power = number_field(_("Its power (kW)"), Decimal(0))
        self.efficiency = number_field(_("Out of what goes in (%)"), Decimal(90))
        self.moved = number_field(_("Load that can be moved (%)"), Decimal(0))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask_now)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, field in enumerate(self.fields):
            field.changed.connect(self._pause.start)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        frame, inside = titled(_("What a battery or moved load would change"))
        words = _(
            "For this look only; it begins with an hour of the modules' power as an example. Own surplus is stored, "
            "never electricity of the grid; load moves within its day."
        )
        inside.addWidget(label(words, "muted", size=0.92, wrap=True))
        inside.addLayout(grid)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        inside.addWidget(self._problem)
        self._result = QVBoxLayout()
        inside.addLayout(self._result)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    @property
    def fields(self) -> tuple[ParsedField[Decimal], ...]:
        """In the order of reading."""
        return self.capacity, self.power, self.efficiency, self.moved

    def show_system(self, found: Observed | None) -> None:
        """Try it out on this system from now on."""
        if found is self._found:
            return
        if found is not None and (self._found is None or self._found.system.id != found.system.id):
            self.capacity.set(Decimal(round(found.power)))
            self.power.set(Decimal(round(found.power / 2)))
        self._found = found
        self.ask_now()

    def wish(self) -> Wish:
        """What is typed; an empty field is nothing.

        Raises
        ------
        UserError
            for what is no number; the field says so.
        """
        capacity, power, efficiency, moved = (field.read() or Decimal(0) for field in self.fields)
        return Wish(float(capacity), float(power), float((efficiency or HUNDRED) / HUNDRED), float(moved / HUNDRED))

    def ask_now(self) -> None:
        """Work it out."""
        self._pause.stop()
        found = self._found
        if found is None or found.load is None:
            clear(self._result)
            return
        try:
            wish = self.wish()
        except UserError:
            return  # the field says so
        tariffs = self._session.ledger.held(Tariff)
        self.latest.ask(lambda: try_out(found, wish, tariffs))

    def _refused(self, why: str) -> None:
        clear(self._result)
        self._problem.setText(why)
        self._problem.show()

    def show_outcome(self, outcome: Outcome) -> None:
        """Now, then, and the difference."""
        self._problem.hide()
        clear(self._result)
        self._result.addLayout(compared(outcome))
        for words in remarks(outcome):
            self._result.addWidget(label(words, "muted", size=0.92, wrap=True))


def compared(outcome: Outcome) -> QGridLayout:
    """A small table: now, then, difference."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for place, title in enumerate((_("Now"), _("Then"), _("Difference")), start=1):
        grid.addWidget(label(title, "muted"), 0, place, right)
    for line, (name, *cells) in enumerate(_lines(outcome), start=1):
        grid.addWidget(label(name, wrap=True), line, 0)
        for place, cell in enumerate(cells, start=1):
            made = number(cell, strong=place == 3)
            made.setAccessibleName(named(name, cell))
            grid.addWidget(made, line, place, right)
    grid.setColumnStretch(0, 1)
    return grid


def _lines(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    now, then = outcome.now, outcome.then
    rows = [
        (name, mwh(before), mwh(after), _signed(after - before))
        for name, before, after in (
            (_("Used on site (MWh)"), now.self_used, then.self_used),
            (_("Fed in (MWh)"), now.fed_in, then.fed_in),
            (_("Purchased (MWh)"), now.purchased, then.purchased),
        )
    ]
    rows += [
        (name, percent(before), percent(after), _points(before, after))
        for name, before, after in (
            (_("Self-consumption (%)"), now.self_consumption, then.self_consumption),
            (_("Self-sufficiency (%)"), now.self_sufficiency, then.self_sufficiency),
        )
    ]
    if outcome.worth is not None:
        before, after = outcome.worth
        more = after - before
        name = _("Worth ({currency})", currency=outcome.currency)
        rows.append((name, money(before), money(after), ("+" if more > 0 else "") + money(more)))
    return rows


def _signed(kwh: float) -> str:
    if abs(kwh) < 0.5:
        return "0"
    return ("+" if kwh > 0 else "-") + mwh(abs(kwh))


def _points(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return DASH
    more = 100 * (after - before)
    return f"{more:+.1f}" if abs(more) >= 0.05 else "0"


def remarks(outcome: Outcome) -> list[str]:
    """What has to be said beside it."""
    found = [_("Netted per {interval}, now and then.", interval=netted_by(outcome.then.interval))]
    if outcome.moved:
        found.append(_("{energy} MWh of load moved into the sun of the same day.", energy=mwh(outcome.moved)))
    if outcome.lost:
        found.append(_("{energy} MWh lost in the battery or still in it.", energy=mwh(outcome.lost)))
    return found
