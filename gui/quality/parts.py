"""Pieces of the page about quality: figures with their range, shares as bars, scores with their direction."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.inventory.quality import BEST, WORST
from gui.chart import Chart
from gui.combo import Combo
from gui.language import _
from gui.widgets import bar, card, label, number
from gui.wording import TONNES, named, shown_percent


def combo(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    made = Combo()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for words, key in choices:
        made.addItem(words, key)
    return made


def in_card(chart: Chart, height: int) -> QWidget:
    frame, inside = card()
    inside.addWidget(chart, 1)
    frame.setMinimumHeight(height)
    return frame


def figure(name: str, value: str, beside: str, below: str) -> QVBoxLayout:
    """A total, how far it may be off, and the range."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(name, "muted", wrap=True))
    line = QHBoxLayout()
    line.setSpacing(6)
    shown = number(value, size=1.6, strong=True)
    shown.setAccessibleName(named(name, f"{value} {TONNES}, {beside}, {below}"))
    line.addWidget(shown, 0, Qt.AlignmentFlag.AlignBaseline)
    line.addWidget(label(TONNES, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    line.addStretch(1)
    column.addLayout(line)
    column.addWidget(number(beside, strong=True))
    column.addWidget(label(below, "muted", wrap=True))
    return column


def shares(rows: list[tuple[str, Decimal, str]]) -> QGridLayout:
    """Names, bars and percent, one below the other."""
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(12)
    grid.setColumnStretch(1, 1)
    for place, (name, share, colour) in enumerate(rows):
        grid.addWidget(label(name), place, 0)
        grid.addWidget(bar(float(share) / 100, colour), place, 1)
        words = number(f"{shown_percent(share)} %")
        words.setAccessibleName(named(name, f"{shown_percent(share)} %"))
        grid.addWidget(words, place, 2, Qt.AlignmentFlag.AlignRight)
    return grid


def score(name: str, mean: Decimal | None) -> QHBoxLayout:
    """``Factors  1.8 of 5, 1 is best``."""
    row = QHBoxLayout()
    row.setSpacing(8)
    value = "–" if mean is None else show_number(round(mean, 1), 1)
    row.addWidget(label(name))
    row.addStretch(1)
    shown = number(value, strong=True)
    scale = _("{best} is best, {worst} is worst", best=BEST, worst=WORST)
    shown.setAccessibleName(named(name, f"{value}, {scale}"))
    row.addWidget(shown)
    row.addWidget(label(scale, "muted"))
    return row
