"""The columns of values of a file: which are read, what they count, in which unit, and what their times mean."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from core.exchange.columns import letter
from core.exchange.series.mapping import COUNTERS, Mapping, Value, label_of
from core.i18n import T, Text
from gui.language import _, say
from gui.widgets import label, letters

QUANTITIES: dict[str, Text] = {
    "energy": T("Amount of the interval"),
    "power": T("Power or flow"),
    "counter": T("State of a counter"),
    "day_counter": T("Counter of the day"),
    "level": T("Level: temperature, irradiance"),
}
"""What a column can hold, by the key of the mapping."""
UNITS: dict[str, tuple[str, ...]] = {
    "energy": ("kWh", "MWh", "Wh", "GJ", "MJ", "m3", "L", "t", "kg", "piece"),
    "power": ("kW", "MW", "W", "m3/h", "L/h", "t/h", "kg/h"),
    "counter": ("kWh", "MWh", "m3", "GJ"),
    "day_counter": ("kWh", "MWh"),
    "level": ("W/m2", "kW/m2", "degC", "degF", "1", "kg/kWh", "g/kWh"),
}
"""Offered; others may be typed."""
LABELS: dict[str, Text] = {
    "left": T("Beginning of the interval"),
    "right": T("End of the interval"),
    "instant": T("Moment of a sample"),
}
"""What the time of a value can be."""
LABELS_OF: dict[str, tuple[str, ...]] = {
    "energy": ("left", "right"),
    "counter": ("instant",),
    "day_counter": ("instant",),
}
"""An amount belongs to an interval, the state of a counter to a moment; the other quantities to either."""


@dataclass(frozen=True, slots=True)
class Line:
    """The widgets of one column."""

    column: int
    heading: str
    used: QCheckBox
    quantity: QComboBox
    unit: QComboBox
    label: QComboBox


class ValueGrid(QWidget):
    """A line for each column that holds numbers; of a form with a column for each time one line for all."""

    changed = Signal()

    def __init__(
        self, mapping: Mapping, names: Dict[int, str], numbers: Sequence[int], asked: Set[str] = frozenset()
    ) -> None:
        """``asked`` are fields of the mapping that the person must say: ``values``, ``label``."""
        super().__init__()
        self._mapping, self._asked = mapping, asked
        self.lines: list[Line] = []
        known = {one.column: one for one in mapping.values}
        taken = {mapping.time, mapping.clock_time, mapping.meter, mapping.status}
        wide = mapping.form in ("day", "month")
        columns = list(known) if wide else sorted({*known, *(place for place in numbers if place not in taken)})
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        heads = (_("Column"), _("What it holds"), _("Unit"), _("Its time is the"))
        for place, words in enumerate(heads):
            self._grid.addWidget(label(words, "muted", size=0.92), 0, place)
        for column in columns:
            title = f"{letter(column)}  {names.get(column, '')}"
            if wide:
                title = _("{first} to {last}", first=letter(column), last=letter(mapping.last))
            self._add(column, title, names.get(column, ""), known.get(column), wide=wide)

    def _add(self, column: int, title: str, heading: str, value: Value | None, *, wide: bool) -> None:
        used = QCheckBox(title)
        used.setChecked(value is not None)
        used.setEnabled(not wide)
        used.setAccessibleName(_("Read column {column}", column=title))
        quantity, unit, meant = QComboBox(), QComboBox(), QComboBox()
        meant.setAccessibleName(_("What the times of column {column} are", column=title))
        meant.setPlaceholderText(_("Please choose"))
        quantity.setAccessibleName(_("What column {column} holds", column=title))
        unit.setAccessibleName(_("Unit of column {column}", column=title))
        quantity.setPlaceholderText(_("Please choose"))
        for key, words in QUANTITIES.items():
            quantity.addItem(say(words), key)
        unit.setEditable(True)
        unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        unit.setMinimumWidth(letters(self, 12))
        line = Line(column, heading, used, quantity, unit, meant)
        unsaid = value is None or "values" in self._asked
        quantity.setCurrentIndex(-1 if unsaid or value is None else quantity.findData(value.quantity))
        self._offer_units(line, "" if value is None else value.unit)
        self._offer_labels(line, "" if value is None or "label" in self._asked else label_of(value, self._mapping))
        used.toggled.connect(lambda _on: self._edited(line))
        quantity.activated.connect(lambda _row: self._quantity_chosen(line))
        unit.currentTextChanged.connect(lambda _text: self.changed.emit())
        meant.activated.connect(lambda _row: self._label_chosen(line))
        row = len(self.lines) + 1
        for place, widget in enumerate((used, quantity, unit, meant)):
            self._grid.addWidget(widget, row, place)
        self.lines.append(line)
        self._enable(line)

    def _offer_units(self, line: Line, unit: str) -> None:
        line.unit.blockSignals(True)
        line.unit.clear()
        offered = UNITS.get(str(line.quantity.currentData() or "energy"), ())
        line.unit.addItems(list(offered))
        line.unit.setEditText(unit or (offered[0] if offered else ""))
        line.unit.blockSignals(False)

    def _offer_labels(self, line: Line, label: str) -> None:
        """Those that the quantity can have; the only one is chosen."""
        offered = LABELS_OF.get(str(line.quantity.currentData()), tuple(LABELS))
        line.label.clear()
        for key in offered:
            line.label.addItem(say(LABELS[key]), key)
        line.label.setCurrentIndex(0 if len(offered) == 1 else line.label.findData(label))

    def _quantity_chosen(self, line: Line) -> None:
        unit, key = line.unit.currentText(), str(line.quantity.currentData())
        self._offer_units(line, unit if unit in UNITS[key] else "")
        self._offer_labels(line, str(line.label.currentData() or ""))
        self._enable(line)
        self.changed.emit()

    def _label_chosen(self, chosen: Line) -> None:
        """What is said of one column holds for the others of which nothing is said yet."""
        for line in self.lines:
            if line.used.isChecked() and line.label.currentIndex() < 0:
                line.label.setCurrentIndex(line.label.findData(chosen.label.currentData()))
        self.changed.emit()

    def _edited(self, line: Line) -> None:
        self._enable(line)
        self.changed.emit()

    @staticmethod
    def _enable(line: Line) -> None:
        for widget in (line.quantity, line.unit):
            widget.setEnabled(line.used.isChecked())
        line.label.setEnabled(line.used.isChecked() and line.label.count() > 1)

    @property
    def unanswered(self) -> list[str]:
        """Names of the columns of which something is not said."""
        return [
            line.heading or letter(line.column)
            for line in self.lines
            if line.used.isChecked() and min(line.quantity.currentIndex(), line.label.currentIndex()) < 0
        ]

    @property
    def first_open(self) -> QWidget | None:
        """Where the first thing is said that is not said yet; without any column, where the first is chosen."""
        if self.lines and not any(line.used.isChecked() for line in self.lines):
            return self.lines[0].used
        boxes = (box for line in self.lines if line.used.isChecked() for box in (line.quantity, line.label))
        return next((box for box in boxes if box.currentIndex() < 0), None)

    @property
    def label(self) -> str:
        """That of the first column, which the mapping takes as usual; empty while nobody has said it."""
        return next((one.label for one in self.values if one.quantity not in COUNTERS), self._mapping.label)

    @property
    def values(self) -> tuple[Value, ...]:
        """As the mapping wants them."""
        if self._mapping.form == "green_button":
            return self._mapping.values
        headings = {one.column: one.heading for one in self._mapping.values}
        return tuple(
            Value(line.column, str(line.quantity.currentData() or "energy"), line.unit.currentText().strip() or "kWh",
                  headings.get(line.column, line.heading), str(line.label.currentData() or ""))
            for line in self.lines
            if line.used.isChecked()
        )  # fmt: skip
