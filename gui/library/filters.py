"""What the factor table shows: kind of item, area, publication."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox

from core.library import OWN
from gui.language import _, say
from gui.library.rows import Row
from gui.library.words import KINDS, area_name, kind_name
from gui.widgets import suggest

EVERYTHING = "*"
SHOWN_LETTERS = 13


class Filters(QObject):
    """Three boxes and what they let through."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kind = _box(_("Kind of item"))
        self.area = _box(_("Area"), typed=True)
        self.publication = _box(_("Publication"), typed=True)
        self._offered: tuple[int, int, int] | None = None
        for box in self.boxes:
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def boxes(self) -> tuple[QComboBox, ...]:
        return (self.kind, self.area, self.publication)

    @property
    def narrow(self) -> bool:
        """Whether something is kept back."""
        return any(_chosen(box) != EVERYTHING for box in self.boxes)

    def offer(self, rows: Sequence[Row], first: Sequence[str]) -> None:
        """What there is to choose; areas of ``first``, those of the plant, on top."""
        kinds = {row.kind for row in rows}
        areas = {row.factor.region for row in rows}
        sets = {row.factor.set.key: row.factor.set for row in rows if row.factor.region != OWN}
        if self._offered == (shape := (len(kinds), len(areas), len(sets))):
            return
        self._offered = shape
        order = list(KINDS)
        known = sorted(kinds, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
        _fill(self.kind, _("All kinds"), [(kind, kind_name(kind)) for kind in known])
        near = [code for code in dict.fromkeys((OWN, *first)) if code in areas]
        far = sorted((area_name(code), code) for code in areas.difference(near))
        named = [(code, area_name(code)) for code in near] + [(code, name) for name, code in far]
        _fill(self.area, _("All areas"), named)
        titles = sorted((say(one.title), key) for key, one in sets.items())
        _fill(self.publication, _("All publications"), [(key, title) for title, key in titles])

    def let_through(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that all three boxes let through."""
        kind, area, publication = (_chosen(box) for box in self.boxes)
        if kind != EVERYTHING:
            rows = [row for row in rows if row.kind == kind]
        if area != EVERYTHING:
            rows = [row for row in rows if row.factor.region == area]
        if publication != EVERYTHING:
            rows = [row for row in rows if row.factor.set.key == publication]
        return rows

    def lift(self) -> None:
        """Let everything through."""
        for box in self.boxes:
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.changed.emit()


def _box(name: str, *, typed: bool = False) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(SHOWN_LETTERS)
    box.setMaxVisibleItems(20)
    if typed:
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line, completer = box.lineEdit(), box.completer()
        if line is not None:
            line.editingFinished.connect(lambda: _settle(box))
        if completer is not None:
            suggest(completer)
    return box


def _fill(box: QComboBox, everything: str, choices: Sequence[tuple[str, str]]) -> None:
    """Offer these; what was chosen stays chosen where it is still there."""
    kept = _chosen(box)
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, EVERYTHING)
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
    _widen(box)


def _widen(box: QComboBox) -> None:
    """The list shows whole names, whatever the box has room for."""
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(i)) for i in range(box.count()))
    box.view().setMinimumWidth(min(widest + 48, 620))


def _settle(box: QComboBox) -> None:
    """Words that are not in the list choose nothing; an emptied line chooses everything."""
    text = box.currentText().strip()
    place = box.findText(text, Qt.MatchFlag.MatchFixedString) if text else 0
    box.setCurrentIndex(place if place >= 0 else box.currentIndex())
    box.setEditText(box.itemText(box.currentIndex()))


def _chosen(box: QComboBox) -> str:
    found = box.currentData()
    return found if isinstance(found, str) else EVERYTHING
