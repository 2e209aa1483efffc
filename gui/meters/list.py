"""The list of meters: who stands below whom, how much each counted, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from core.series.media import MEDIA
from gui.language import _
from gui.meters.rows import MeterRow
from gui.meters.words import amount, day, direction_name, figure, medium_name, percent, unit_sign
from gui.settings import Settings
from gui.tables.cells import PAD, CellDelegate
from gui.tables.table import Column, Mark, Table
from gui.theme import colour
from gui.widgets import label

INDENT = "\u2003"
"""Before the name of a meter for each meter above it."""
BAR = 3.0
"""Height of the bar below a share. [px]"""


class MeterList(QWidget):
    """Table of meters; several rows chosen are laid over each other."""

    changed = Signal()
    """Other rows are chosen."""
    entered = Signal()
    """Enter was pressed, or a row double-clicked: to its load."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.table: Table[MeterRow] = Table(
            "meters", columns(), settings, name=_("Meters"), editable=False, marks=marks
        )
        self._quiet = False
        view = self.table.view
        view.setSelectionBehavior(view.SelectionBehavior.SelectRows)
        view.setItemDelegateForColumn(SHARE, ShareDelegate(self.table.model, view))
        view.setShowGrid(False)
        view.installEventFilter(self)
        view.doubleClicked.connect(lambda _index: self.entered.emit())
        view.selectionModel().selectionChanged.connect(lambda _new, _old: self._tell())
        hint = label(_("Choose several rows to lay their loads over each other."), "muted", size=0.92, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        column.addWidget(hint)

    def show_rows(self, rows: Sequence[MeterRow]) -> None:
        """Show these; what is chosen stays chosen."""
        self._quiet = True
        self.table.set_rows(rows)
        if self.table.current_record() is None and rows:
            self.table.view.go(0, 0)
        self._whole_rows()
        self._quiet = False
        self.changed.emit()

    @property
    def current(self) -> MeterRow | None:
        """The row the person stands on."""
        return self.table.current_record()

    @property
    def chosen(self) -> list[MeterRow]:
        """All chosen rows, the current one first."""
        current = self.current
        others = [row for row in self.table.chosen if current is None or row.id != current.id]
        return [*([] if current is None else [current]), *others]

    def go(self, key: str) -> bool:
        """Make a row the current one; False when there is none of this id."""
        row = self.table.model.row_of(key)
        if row is None:
            return False
        self.table.view.go(row, 0)
        self._whole_rows()
        return True

    def _whole_rows(self) -> None:
        """A row is chosen as a whole, however it came to be."""
        flag = QItemSelectionModel.SelectionFlag
        chosen = self.table.view.selectionModel()
        chosen.select(chosen.selection(), flag.Select | flag.Rows)

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab leaves the list for the views, for its cells cannot be edited; Enter goes to the load."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)


def name_of(row: MeterRow) -> str:
    """As the list calls it."""
    return _("not metered below") if row.rest else row.meter.name


def total_of(row: MeterRow) -> str:
    """Sum of the year in a size that can be taken in, or the mean of a level."""
    if row.total is None:
        return "–"
    if row.meter.medium in MEDIA and MEDIA[row.meter.medium].level:
        return f"⌀ {figure(row.total)} {unit_sign(row.meter.unit)}".rstrip()
    return " ".join(amount(row.total, row.meter.unit))


NAME, TOTAL, SHARE, PROBLEMS = range(4)
"""The first columns."""


def columns() -> list[Column[MeterRow]]:
    """First what is read at a glance; the rest can be switched on."""
    return [
        Column("name", _("Meter"), lambda r: INDENT * r.depth + name_of(r), sort=lambda r: name_of(r).casefold(),
               plain=name_of, width=14, stretch=True),
        Column("total", _("Annual sum"), total_of, "", "right", lambda r: r.total or Decimal(0),
               lambda r: "" if r.total is None else f"{r.total:f}", width=12),
        Column("share", _("Share"), lambda r: "" if r.share is None else percent(r.share), "%", "right",
               lambda r: r.share or Decimal(0), width=6),
        Column("problems", _("Problems"), problem_words, "", "right", lambda r: len(r.problems or ()), width=7),
        Column("direction", _("Direction"), lambda r: "" if r.rest else direction_name(r.meter), width=12,
               hidden=True),
        Column("medium", _("What it measures"), lambda r: medium_name(r.meter), width=12, hidden=True),
        Column("unit", _("Unit"), lambda r: unit_sign(r.meter.unit), width=7, hidden=True),
        Column("serial", _("Serial number"), lambda r: r.serial, width=14, hidden=True),
        Column("location", _("Location"), lambda r: "" if r.rest else r.meter.location, width=16, hidden=True),
        Column("last", _("Last value"), lambda r: "" if r.rest else day(r.last),
               sort=lambda r: r.last.toordinal() if r.last else 0, width=12, hidden=True),
        Column("calibration", _("Calibrated to"), lambda r: "" if r.rest else r.meter.calibrated_to or "–", width=12,
               hidden=True),
    ]  # fmt: skip


def problem_words(row: MeterRow) -> str:
    """How many; nothing where there are none, and … while nobody has looked."""
    if row.problems is None:
        return "…"
    return str(len(row.problems)) if row.problems else ""


def marks(row: MeterRow) -> dict[str, Mark]:
    """How grave the problems are, and whether the calibration has run out."""
    found = {}
    if row.problems:
        grave = any(one.severity == "warning" for one in row.problems)
        count = len(row.problems)
        words = _("1 place to look at") if count == 1 else _("{count} places to look at", count=count)
        found["problems"] = Mark("warning" if grave else "info", words)
    if row.overdue:
        found["calibration"] = Mark("warning", _("The calibration does not hold to the last value of the year."))
    if row.by_readings and row.total is not None:
        found["total"] = Mark("info", _("By readings, in proportion to their days."))
    return found


class ShareDelegate(CellDelegate):
    """A share with a bar below it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        row = self._model.record(index.row())
        if not isinstance(row, MeterRow) or row.share is None:
            return
        room = QRectF(option.rect).adjusted(PAD, 0, -PAD, 0)
        wide = room.width() * min(max(float(row.share), 0.0), 1.0)
        foot = room.bottom() - BAR - 1
        painter.fillRect(QRectF(room.left(), foot, room.width(), BAR), colour("line"))
        painter.fillRect(QRectF(room.left(), foot, wide, BAR), colour("muted" if row.rest else "accent"))
