"""The cheapest next tonnes over all plants: one curve for each currency, and the electricity that could be had."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.group.ways.tonnes import UNDER_WAY, Bar, GroupCurve, Supply, Tonnes
from core.i18n import show_number
from gui.language import _, say
from gui.plots import Block, BlockData, BlockPlot, Look, Scale
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.tabs import FrontTabs
from gui.theme import tokens
from gui.ways import words
from gui.ways.tables import number_column, with_plot
from gui.widgets import card, empty_state, label
from gui.wording import minus

NEXT, GIVEN = "next", "given"
"""Looks of bars: what could be decided, what is under way."""
LINES = 12


class CheapestTonnes(QWidget):
    """A curve, its actions as rows, and offers of renewable electricity."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""
    chosen = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._tonnes: dict[str, Tonnes] = {}
        self.figure = combo(_("Which figure"), [(say(title), key) for key, title in words.FIGURES.items()])
        self.figure.activated.connect(lambda _row: self._show())
        self.currency = combo(_("Currency"), [])
        self.currency.activated.connect(lambda _row: self._show())
        self.said = label("", wrap=True)
        self.plot = BlockPlot(_("Abatement cost curve of the group"))
        self.plot.picked.connect(self._picked)
        self.table: Table[Bar] = Table("ways_tonnes", columns(), settings, name=_("Actions of all plants"),
                                       identity=key_of, marks=marks)  # fmt: skip
        self.supply: Table[Supply] = Table("ways_supply", supply_columns(), settings,
                                           name=_("Renewable electricity to be had"),
                                           identity=lambda one: (one.plant.key, one.offer.id))  # fmt: skip
        for table in (self.table, self.supply):
            choose_whole_rows(table)
            table.setContentsMargins(0, 8, 0, 0)  # below the names of the tabs
            table.current.connect(lambda _row: self.chosen.emit())
        self.table.view.doubleClicked.connect(lambda _index: self._open(self.table.current_record()))
        self.supply.view.doubleClicked.connect(lambda _index: self._open(self.supply.current_record()))
        self.table.set_empty(empty_state(
            "actions", _("No plant plans actions"),
            _("Plants enter actions on their page Actions; they travel in the report."),
        ))  # fmt: skip
        self.supply.set_empty(empty_state(
            "renewables", _("No plant names options"),
            _("Plants enter what they could build or buy on their page Renewables; it travels in the report."),
        ))  # fmt: skip
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for title, field in ((_("Figure"), self.figure), (_("Currency"), self.currency)):
            head.addWidget(label(title, "muted"))
            head.addWidget(field)
        head.addWidget(self.said, 1)
        drawn, inside = card()
        self.plot.setMinimumHeight(self.fontMetrics().height() * LINES)
        inside.addWidget(self.plot, 1)
        self.tabs = FrontTabs()
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Actions and electricity"))
        self.tabs.addTab(self.table, "")
        self.tabs.addTab(self.supply, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(with_plot(self.tabs, drawn), 1)

    def show_found(self, tonnes: dict[str, Tonnes], supplies: tuple[Supply, ...]) -> None:
        """Another answer; figure and currency stay where they still exist."""
        self._tonnes = tonnes
        self.supply.set_rows(supplies)
        self.tabs.setTabText(1, _("Renewable electricity to be had ({count})", count=len(supplies)))
        self._show()

    def _show(self) -> None:
        found = self._tonnes.get(str(self.figure.currentData()))
        if found is None:
            return
        self._offer_currencies(found)
        curve = next((one for one in found.curves if one.currency == self.currency.currentData()), None)
        rows = (*(curve.bars if curve is not None else ()), *found.beside)
        self.table.set_rows(rows)
        self.tabs.setTabText(0, _("Actions ({count})", count=len(rows)))
        self.said.setText(self._sentence(found, curve))
        self.plot.show_data(blocks(curve))

    def _offer_currencies(self, found: Tonnes) -> None:
        kept = self.currency.currentData()
        self.currency.clear()
        for one in found.curves:
            self.currency.addItem(one.currency, one.currency)
        self.currency.setCurrentIndex(max(0, self.currency.findData(kept)))
        self.currency.setEnabled(len(found.curves) > 1)

    def _sentence(self, found: Tonnes, curve: GroupCurve | None) -> str:
        if curve is None:
            return ""
        if not curve.next:
            return _("Everything in {currency} is under way.", currency=curve.currency)
        first = curve.next[0]
        return _(
            "Cheapest next: {plant}, {action}, {cost} {currency}/t for {tonnes} t a year. All actions of all plants: "
            "{total} t a year. Currencies are not converted.",
            plant=first.plant.name, action=first.action.name, cost=words.amount(first.cost, 2),
            currency=curve.currency, tonnes=words.amount(first.tonnes), total=words.amount(found.total),
        )  # fmt: skip

    def _picked(self, key: str) -> None:
        plant, _slash, action = key.partition("\n")
        self.tabs.setCurrentWidget(self.table)
        self.table.show_record((plant, action))

    def current(self) -> Bar | Supply | None:
        """The row that the person stands on."""
        return (self.table if self.tabs.currentWidget() is self.table else self.supply).current_record()

    def _open(self, row: Bar | Supply | None) -> None:
        if row is not None:
            self.report_wanted.emit(row.plant.filed.sha256)


def key_of(one: Bar) -> tuple[str, str]:
    """What names a row."""
    return one.plant.key, one.action.id


def columns() -> list[Column[Bar]]:
    """Who, what, how much, for how much."""
    return [
        Column("plant", _("Plant"), lambda one: one.plant.name, width=13),
        Column("action", _("Action"), lambda one: one.action.name, width=20),
        number_column("cost", _("Cost of a tonne"), lambda one: one.cost, show=_money),
        number_column("tonnes", _("Tonnes saved"), lambda one: one.tonnes, "t CO₂e/a", width=9),
        number_column("npv", _("Net present value"), lambda one: one.npv, show=_round, width=12),
        Column("currency", _("Currency"), lambda one: one.action.currency, width=7, hidden=True),
        Column("status", _("Status"), lambda one: words.status_title(one.action.status), width=9, stretch=True),
        Column("area", _("Area"), lambda one: words.area_title(one.action), width=18, hidden=True),
    ]  # fmt: skip


def supply_columns() -> list[Column[Supply]]:
    """Who could have what from when, and for how much."""

    def kind(one: Supply) -> str:
        return say(words.KINDS[one.offer.kind]) if one.offer.kind in words.KINDS else one.offer.kind

    return [
        Column("plant", _("Plant"), lambda one: one.plant.name, width=18),
        Column("name", _("Option"), lambda one: one.offer.name, width=24, stretch=True),
        Column("kind", _("Kind"), kind, width=16),
        Column("first", _("From"), lambda one: str(one.offer.first_year), align="right",
               sort=lambda one: one.offer.first_year, width=7),
        number_column("mwh", _("Quantity"), lambda one: one.quantity, "MWh/a"),
        number_column("cost", _("Cost of a MWh"), lambda one: one.offer.cost, show=_money),
        Column("currency", _("Currency"), lambda one: one.offer.currency, width=8),
    ]  # fmt: skip


def _money(value: Decimal | None) -> str:
    return words.amount(value, 2)


def _round(value: Decimal | None) -> str:
    return words.DASH if value is None else minus(show_number(value, 0))


def marks(one: Bar) -> dict[str, Mark]:
    """Why an action is on no curve."""
    if one.cost is not None:
        return {}
    if one.tonnes <= 0:
        return {"cost": Mark("info", _("It saves no tonnes in this figure."))}
    return {"cost": Mark("info", _("The plant states no money, or not in which currency."))}


def blocks(curve: GroupCurve | None) -> BlockData:
    """Bars from left to right; what is under way is hatched."""
    looks = {
        NEXT: Look(_("To be decided"), tokens().series[0]),
        GIVEN: Look(_("Under way or done"), tokens().series[1], "hatched"),
    }
    currency = curve.currency if curve is not None else ""
    made = tuple(
        Block("\n".join(key_of(one)), f"{one.action.name}, {one.plant.name}", float(one.tonnes), float(one.cost),
              GIVEN if one.action.status in UNDER_WAY else NEXT)
        for one in (curve.bars if curve is not None else ())
        if one.cost is not None and one.tonnes > 0
    )  # fmt: skip
    return BlockData(_("Abatement cost curve of the group"), Scale(_("Tonnes saved"), "t CO₂e/a"),
                     Scale(_("Cost of a tonne"), f"{currency}/t"), made, looks)  # fmt: skip
