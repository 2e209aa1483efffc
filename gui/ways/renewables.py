"""Renewable electricity of all plants: three shares, what is missing for the promise, whether a claim would hold."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.ways.standing import PlantWay, Standing
from core.renewables.shares import VIEWS
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.theme import tokens
from gui.ways import words
from gui.ways.tables import number_column, with_plot
from gui.widgets import card, empty_state, label

MOST_BARS = 12
"""Plants drawn, three bars each; the table has them all."""
THOUSAND = Decimal(1000)
"""[kWh/MWh]"""


class Renewables(QWidget):
    """One row a plant, and the shares as bars."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""
    chosen = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.said = label("", "muted", wrap=True)
        self.chart = Chart(_("Renewable electricity by plant"))
        self.table: Table[PlantWay] = Table(
            "ways_renewables", columns(), settings, name=_("Renewable electricity by plant"),
            identity=lambda row: row.key, marks=marks,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.table.view.doubleClicked.connect(lambda _index: self._open())
        self.table.current.connect(lambda _row: self.chosen.emit())
        self.table.set_empty(empty_state(
            "renewables", _("No plant to show"), _("Reports that are accepted in the inbox stand here.")
        ))  # fmt: skip
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(with_plot(self.table, drawn), 1)

    def show_found(self, found: Standing) -> None:
        """Another answer."""
        self.said.setText(_(
            "Shares follow from sums of kilowatt-hours and are rounded down; the three are never added. Promised and "
            "not secured yet: {mwh} MWh a year.", mwh=words.amount(found.gap),
        ))  # fmt: skip
        self.table.set_rows(tuple(sorted(found.plants, key=lambda one: (-(one.gap or 0), one.name))))
        self.chart.show_data(bars(found))

    def _open(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.report_wanted.emit(row.filed.sha256)


def columns() -> list[Column[PlantWay]]:
    """Plant, electricity, shares, promise, gap, claim."""

    def share(view: str) -> Column[PlantWay]:
        title = say(words.VIEWS[view])
        return number_column(view, title, lambda row: row.shown(view), "%", show=words.percent, width=8)

    return [
        Column("name", _("Plant"), lambda row: row.name, width=16, stretch=True),
        Column("country", _("Country"), lambda row: row.country, width=6, hidden=True),
        Column("promise", _("Promised"), promise, sort=_promised, width=13),
        number_column("gap", _("Still missing"), lambda row: row.gap, "MWh/a", width=10),
        Column("claim", _("Claim"), claim, width=17),
        *(share(view) for view in VIEWS),
        number_column("open", _("Left by its options"), _open, "MWh/a"),
        number_column("used", _("Electricity"), lambda row: row.electricity.used / THOUSAND, "MWh"),
        number_column("counts", _("Counts with"), lambda row: row.weight * 100, "%", hidden=True),
    ]  # fmt: skip


def promise(row: PlantWay) -> str:
    """The share and its year."""
    if row.silent:
        return _("says nothing")
    road = row.way.road
    if road is None or not road.promised:
        return _("no target")
    return _("{percent} % in {year}", percent=words.plain_percent(road.percent), year=str(road.year))


def _promised(row: PlantWay) -> int:
    road = row.way.road
    return road.year if road is not None and road.promised else 9999


def _open(row: PlantWay) -> Decimal | None:
    road = row.way.road
    return row.part(road.open) if road is not None and road.promised else None


def claim(row: PlantWay) -> str:
    """Whether it would hold for the year of the report."""
    found = row.way.claim
    if found is None:
        return words.DASH
    if found.holds:
        return _("{percent} % would hold", percent=words.plain_percent(found.percent))
    return _("open points: {count}", count=len(found.open))


def marks(row: PlantWay) -> dict[str, Mark]:
    """Who misses a promise, and what stands against a claim."""
    found = {}
    road = row.way.road
    if road is not None and road.missed:
        words_ = _("Not secured for {year}: {mwh} MWh a year", year=str(road.year), mwh=words.amount(row.gap))
        found["gap"] = Mark("warning", words_)
    if row.way.claim is not None and not row.way.claim.holds:
        found["claim"] = Mark("bad", "\n".join(say(one.message) for one in row.way.claim.open[:6]))
    if row.way.troubles:
        found["name"] = Mark("warning", "\n".join(say(one) for one in row.way.troubles))
    return found


def bars(found: Standing) -> BarData:
    """Three shares beside each other, the plants that use most."""
    shown = sorted((one for one in found.plants if one.electricity.used), key=lambda one: -one.electricity.used)
    held = shown[:MOST_BARS]
    series = tuple(
        Series(say(words.VIEWS[view]), tuple(one.shown(view) or Decimal(0) for one in held), tokens().series[place])
        for place, view in enumerate(VIEWS)
    )
    title = _("Renewable electricity by plant")
    if len(shown) > len(held):
        title = _("Renewable electricity of the {count} plants that use most", count=len(held))
    return BarData(title, tuple(one.name for one in held), series, "%",
                   _("Share of the electricity used"), lying=True, beside=True)  # fmt: skip
