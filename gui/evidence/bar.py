"""What the tonnes rest on: one bar of all tonnes, cut by class of proof, with a key in words and numbers.

Kept files are full, a number that is only named is hatched, what was waived is dotted, what has nothing is an outline;
so it reads without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.audit.coverage import TITLES, WAIVED, ClassShare, Coverage
from core.inventory.evidence import CLASSES, NO_DOCUMENT, NOTHING, NUMBER
from gui.language import _, say
from gui.theme import colour, tokens
from gui.widgets import clear, label, number
from gui.wording import TONNES, shown_percent, tonnes

BAR = 1.1
"""Height of the bar in lines of text."""
KEYS = 3
"""Entries of the key beside each other, where there is room."""
GAP = 18
"""Between entries of the key. [px]"""
_PATTERNS = {NUMBER: Qt.BrushStyle.BDiagPattern, WAIVED: Qt.BrushStyle.Dense6Pattern}


def colour_of(key: str) -> QColor:
    """Of a class of kept files: one of the series each, the rest in grey."""
    documents = [kind for kind in CLASSES if kind not in NO_DOCUMENT]
    place, series = documents.index(key) if key in documents else len(documents), tokens().series
    return QColor(series[place]) if place < len(series) else colour("muted")


def paint_class(painter: QPainter, box: QRectF, key: str) -> None:
    """One part of the bar, or its mark in the key."""
    if key in CLASSES:
        painter.fillRect(box, colour_of(key))
        return
    ink = colour("bad" if key == NOTHING else "muted")
    if key in _PATTERNS:
        painter.fillRect(box, QBrush(ink, _PATTERNS[key]))
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.6, 0.6, -0.6, -0.6))


class CoverageCanvas(QWidget):
    """The drawing alone."""

    def __init__(self) -> None:
        super().__init__()
        self.shares: tuple[ClassShare, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, round(self.fontMetrics().height() * BAR))

    def boxes(self) -> Iterator[tuple[ClassShare, QRectF]]:
        """Where each class stands; all of them fill the width."""
        left, wide = 0.0, float(self.width())
        for one in self.shares:
            length = wide * float(one.percent) / 100
            yield one, QRectF(left, 0, length, self.height())
            left += length

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("sunken"))
        for one, box in self.boxes():
            paint_class(painter, box, one.key)
        painter.end()


class Key(QWidget):
    """What the parts of the bar are: as many entries beside each other as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[QWidget] = []
        self._beside = KEYS
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(3)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_shares(self, shares: Sequence[ClassShare]) -> None:
        """These from now on."""
        clear(self._grid)
        self._entries = [_entry(one, self) for one in shares]
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One entry; the layout would ask for as many as stand beside each other now."""
        return QSize(max((one.sizeHint().width() for one in self._entries), default=0), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.minimumSizeHint().width() + GAP
        beside = max(1, min(KEYS, (self.width() + GAP) // wide)) if wide > GAP else KEYS
        if beside != self._beside:
            self._beside = beside
            self._arrange()

    def _arrange(self) -> None:
        for column in range(KEYS + 1):
            self._grid.setColumnStretch(column, 1 if column == self._beside else 0)
        for place, one in enumerate(self._entries):
            self._grid.addWidget(one, place // self._beside, place % self._beside)


class CoverageBar(QFrame):
    """The figure, the bar and its key; one sentence for those who listen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.figure = number("", size=1.6, strong=True)
        self._words = label("", "muted", wrap=True)
        self.canvas = CoverageCanvas()
        self.key = Key()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._words, 1, Qt.AlignmentFlag.AlignBaseline)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.canvas)
        column.addWidget(self.key)

    def show_coverage(self, found: Coverage, missing: int) -> None:
        """Show this from now on; ``missing`` records have no kept file."""
        shares = found.classes["location"]
        self.canvas.shares = shares
        self.canvas.update()
        self.figure.setText(f"{shown_percent(found.kept['location'])} %" if shares else "–")
        self._words.setText(
            _("of the tonnes rest on kept files; records without one: {count}", count=missing)
            if shares
            else _("There are no tonnes in this year yet.")
        )
        self.key.show_shares(shares)
        said = ", ".join(f"{say(TITLES[one.key])} {shown_percent(one.percent)} %" for one in shares)
        self.setAccessibleName(_("Evidence coverage"))
        self.setAccessibleDescription(f"{self.figure.text()} {self._words.text()}. {said}")


def _entry(one: ClassShare, parent: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    side, ratio = parent.fontMetrics().ascent(), parent.devicePixelRatioF()
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_class(painter, QRectF(0, 0, side, side), one.key)
    painter.end()
    sign = QLabel()
    sign.setPixmap(pixmap)
    row.addWidget(sign)
    row.addWidget(label(say(TITLES[one.key])))
    row.addWidget(number(f"{shown_percent(one.percent)} %", strong=True))
    row.addWidget(label(f"{tonnes(one.tonnes)} {TONNES}", "muted"))
    row.addStretch(1)
    return made
