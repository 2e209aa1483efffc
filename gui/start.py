"""The first screen: four ways to begin, and what was open last. Never an empty grey window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import panes
from gui.commands import Command
from gui.icons import pixmap
from gui.language import _, language
from gui.menus import fill
from gui.notices import Notice, NoticeBar
from gui.recent.part import RecentPart
from gui.recent.program import to_open
from gui.theme import dress
from gui.widgets import label, letters, scrolled, tool


@dataclass(frozen=True, slots=True)
class Beginning:
    """One way to begin."""

    icon: str
    title: str
    sentence: str
    act: Callable[[], None]
    first: bool = False
    """The one to take when in doubt."""


class Tile(QPushButton):
    """A large button with icon, title and one sentence."""

    def __init__(self, one: Beginning) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setAccessibleName(one.title)
        self.setAccessibleDescription(one.sentence)
        self.clicked.connect(lambda _checked=False: one.act())
        picture = QLabel()
        picture.setPixmap(pixmap(one.icon, "accent", 28))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(one.title, size=1.1, strong=True))
        words.addWidget(label(one.sentence, "muted", wrap=True))
        words.addStretch(1)  # beside a tile with more words
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(16, 14, 16, 14)
        line.setSpacing(14)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for inner in self.findChildren(QLabel):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        """As large as the words need."""
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()


class StartWindow(QMainWindow):
    """The window while nothing is open."""

    def __init__(
        self,
        beginnings: Sequence[Beginning],
        recent: RecentPart,
        open_one: Callable[[Path], object],
        commands: Sequence[Command],
        closing: Callable[[], None],
    ) -> None:
        super().__init__()
        dress(self)
        self._closing, self._open = closing, open_one
        self.recent = recent
        self.setAcceptDrops(True)
        self.notices = NoticeBar()
        self.setWindowTitle("Plant Carbon Audit")
        self._commands = [*commands, Command(_("All commands"), self.show_palette, "Ctrl+K", "commands", "view")]
        fill(self, self._commands)
        sheet = _sheet(beginnings, recent, commands)
        sheet.setMaximumWidth(letters(self, 132))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(sheet, 20)
        row.addStretch(1)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(scrolled(holder), 1)
        rows.addWidget(self.notices)
        self.setCentralWidget(whole)
        if recent.latest_file is not None:
            recent.latest_file.setFocus()  # most days go on with the file of yesterday
        self.resize(1120, 740)

    def show_palette(self) -> None:
        """Everything that can be done, by typing."""
        from gui.palette.box import Palette, Source

        Palette(Source(self._commands), self).show_over(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if panes.dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A plant or group is opened; for anything else one has to be open first."""
        event.acceptProposedAction()
        path = to_open(panes.dropped(event))
        if path is not None:
            self._open(path)
        else:
            words = _("Open a plant or head office first, then drop its files on the window.")
            self.notices.tell(Notice("info", words))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing()
        super().closeEvent(event)


def _sheet(
    beginnings: Sequence[Beginning],
    recent: RecentPart,
    commands: Sequence[Command],
) -> QWidget:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(32, 24, 32, 24)
    column.setSpacing(6)
    column.addStretch(2)
    column.addWidget(label("Plant Carbon Audit", size=2.1, strong=True))
    promise = _("From a plant's bills to a signed report that head office recalculates. Works without a network.")
    column.addWidget(label(promise, "muted", size=1.08, wrap=True))
    column.addSpacing(22)
    column.addLayout(_tiles(beginnings))
    column.addSpacing(22)
    column.addWidget(recent)
    column.addStretch(3)
    column.addLayout(_switches(commands))
    return sheet


def _tiles(beginnings: Sequence[Beginning]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(12)
    for place, one in enumerate(beginnings):
        grid.addWidget(Tile(one), place // 2, place % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _switches(commands: Sequence[Command]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for command in commands:
        if command.icon in ("language", "theme"):
            made = tool(command.icon, command.title, command.run)
            if command.icon == "language":
                made.setText("English" if language() == "zh" else "中文")
                made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(made)
    row.addStretch(1)
    return row
