"""Tonnes per unit, head and turnover of each plant, and which plants do not look like the others of their business."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.audit.figure_units import unit_title
from core.audit.key_figures import figure_title
from core.group.year.consolidated import Consolidated
from core.group.year.intensity import Intensity
from core.group.year.ranking import FEWEST, LIMIT, Outlier, outliers
from core.i18n import show_number
from core.methods import plain
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.group.cards import beside
from gui.group.rows import MOST_BARS
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.theme import tokens
from gui.widgets import card, empty_state, label
from gui.wording import TONNES, listed, some_of, tonnes

ZERO = Decimal(0)
MOST_NAMED = 6
"""Plants named in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """A plant that says the figure."""

    id: str
    place: int
    """By tonnes per unit, the largest first."""
    name: str
    business: str
    tonnes: Decimal
    quantity: Decimal
    per_unit: Decimal | None
    source: str
    odd: Outlier | None


class Intensities(QWidget):
    """A choice of figures, one chart, one table."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._found: Consolidated | None = None
        self._all: tuple[Intensity, ...] = ()
        self.figure = combo(_("Per"), [])
        self.figure.activated.connect(lambda _row: self._show())
        self.said = label("", wrap=True)
        self.without = label("", "muted", wrap=True)
        self.chart = Chart(_("Emissions per unit by plant"))
        self.table: Table[Row] = Table("group_intensity", columns(), settings, name=_("Emissions per unit"),
                                       marks=marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.set_empty(empty_state(
            "analytics", _("No plant says what it made, earned or employed"),
            _("Enter headcount, revenue or production on the page Plants, below Figures of plants; key figures inside "
              "reports are used too."),
        ))  # fmt: skip
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Per"), "muted"))
        head.addWidget(self.figure)
        head.addWidget(self.said, 1)
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.without)
        column.addWidget(beside(self.table, drawn), 1)

    def show_found(self, found: Consolidated, all_of_them: tuple[Intensity, ...]) -> None:
        """Another answer; the figure chosen stays where it is still said."""
        kept = self.figure.currentData()
        self._found, self._all = found, all_of_them
        self.figure.clear()
        for place, one in enumerate(all_of_them):
            words = f"{say(figure_title(one.name))} ({say(unit_title(one.unit))})"
            self.figure.addItem(words, f"{one.name}/{one.unit}")
            if f"{one.name}/{one.unit}" == kept:
                self.figure.setCurrentIndex(place)
        self._show()

    def _show(self) -> None:
        place = self.figure.currentIndex()
        if self._found is None:
            return
        one = self._all[place] if 0 <= place < len(self._all) else None
        self.chart.setVisible(one is not None)
        if one is None:
            self.said.setText("")
            self.without.setText("")
            self.table.set_rows(())
            return
        unit = say(unit_title(one.unit))
        rows = rows_of(self._found, one)
        whole = "–" if one.per_unit is None else figures(one.per_unit)
        self.said.setText(_("Group: {number} {tonnes} per {unit}", number=whole, tonnes=TONNES, unit=unit))
        notes = [_("Plants of a business are held against each other from {count} on; what is far off is marked.",
                   count=FEWEST)]  # fmt: skip
        self.without.setToolTip("")
        if one.without:
            notes.insert(0, _("Left out, for they do not say it: {plants}.", plants=some_of(one.without, MOST_NAMED)))
            self.without.setToolTip(listed(one.without))
        self.without.setText(("" if language() == "zh" else " ").join(notes))
        self._name_units(unit)
        self.table.set_rows(rows)
        self.chart.show_data(bars(rows, unit))

    def _name_units(self, unit: str) -> None:
        """Heads say in which unit numbers stand, and that is another one for each figure."""
        model = self.table.model
        model.columns = tuple(columns(unit))
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(model.columns) - 1)


def rows_of(found: Consolidated, one: Intensity) -> tuple[Row, ...]:
    """Plants by tonnes per unit, the largest first."""
    odd = {outlier.key: outlier for outlier in outliers(found, one)}
    ordered = sorted(one.plants, key=lambda p: (p.per_unit is None, -(p.per_unit or ZERO), p.name))
    return tuple(
        Row(p.key, place, p.name, found.member(p.key).business, p.tonnes, p.quantity, p.per_unit, p.source,
            odd.get(p.key))
        for place, p in enumerate(ordered, 1)
    )  # fmt: skip


def figures(value: Decimal) -> str:
    """Four significant digits."""
    if not value:
        return "0"
    return show_number(round(value, max(0, 3 - value.adjusted())))


def columns(unit: str = "") -> list[Column[Row]]:
    """Place, plant, and both sides of the ratio; ``unit`` is that of the figure."""
    per = f"{TONNES}/{unit}" if unit else TONNES

    def amount(key: str, title: str, value: Callable[[Row], Decimal], unit: str = "") -> Column[Row]:
        return Column(key, title, lambda r: tonnes(value(r)), unit, "right", value, lambda r: plain(value(r)), width=11)

    return [
        Column("place", "#", lambda r: str(r.place), align="right", sort=lambda r: r.place, width=4),
        Column("name", _("Plant"), lambda r: r.name, width=22, stretch=True),
        Column("business", _("Business"), lambda r: r.business, width=11),
        Column("per_unit", _("Per unit"), lambda r: "–" if r.per_unit is None else figures(r.per_unit), per, "right",
               lambda r: ZERO if r.per_unit is None else r.per_unit,
               lambda r: "" if r.per_unit is None else plain(r.per_unit), width=14),
        amount("tonnes", _("Emissions"), lambda r: r.tonnes, TONNES),
        amount("quantity", _("Figure"), lambda r: r.quantity, unit),
        Column("source", _("Where from"), lambda r: r.source or _("Report"), width=12, hidden=True),
    ]  # fmt: skip


def why(one: Outlier) -> str:
    """Why a plant is called an outlier."""
    words = _("far above the others") if one.score > 0 else _("far below the others")
    return _(
        "{business}: {words}. Median of {count} plants {median}, here {value}; modified z-score {score}, "
        "limit {limit}.",
        business=one.business, words=words, count=one.plants, median=figures(one.median), value=figures(one.value),
        score=show_number(round(one.score, 1), 1), limit=show_number(LIMIT),
    )  # fmt: skip


def marks(row: Row) -> dict[str, Mark]:
    """An icon on what is far from the others of its business."""
    return {} if row.odd is None else {"name": Mark("warning", why(row.odd))}


def bars(rows: tuple[Row, ...], unit: str) -> BarData:
    """Tonnes per unit, the largest first."""
    shown = [row for row in rows if row.per_unit is not None][:MOST_BARS]
    values = tuple(row.per_unit or ZERO for row in shown)
    places = max((max(0, 2 - value.adjusted()) for value in values if value), default=1)
    series = (Series(_("Per unit"), values, tokens().series[0]),)
    per = _("{tonnes} per {unit}", tonnes=TONNES, unit=unit)
    return BarData(_("Emissions per unit by plant"), tuple(row.name for row in shown), series, per, _("Emissions"),
                   lying=True, places=min(places, 9))  # fmt: skip
