"""Compare editions: the same item and use over years and areas, with the difference to one factor in %."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.library import Factor, Library
from core.library.editions import Edition, editions
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.library.words import area_name, brief, percent, unit_of, use_name
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.theme import tokens
from gui.widgets import as_large, button, heading, label
from gui.wording import item_name, status_name

AREA, YEAR, EVERY = "area", "year", "every"
MOST_BARS = 24
"""More names cannot be read below each other."""


class EditionsDialog(QDialog):
    """A chart above, the numbers below; read only."""

    def __init__(self, factor: Factor, library: Library, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factor, self._library = factor, library
        self._found = editions(library, factor)
        self._unit = unit_of(library, factor)
        self.setWindowTitle(_("Compare editions"))
        self.what = QComboBox()
        self.what.setAccessibleName(_("What to compare"))
        for key, words in self._offers():
            self.what.addItem(words, key)
        self.other_units = QCheckBox(_("Also other units and gases"))
        self.chart = Chart(_("Compare editions"))
        self.table: Table[Edition] = Table(
            "editions", self._columns(), settings, name=_("Editions and areas"), identity=lambda e: e.factor.key
        )
        self._note = label("", "muted", wrap=True)
        self._lay_out()
        self.what.currentIndexChanged.connect(lambda _index: self._show())
        self.other_units.toggled.connect(lambda _on: self._show())
        self._show()

    def _offers(self) -> list[tuple[str, str]]:
        """Where there is something to compare; editions of the area first."""
        factor = self._factor
        found = [(AREA, _("Editions for {area}", area=area_name(factor.region)))]
        if factor.data_year and any(self._same_year(one) for one in self._found if one.factor.key != factor.key):
            found.append((YEAR, _("Areas in {year}", year=str(factor.data_year))))
        found.append((EVERY, _("All years and areas")))
        lonely = sum(one.factor.region == factor.region and one.value is not None for one in self._found) < 2
        return found[1:] + found[:1] if lonely else found

    def _lay_out(self) -> None:
        factor = self._factor
        name = say(factor.name) if factor.name is not None else item_name(self._library, factor.item)
        base = _("Differences are to {value} {unit}: {area}, {year}, {publisher}.", value=brief(factor.headline),
                 unit=self._unit, area=area_name(factor.region), year=str(factor.data_year or factor.set.year),
                 publisher=factor.set.publisher)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(f"{name} · {use_name(factor.use)}"))
        column.addWidget(label(base, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.what)
        row.addWidget(self.other_units)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.chart, 2)
        column.addWidget(self.table, 3)
        column.addWidget(self._note)
        last = QHBoxLayout()
        last.addStretch(1)
        close = button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        last.addWidget(close)
        column.addLayout(last)
        as_large(self, 140, 92)

    def _columns(self) -> tuple[Column[Edition], ...]:
        library = self._library
        return (
            Column("area", _("Area"), lambda e: area_name(e.factor.region), width=16),
            Column("year", _("Year"), lambda e: str(e.factor.data_year or ""), align="right",
                   sort=lambda e: e.factor.data_year, width=6),
            Column("value", _("Value"), _value, align="right", sort=_comparable,
                   plain=lambda e: f"{e.value:f}" if e.value is not None else f"{e.factor.headline:f}", width=11),
            Column("unit", _("Unit"), lambda e: self._unit if e.value is not None else unit_of(library, e.factor),
                   width=14),
            Column("difference", _("Difference"), self._difference, align="right",
                   sort=lambda e: e.difference if e.difference is not None else Decimal("Infinity"), width=10),
            Column("publisher", _("Publisher"), lambda e: e.factor.set.publisher, width=26),
            Column("edition", _("Edition"), lambda e: e.factor.set.edition, width=16),
            Column("place", _("Where it stands"), lambda e: e.factor.place, width=20),
            Column("status", _("Status"), lambda e: status_name(e.factor.status), width=10),
        )  # fmt: skip

    def _difference(self, one: Edition) -> str:
        return _("chosen") if one.factor.key == self._factor.key else percent(one.difference)

    # ------------------------------------------------------------------ show

    def _show(self) -> None:
        asked = [one for one in self._found if self._asked(one)]
        self.other_units.setVisible(any(one.value is None for one in asked))
        shown = asked if self.other_units.isChecked() else [one for one in asked if one.value is not None]
        self.table.set_rows(shown)
        self.table.show_record(self._factor.key)
        drawn = self._drawn([one for one in shown if one.value is not None])
        self.chart.setVisible(len(drawn) > 1)
        if len(drawn) > 1:
            self.chart.show_data(self._bars(drawn))
        hidden = sum(one.value is not None for one in shown) - len(drawn)
        words = _("The chart shows the {count} nearest; the table has all.", count=len(drawn)) if hidden else ""
        if len(asked) < 2:
            words = _("Nobody else answers the same question.")
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _asked(self, one: Edition) -> bool:
        what = self.what.currentData()
        if what == AREA:
            return one.factor.region == self._factor.region
        return what == EVERY or self._same_year(one)

    def _same_year(self, one: Edition) -> bool:
        return one.factor.data_year == self._factor.data_year

    def _drawn(self, found: Sequence[Edition]) -> list[Edition]:
        """For the chart: years in their order; of too many only the nearest numbers."""
        if len(found) > MOST_BARS:
            found = sorted(found, key=lambda e: abs(e.difference or Decimal(0)))[:MOST_BARS]
        if self.what.currentData() == AREA:
            return sorted(found, key=lambda e: (e.factor.data_year or e.factor.set.year, e.factor.key))
        return sorted(found, key=lambda e: (e.value or Decimal(0), e.factor.key))

    def _bars(self, drawn: Sequence[Edition]) -> BarData:
        names = tuple(self._name(one) for one in drawn)
        here = tuple((e.value or Decimal(0)) if e.factor.key == self._factor.key else Decimal(0) for e in drawn)
        others = tuple(Decimal(0) if mine else e.value or Decimal(0) for e, mine in zip(drawn, here, strict=True))
        places = 4 if max(abs(e.value or Decimal(0)) for e in drawn) < 100 else 1
        series = (
            Series(_("The chosen factor"), here, tokens().series[0]),
            Series(_("Others"), others, tokens().edge),
        )
        return BarData(self.what.currentText(), names, series, self._unit or "1", _("Value"), places=places)

    def _name(self, one: Edition) -> str:
        year = str(one.factor.data_year or one.factor.set.year)
        what = self.what.currentData()
        if what == AREA:
            return year
        area = one.factor.region
        return area if what == YEAR else f"{area} {year}"


def _value(one: Edition) -> str:
    return brief(one.value if one.value is not None else one.factor.headline)


def _comparable(one: Edition) -> tuple[bool, Decimal]:
    """What can be compared before what cannot."""
    return (one.value is None, one.value if one.value is not None else one.factor.headline)
