"""Pieces of the pages about PV: what every view is, key figures, facts, sentences with a button, a bar in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.ledger import PvSystem
from gui.fonts import figures, scaled
from gui.icons import LEVELS, pixmap
from gui.plots.tools import Plot
from gui.session import Session
from gui.solar.words import DASH
from gui.solar.work import Solved
from gui.widgets import button, card, clear, label, number, number_card, on_top, scrolled, subheading
from gui.wording import named

TOKENS = {"info": "accent", "good": "good", "warning": "warning", "bad": "bad"}
SIZE = 1.5
"""Of the number of a key figure."""
GAP = 12
"""Between cards. [px]"""


class View(QWidget):
    """One of the views of the page: a column that scrolls. It shows what it is given and asks the page for acts."""

    wants = Signal(str)
    """Something the person wants to do; a key of what the page can do."""
    selected = Signal()
    """Something else is selected."""
    based = Signal(str)
    """Another grid factor is chosen: key of its basis."""
    restated = Signal(object, str)
    """The PvSystem with one assumption changed, and which."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        content = QWidget()
        self.column = QVBoxLayout(content)
        """Where the parts of the view go."""
        self.column.setContentsMargins(0, 12, 10, 12)
        self.column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(content)
        whole.addWidget(self.area)

    def show_solved(self, solved: Solved | None) -> None:
        """Show what is known of the system that is chosen; None while nothing is."""
        raise NotImplementedError

    def system_of(self, solved: Solved) -> PvSystem:
        """The system as it is now, which may be newer than what was worked out."""
        found = self.session.ledger.get("pv_system", solved.system.id)
        return found if isinstance(found, PvSystem) else solved.system

    def show_record(self, key: str) -> None:
        """Go to a row of the view's table, where it has one."""

    def inspect(self) -> QWidget | None:
        """About what is selected, for the inspector."""
        return None

    def beside(self, *widgets: tuple[QWidget, int]) -> None:
        """One more row of the column: widgets side by side with their shares of the width."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, share in widgets:
            row.addWidget(widget, share)
        self.column.addLayout(row)


class Across(QWidget):
    """Cards side by side, each with its share of the width; in twice as many rows where they do not fit."""

    def __init__(self, most: int = 8) -> None:
        """``most`` that stand in a row."""
        super().__init__()
        self._cards: list[tuple[QWidget, int]] = []
        self._most, self._across = most, 0
        """How many stand in a row at most, and now."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    def show_cards(self, cards: Iterable[tuple[QWidget, int]]) -> None:
        """These, and nothing else."""
        clear(self._grid)
        self._cards, self._across = list(cards), 0
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """Twice as many rows are enough."""
        return QSize(self._needed(self._in_rows(2)), super().minimumSizeHint().height())

    def _in_rows(self, times: int) -> int:
        """How many stand in a row of so many times the fewest rows."""
        count = max(1, len(self._cards))
        return -(-count // (times * -(-count // self._most)))

    def _needed(self, across: int) -> int:
        columns = (self._cards[place::across] for place in range(min(across, len(self._cards))))
        return sum(max(one.minimumSizeHint().width() for one, _share in column) + GAP for column in columns) - GAP

    def _lay(self) -> None:
        across = self._in_rows(1)
        across = across if self._needed(across) <= self.width() else self._in_rows(2)
        if not self._cards or across == self._across:
            return
        self._across = across
        for place, (one, share) in enumerate(self._cards):
            self._grid.addWidget(one, place // across, place % across)  # from where it stood
            if place < self._most:
                self._grid.setColumnStretch(place, share if place < across else 0)
        self.updateGeometry()


def figure(title: str, text: str, unit: str, caption: str = "", role: str = "") -> QFrame:
    """One key figure on its card; below it what it is to be held against, or how it came about."""
    unit = "" if text == DASH else unit
    said = named(title, f"{text} {unit}".rstrip())
    frame, inside = number_card(
        title, text, unit, size=SIZE, role=role or "muted", said=f"{said}. {caption}" if caption else said
    )
    inside.setContentsMargins(14, 10, 12, 12)
    if caption:
        inside.addWidget(label(caption.replace(" %", "\u00a0%"), "muted", size=0.9, wrap=True))
    inside.addStretch(1)
    return frame


def facts(rows: Sequence[tuple[str, str]], *, columns: int = 1) -> QGridLayout:
    """Names and what they are, one below the other."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for place, (name, value) in enumerate(rows):
        line, side = place // columns, 2 * (place % columns)
        grid.addWidget(on_top(label(name, "muted", wrap=True)), line, side)
        cell = on_top(number(value))
        cell.setWordWrap(True)
        cell.setAccessibleName(named(name, value))
        grid.addWidget(cell, line, side + 1)
    for side in range(columns):
        grid.setColumnStretch(2 * side, 2)
        grid.setColumnStretch(2 * side + 1, 3)
    return grid


def sentence(level: str, words: str, act: tuple[str, Callable[[], object]] | None = None) -> QWidget:
    """An icon and words, and where there is something to do about them its button below."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(7)
    sign = QLabel()
    sign.setPixmap(pixmap(LEVELS[level], TOKENS[level], 16))
    sign.setContentsMargins(0, 2, 0, 0)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(label(words, wrap=True))
    if act is not None:
        column.addWidget(button(act[0], act[1]), 0, Qt.AlignmentFlag.AlignLeft)
    line.addLayout(column, 1)
    return made


def titled(title: str, *parts: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """A card under a heading."""
    frame, inside = card()
    inside.addWidget(subheading(title))
    for part in parts:
        inside.addWidget(part)
    return frame, inside


def drawn(plot: Plot, lines: int) -> QFrame:
    """A plot on a card, so many lines of text high at least."""
    frame, inside = card()
    inside.addWidget(plot, 1)
    frame.setMinimumHeight(plot.fontMetrics().height() * lines)
    return frame


class SplitBar(QWidget):
    """A bar in parts, with the share of each inside it where it has room."""

    def __init__(self, name: str, parts: Sequence[tuple[str, float, str]]) -> None:
        """``parts``: name, amount and colour ``#rrggbb`` of each."""
        super().__init__()
        self._parts = tuple(parts)
        whole = sum(amount for _name, amount, _colour in parts) or 1.0
        self._shares = [amount / whole for _name, amount, _colour in parts]
        said = ", ".join(f"{one[0]} {100 * share:.1f} %" for one, share in zip(parts, self._shares, strict=True))
        self.setAccessibleName(named(name, said))
        self.setToolTip(said)
        self.setFont(figures(scaled(self.font(), 0.9)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A little more than a line high."""
        return QSize(160, round(self.fontMetrics().height() * 1.35))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Parts from left to right, a hairline of paper between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, left = QFontMetricsF(self.font()), 0.0
        for (_name, _amount, ink), share in zip(self._parts, self._shares, strict=True):
            wide = share * self.width()
            painter.fillRect(QRectF(left, 0, max(wide - 1, 0), self.height()), QColor(ink))
            words = f"{100 * share:.1f} %"
            if metrics.horizontalAdvance(words) + 12 < wide:
                painter.setPen(on(QColor(ink)))
                painter.drawText(
                    QRectF(left + 6, 0, wide, self.height()),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                    words,
                )
            left += wide
        painter.end()


def on(ink: QColor) -> QColor:
    """Black or white, whichever is read better on a colour."""
    light = 0.299 * ink.redF() + 0.587 * ink.greenF() + 0.114 * ink.blueF()
    return QColor("#101415") if light > 0.5 else QColor("#ffffff")


def swatch_of(ink: str, words: str) -> QWidget:
    """A colour and what it stands for."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    sign = QFrame()
    sign.setStyleSheet(f"background: {ink}; border-radius: 2px;")
    sign.setFixedSize(10, 10)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label(words, wrap=True), 1)
    return made
