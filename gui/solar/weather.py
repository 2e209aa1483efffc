"""The weather of an average year: a file, twelve months typed in place, or what is kept already. What was read is shown
before it is taken: place, light, warmth, and what the system would generate in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.read import load
from core.i18n import T, verbatim
from core.ledger import Ledger, PvArray, PvSystem, WeatherFile
from gui.asking import Asking, PathField
from gui.chart import Chart
from gui.fields import Field, text_field
from gui.language import _
from gui.latest import Latest
from gui.solar.climate import (
    MonthRow,
    Seen,
    blank_months,
    chart_of,
    facts_of,
    month_columns,
    months_of,
    seen_of,
    text_of,
)
from gui.solar.inputs import DraftTable, row_of
from gui.solar.parts import facts
from gui.widgets import button, clear, label, letters, subheading

FILE, TYPED = "file", "typed"
TABLE_NAME = "climate.csv"
WIDE = 100
"""Digits across."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The weather that the person wants."""

    record: WeatherFile
    blob: bytes | None
    """None for what is kept already."""


class WeatherDialog(Asking):
    """Chooses, reads or takes in the weather of a system."""

    unwanted = Signal(object)
    """A kept WeatherFile that shall be deleted."""

    def __init__(
        self,
        ledger: Ledger,
        system: PvSystem,
        blob: Callable[[str], bytes],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Weather of an average year"),
            _("The expected yield of {name} follows from it. Sensors of the plant take precedence where they measure.",
              name=system.name),
            _("Use this weather"),
            parent,
        )  # fmt: skip
        self._ledger, self._system, self._blob = ledger, system, blob
        self._arrays = tuple(one for one in ledger.held(PvArray) if one.system == system.id)
        self._seen: Seen | None = None
        self.latest = Latest(self)
        self.latest.answered.connect(self._read)
        self.latest.broken.connect(self._refused)
        self._make()
        self._lay_out()
        self.choice.activated.connect(lambda _row: self._turn())
        self._turn()

    # ------------------------------------------------------------------ build

    def _make(self) -> None:
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        self.choice.addItem(_("Read a file"), FILE)
        self.choice.addItem(_("Type twelve months"), TYPED)
        for one in self._ledger.held(WeatherFile):
            self.choice.addItem(_("Kept: {name}", name=one.name), one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._system.weather)))
        self.path = PathField(_("Weather file"), _("Weather (*.epw *.csv *.json *.txt *.xlsx);;All files (*)"))
        self.path.changed.connect(self._look_at_file)
        self.name = text_field(_("Name"), _("Monthly table"), required=True)
        self.source = text_field(_("Where the numbers come from"), hint=_("Publisher, edition, years"), required=True)
        self.months: DraftTable[MonthRow] = DraftTable(
            month_columns(), name=_("Twelve months"), rows=12, identity=lambda row: row.month
        )
        self.months.show_records(blank_months())
        self.months.changed.connect(self._look_at_table)
        self.delete = button(_("Delete this weather"), self._delete, picture="delete")
        self.chart = Chart(_("Light of an average year"))
        self.chart.setMinimumHeight(self.fontMetrics().height() * 11)

    def _lay_out(self) -> None:
        self.add(_("Weather"), self.choice)
        self._file = Field(
            _("Weather file"), self.path,
            _("EPW, TMY3, PVGIS (csv or json), or a table with the columns month, ghi and temperature. "
              "Choose it or drop it here."),
        )  # fmt: skip
        self._named = row_of(self.name, self.source)
        words = _("Horizontal irradiation and mean temperature of each month; two columns can be pasted from Excel.")
        self._typed = QWidget()
        column = QVBoxLayout(self._typed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(words, "muted", size=0.92, wrap=True))
        column.addWidget(self.months)
        self._typed.setFixedWidth(self.months.whole)
        self._summary = QWidget()
        told = QVBoxLayout(self._summary)
        told.setContentsMargins(0, 4, 0, 0)
        told.addWidget(subheading(_("What was read")))
        self._facts = QVBoxLayout()
        told.addLayout(self._facts)
        told.addWidget(self.chart)
        told.addStretch(1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self._typed, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._summary, 1)
        both.setMinimumWidth(letters(self, WIDE))
        for widget in (self._file, self._named, both):
            self.fields.addWidget(widget)
        self.fields.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addStretch(1)

    # ------------------------------------------------------------------ choose

    @property
    def _kept(self) -> WeatherFile | None:
        found = self._ledger.get("weather", str(self.choice.currentData()))
        return found if isinstance(found, WeatherFile) else None

    def _turn(self) -> None:
        """Show the fields of the way that is chosen."""
        way, kept = str(self.choice.currentData()), self._kept
        self._file.setVisible(way == FILE)
        for part in (self._named, self._typed):
            part.setVisible(way == TYPED)
        self.delete.setVisible(kept is not None)
        self._show(None)
        if kept is not None:
            self._look_at_kept(kept)
        elif way == FILE:
            self._look_at_file()
        else:
            self._look_at_table()
        QTimer.singleShot(0, self, self._fit)

    def choose(self, way: str) -> None:
        """``file``, ``typed``, or the id of what is kept."""
        self.choice.setCurrentIndex(self.choice.findData(way))
        self._turn()

    # ------------------------------------------------------------------ look

    def _look_at_file(self) -> None:
        path = self.path.path
        self._file.complain("")
        self._show(None)
        if path is not None and path.is_file():
            self._ask(lambda: load(path), path.name)

    def _look_at_table(self) -> None:
        self._show(None)
        rows = self.months.records
        if all(row.full for row in rows):
            text = text_of(rows, self._system, self.source.line.text().strip())
            self._ask(lambda: text, TABLE_NAME)

    def _look_at_kept(self, kept: WeatherFile) -> None:
        try:
            data = self._blob(kept.sha256)
        except UserError as error:
            self.complain(error)
            return
        self._ask(lambda: data, kept.name)

    def _ask(self, data: Callable[[], bytes], name: str) -> None:
        self._problem.hide()
        system, arrays = self._system, self._arrays
        self.latest.ask(lambda: seen_of(data(), name, system, arrays))

    def _read(self, seen: Seen) -> None:
        self._show(seen)
        kept, climate = self._kept, seen.read.climate
        if kept is not None and climate is not None:  # so that it can be typed on
            self.months.show_records(months_of(climate))
            self.name.set(kept.name)
            self.source.set(seen.read.source)

    def _refused(self, why: str) -> None:
        self._show(None)
        self.complain(UserError(verbatim(why)))

    def _show(self, seen: Seen | None) -> None:
        self._seen = seen
        clear(self._facts)
        self._summary.setVisible(seen is not None)
        if seen is not None:
            self._facts.addLayout(facts(facts_of(seen, self._system)))
            data = chart_of(seen)
            self.chart.setVisible(data is not None)
            if data is not None:
                self.chart.show_data(data)
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Grow to what there is to see, as far as the screen allows; upwards where there is no room below."""
        self.grow()
        self.move(self.x(), max(0, min(self.y(), self.screen().availableGeometry().bottom() - self.height())))

    # ------------------------------------------------------------------ result

    def work(self) -> Callable[[], object]:
        kept = self._kept
        if kept is not None:
            return lambda: Chosen(kept, None)
        key, system = next_ids(self._ledger, 1, "weather")[0], self._system
        if self.choice.currentData() == FILE:
            path = self._needed_file()
            return lambda: taken(load(path), path.name, key, system)
        return self._typed_work(key, system)

    def _typed_work(self, key: str, system: PvSystem) -> Callable[[], object]:
        name, source = self.name.need(), self.source.need()
        rows = self.months.records
        lacking = [str(row.month) for row in rows if not row.full]
        if lacking:
            raise UserError(T("These months are missing: {months}.", months=lacking), T("Enter all twelve months."))
        text = text_of(rows, system, source)
        return lambda: taken(text, name, key, system)

    def _needed_file(self) -> Path:
        try:
            return self.path.needed()
        except UserError:
            self._file.complain(_("Please fill this in."))
            raise

    def _delete(self) -> None:
        kept = self._kept
        if kept is not None:
            self.unwanted.emit(kept)
            self.reject()


def taken(data: bytes, name: str, key: str, system: PvSystem) -> Chosen:
    """A file as it is kept; refused when it cannot be read."""
    read = seen_of(data, name, system, ()).read
    place = (system.latitude, system.longitude, system.elevation)
    if read.latitude is not None and read.longitude is not None:
        place = (Decimal(repr(read.latitude)), Decimal(repr(read.longitude)), Decimal(repr(read.elevation or 0.0)))
    record = WeatherFile(key, name, read.kind, hashlib.sha256(data).hexdigest(), len(data), *place, read.source)
    return Chosen(record, data)
