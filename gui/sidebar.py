"""The list of places at the left, in groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.commands import Command
from gui.icons import SIZE, icon
from gui.language import _, language, say
from gui.page import GROUPS
from gui.pages import Place
from gui.widgets import label, letters, scrolled, tool

EDGE = 2
"""Lines at its right. [px]"""


class Sidebar(QFrame):
    """One button for each place; the chosen one is filled and bold."""

    chosen = Signal(str)
    """Key of the place."""

    def __init__(self, places: Sequence[Place], switches: Sequence[Command]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Places"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 8)
        whole.setSpacing(1)
        content = self._content = QWidget()
        self._area = scrolled(content)  # a small window has not the height for all places
        self._area.setAccessibleName(_("Places"))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setObjectName("places")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        group = ""
        for place in places:
            if place.info.group != group:
                group = place.info.group
                column.addWidget(label(say(GROUPS[group]), "group", size=0.88))
            column.addWidget(self._button(place))
        column.addStretch(1)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._foot(switches))

    def sizeHint(self) -> QSize:
        """As wide as its widest place, in what the window wears by then."""
        beside = self._area.verticalScrollBar().sizeHint().width() + EDGE
        wide = max(letters(self, 26), self._content.minimumSizeHint().width() + beside)
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It is not made narrower."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def choose(self, key: str) -> None:
        """Mark a place as the one shown."""
        self._buttons[key].setChecked(True)
        self._area.ensureWidgetVisible(self._buttons[key], 0, 8)

    def focus_chosen(self) -> None:
        """Put the keyboard on the place shown."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _button(self, place: Place) -> QToolButton:
        title = say(place.info.title)
        button = QToolButton()
        button.setProperty("role", "place")
        button.setText(title)
        button.setAccessibleName(title)
        button.setIcon(icon(place.info.icon))
        button.setIconSize(QSize(SIZE, SIZE))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(place.info.key))
        self._group.addButton(button)
        self._buttons[place.info.key] = button
        return button

    def _foot(self, switches: Sequence[Command]) -> QHBoxLayout:
        """Language, by its own name, and colours: nobody should have to look for them."""
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 0)
        for command in switches:
            made = tool(command.icon, command.title, command.run)
            if command.icon == "language":
                made.setText("English" if language() == "zh" else "中文")
                made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(made)
        row.addStretch(1)
        return row
