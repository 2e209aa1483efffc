"""Pieces of the page about meters: a choice of a few side by side, arrows, short tables, a plot on its sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.fields import ChoiceField
from gui.tables.table import Table
from gui.theme import tokens
from gui.widgets import card, subheading

K = TypeVar("K", bound=str)
FEW_LETTERS = 10


class Segments(QWidget, Generic[K]):
    """A few choices side by side, of which one or none holds."""

    chosen = Signal(str)
    """Key of what the person chose."""

    def __init__(self, choices: Sequence[tuple[K, str, str]]) -> None:
        """Key, words on the button, and its whole name for screen readers."""
        super().__init__()
        self.setObjectName("segments")
        self.buttons: dict[K, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for key, words, name in choices:
            one = QToolButton()
            one.setText(words)
            one.setAccessibleName(name)
            one.setToolTip(name)
            one.setCheckable(True)
            one.setProperty("first", not self.buttons)
            one.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self._group.addButton(one)
            self.buttons[key] = one
            row.addWidget(one)
        self.setStyleSheet(_style())

    @property
    def key(self) -> K | None:
        """What holds; None: none of them."""
        return next((key for key, one in self.buttons.items() if one.isChecked()), None)

    def show_key(self, key: K | None) -> None:
        """Show which one holds."""
        for other, one in self.buttons.items():
            one.setChecked(other == key)

    def _choose(self, key: K) -> None:
        self.show_key(key)
        self.chosen.emit(key)


def _style() -> str:
    t = tokens()
    return (
        f"#segments QToolButton {{ border: 1px solid {t.edge}; border-left: 0; border-radius: 0; padding: 2px 7px;"
        f" background: {t.raised}; }}"
        f'#segments QToolButton[first="true"] {{ border-left: 1px solid {t.edge}; }}'
        f"#segments QToolButton:hover {{ background: {t.hover}; }}"
        f"#segments QToolButton:checked {{ background: {t.selection}; font-weight: 600; }}"
        f"#segments QToolButton:focus {{ border: 1px solid {t.accent}; }}"
    )


def arrow(sign: str, name: str, act: Callable[[], object]) -> QToolButton:
    """A small button with one sign; its name is the tooltip and what screen readers say."""
    made = QToolButton()
    made.setText(sign)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.clicked.connect(lambda _on=False: act())
    return made


def headed(table: Table[Any], words: str) -> QLabel:
    """A short table under a heading, in the place of the filter that it does not need."""
    table.search.hide()
    table.count.hide()
    made = subheading(words)
    layout = table.layout()
    tools = layout.itemAt(0) if layout is not None else None
    if isinstance(tools, QHBoxLayout):
        tools.insertWidget(0, made)
    return made


def slim(field: ChoiceField) -> ChoiceField:
    """A choice that does not ask for as much width as its longest words."""
    field.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.box.setMinimumContentsLength(FEW_LETTERS)
    return field


def on_sheet(*widgets: QWidget) -> QWidget:
    """A view of a tab: its plot takes the room of a sheet of paper."""
    made = QWidget()
    frame, inside = card()
    inside.setContentsMargins(14, 10, 14, 12)
    for widget in widgets:
        inside.addWidget(widget, 1)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 10, 0, 0)
    column.addWidget(frame, 1)
    return made
