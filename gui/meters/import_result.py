"""What a file would add to the meters: which column goes where, how many values are new, what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from core.exchange.series.importing import Planned, Preview
from core.exchange.series.meters import proposed_meter
from core.exchange.series.parsing import Column as FileColumn
from core.exchange.series.parsing import Parsed
from core.exchange.series.refusals import Refused
from core.i18n import Text
from core.ledger import Meter
from gui.language import _, language, say
from gui.meters.words import direction_name, medium_name, unit_sign, when
from gui.notices import Elided
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import button, clear, label, letters, marked, number, scrolled

LEFT_OUT, NEW = "", "new:"
"""Keys of the choice of a meter; ids of meters stand between them."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A line of the list of reasons."""

    id: int
    refused: Refused


class ResultForm(QWidget):
    """A line for each column with its meter; below what is refused."""

    changed = Signal()
    """Another meter is chosen, or another wish said: what would happen must be worked out anew."""
    edit_wanted = Signal(str)
    """Name of the column whose new meter is to be described."""

    def __init__(self, parsed: Parsed, meters: Sequence[Meter], settings: Settings) -> None:
        super().__init__()
        self.parsed, self._meters, self._settings = parsed, meters, settings
        self._new: dict[str, Meter] = {}
        """Meters that would be made, by name of the column."""
        self._unknown: dict[str, Text] = {}
        """Why no meter of the plant was proposed, by name of the column."""
        self._boxes: dict[str, QComboBox] = {}
        self._cells: dict[str, QVBoxLayout] = {}
        self._fresh: dict[str, tuple[QLabel, QPushButton]] = {}
        """What a new meter would be, in words, and the button that changes it."""
        self._first = True
        self._head = QVBoxLayout()
        self.overwrite = QCheckBox(_("Values that differ take the place of those that are there"))
        self.rest = QCheckBox(_("Import the others without the refused values"))
        self.rest.setVisible(bool(parsed.refused_total))
        for box in (self.overwrite, self.rest):
            box.toggled.connect(lambda _on: self.changed.emit())
        self._tabs = QTabWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head)
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._columns(), _("Columns and meters ({count})", count=len(self.parsed.columns)))
        if self.parsed.refused_total:
            words = _("Refused values ({count})", count=f"{self.parsed.refused_total:,}")
            self._tabs.addTab(self._refusals(), words)
        column.addWidget(self._tabs, 1)
        column.addWidget(self.overwrite)
        column.addWidget(self.rest)

    def _columns(self) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 10, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        for place, words in enumerate((_("Column of the file"), _("Goes into"), _("What would happen"))):
            grid.addWidget(label(words, "muted", size=0.92), 0, place)
        for row, one in enumerate(self.parsed.columns, 1):
            grid.addWidget(self._about(one), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._choice(one), row, 1, Qt.AlignmentFlag.AlignTop)
            holder = QWidget()
            self._cells[one.name] = QVBoxLayout(holder)
            self._cells[one.name].setContentsMargins(0, 0, 0, 0)
            self._cells[one.name].setSpacing(2)
            grid.addWidget(holder, row, 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(self.parsed.columns) + 1, 1)
        return scrolled(content)

    def _about(self, one: FileColumn) -> QWidget:
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(1)
        name = Elided(one.name)
        name.setToolTip(one.name)
        name.setSizePolicy(name.sizePolicy().Policy.Ignored, name.sizePolicy().Policy.Fixed)
        inside.addWidget(name)
        inside.addWidget(label("\n".join(self._facts(one)), "muted", size=0.92, wrap=True))
        return made

    def _facts(self, one: FileColumn) -> list[str]:
        values = _("{count} values in {unit}", count=f"{one.values:,}", unit=unit_sign(one.value.unit) or "1")
        if one.step:
            values = _("{count} values in {unit}, every {minutes} min", count=f"{one.values:,}",
                       unit=unit_sign(one.value.unit) or "1", minutes=f"{one.step / 60:g}")  # fmt: skip
        found = [values]
        if one.span is not None:
            found.append(f"{when(one.span[0], self.parsed.zone)} – {when(one.span[1], self.parsed.zone)}")
        elif one.days:
            found.append(_("{count} whole days or months, kept as readings", count=len(one.days)))
        return found

    def _choice(self, one: FileColumn) -> QWidget:
        box = QComboBox()
        box.setAccessibleName(_("Meter of column {column}", column=one.name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(24)
        box.addItem(_("leave it out"), LEFT_OUT)
        for meter in self._meters:
            box.addItem(meter.name, meter.id)
        box.addItem(_("a new meter"), NEW)
        box.activated.connect(lambda _row: self._chosen(one))
        self._boxes[one.name] = box
        about = label("", "muted", size=0.92, wrap=True)
        edit = button(_("Change…"), lambda: self.edit_wanted.emit(one.name), role="link")
        edit.setAccessibleName(_("Describe the new meter of column {column}", column=one.name))
        made = QWidget()
        made.setMinimumWidth(letters(self, 34))
        inside = QGridLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setHorizontalSpacing(8)
        inside.setVerticalSpacing(2)
        inside.setColumnStretch(0, 1)
        inside.addWidget(box, 0, 0, 1, 2)
        inside.addWidget(about, 1, 0)
        inside.addWidget(edit, 1, 1, Qt.AlignmentFlag.AlignTop)
        self._fresh[one.name] = (about, edit)
        self._show_new(one.name)
        return made

    def _refusals(self) -> QWidget:
        columns = (
            Column[RefusedRow]("row", _("Row"), lambda r: str(r.refused.row or ""), align="right",
                               sort=lambda r: r.refused.row, width=8),
            Column[RefusedRow]("column", _("Column"), lambda r: r.refused.column, width=18),
            Column[RefusedRow]("reason", _("Reason"), lambda r: say(r.refused.reason), width=44),
            Column[RefusedRow]("remedy", _("What to do"), lambda r: say(r.refused.remedy), stretch=True),
        )  # fmt: skip
        made: Table[RefusedRow] = Table("meter_refused", columns, self._settings, name=_("Refused values"))
        made.view.wrap_rows()
        made.set_rows([RefusedRow(place, one) for place, one in enumerate(self.parsed.refused)])
        return made

    # ------------------------------------------------------------------ wishes

    def _chosen(self, one: FileColumn) -> None:
        if self._boxes[one.name].currentData() == NEW:
            self._new.setdefault(one.name, proposed_meter(one))
        self._show_new(one.name)
        self.changed.emit()

    def _show_new(self, name: str) -> None:
        about, edit = self._fresh[name]
        meter = self._new.get(name) if self._boxes[name].currentData() == NEW else None
        for widget in (about, edit):
            widget.setVisible(meter is not None)
        if meter is not None:
            about.setText(f"{meter.name} · {medium_name(meter)} · {direction_name(meter)} · {unit_sign(meter.unit)}")

    def new_meter(self, name: str) -> Meter:
        """The meter that would be made for a column."""
        return self._new[name]

    def describe(self, name: str, meter: Meter) -> None:
        """The person described the new meter of a column."""
        self._new[name] = meter
        self._show_new(name)
        self.changed.emit()

    @property
    def targets(self) -> dict[str, str] | None:
        """By column the id of its meter, or nothing; None while the first proposal is not there yet."""
        if self._first:
            return None
        keys = {name: str(box.currentData()) for name, box in self._boxes.items()}
        return {name: LEFT_OUT if key == NEW else key for name, key in keys.items()}

    @property
    def new(self) -> dict[str, Meter]:
        """By column the meter that is to be made."""
        return {name: self._new[name] for name, box in self._boxes.items() if box.currentData() == NEW}

    # ------------------------------------------------------------------ answer

    def show_preview(self, found: Preview) -> None:
        """What would happen with the meters as they are chosen; at first, as they are proposed."""
        if self._first:
            self._first = False
            if self._propose(found):
                self.changed.emit()
                return
        clear(self._head)
        if self.parsed.refused_total:
            words = _(
                "Refused: {count}. Each value stands with its reason under “Refused values”. Correct the file, or "
                "import the others without them.",
                count=f"{self.parsed.refused_total:,}",
            )
            self._head.addWidget(marked("warning", "warning", words))
        if found.already:
            words = _("This very file was read before, for {meters}.", meters=list(found.already))
            self._head.addWidget(marked("info", "accent", words))
        for one in found.columns:
            self._show_planned(one)
        conflicts = sum(one.conflicts for one in found.columns)
        self.overwrite.setVisible(bool(conflicts) or self.overwrite.isChecked())

    def _propose(self, found: Preview) -> bool:
        """Choose the meters that were found, and new ones for other columns. True: that changes something."""
        fresh = False
        for one in found.columns:
            name, box = one.column.name, self._boxes[one.column.name]
            if one.meter is not None:
                box.setCurrentIndex(box.findData(one.meter.id))
                continue
            self._unknown[name] = one.why
            self._new[name] = proposed_meter(one.column)
            box.setCurrentIndex(box.findData(NEW))
            self._show_new(name)
            fresh = True
        return fresh

    def _show_planned(self, one: Planned) -> None:
        place = self._cells[one.column.name]
        clear(place)
        if one.problem is not None:
            place.addWidget(marked("error", "bad", one.problem.text(language())))
            return
        if one.meter is None:
            place.addWidget(label(_("not imported"), "muted"))
            return
        place.addWidget(number(counts(one)))
        if not one.fresh:
            place.addWidget(label(say(one.why), "muted", size=0.92, wrap=True))
        elif self._meters and one.column.name in self._unknown:  # most likely one of them was meant
            place.addWidget(marked("warning", "warning", say(self._unknown[one.column.name])))
        for note in one.notes:
            place.addWidget(marked("info", "accent", say(note)))


def counts(one: Planned) -> str:
    """``2,976 new · 96 the same · 4 differ``."""
    parts = [_("{count} new", count=f"{one.added:,}")]
    if one.same:
        parts.append(_("{count} the same", count=f"{one.same:,}"))
    if one.changed:
        parts.append(_("{count} corrected", count=f"{one.changed:,}"))
    if one.conflicts:
        parts.append(_("{count} differ and are not taken", count=f"{one.conflicts:,}"))
    return " · ".join(parts)
