"""Inherent against control risk, the emission sources inside: read by words and places, not by colour."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.audit.risk import DETECTION, LEVELS, SourceRisk, detection_risk, matrix
from gui.fonts import scaled
from gui.language import _, say
from gui.notices import Elided
from gui.samples.words import detection_words, level_words
from gui.theme import tokens
from gui.widgets import label
from gui.wording import shown_percent

MOST = 2
"""Sources named in a cell, the heaviest first; the rest is counted."""


class Cell(QFrame):
    """One pair of risks: what may remain undetected, and the sources it holds."""

    def __init__(self, inherent: str, control: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._pair = (inherent, control)
        self._head, self._count = label("", strong=True), label("", "muted", size=0.92)
        self._lines = [_Line() for _place in range(MOST)]
        row = QHBoxLayout()
        row.addWidget(self._head)
        row.addStretch(1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 10, 5)
        column.setSpacing(1)
        column.addLayout(row)
        for line in self._lines:
            column.addWidget(line)
        column.addStretch(1)

    @property
    def words(self) -> str:
        """What is read in it."""
        return "\n".join((self._head.text(), self._count.text(), *(line.text() for line in self._lines)))

    def show_sources(self, risks: Sequence[SourceRisk], assurance: str, current: str) -> None:
        """Name these; the one that is selected comes first, and its cell is framed."""
        percent = detection_risk(*self._pair, assurance)
        detection = matrix()[self._pair]
        self._head.setText(detection_words(detection, None if percent is None else round(100 - percent, 1)))
        self._count.setText(_("1 source") if len(risks) == 1 else _("{count} sources", count=len(risks)))
        ordered = sorted(risks, key=lambda one: one.source != current)
        named = [_named(one, current) for one in ordered]
        for line, words in zip_longest(self._lines, named[:MOST], fillvalue=""):
            assert isinstance(line, _Line)  # never more names than lines
            line.setText(str(words))
        self.setToolTip("\n".join(named))
        levels = _("Inherent risk {inherent}, control risk {control}", inherent=say(LEVELS[self._pair[0]]),
                   control=say(LEVELS[self._pair[1]]))  # fmt: skip
        self.setAccessibleName(levels)
        head = _("Detection risk {level}", level=say(DETECTION[detection]))
        self.setAccessibleDescription(f"{head}. {'; '.join(named)}")
        chosen = any(one.source == current for one in risks)
        edge = f"2px solid {tokens().accent}" if chosen else f"1px solid {tokens().line}"
        self.setStyleSheet(f"QFrame#card {{ border: {edge}; }}")


class _Line(Elided):
    """A name that may be cut; the tooltip of the cell has all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(scaled(self.font(), 0.92))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def _named(risk: SourceRisk, current: str) -> str:
    sign = "▶ " if risk.source == current else ""
    return f"{sign}{shown_percent(risk.share.percent)} %  {risk.source}"


class RiskMatrix(QWidget):
    """Three by three: inherent risk downwards, control risk to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Risk matrix"))
        self._risks: Sequence[SourceRisk] = ()
        self._assurance, self._current = "limited", ""
        self.cells: dict[tuple[str, str], Cell] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        levels = list(LEVELS)
        grid.addWidget(_axis(_("Detection risk\nand confidence")), 0, 0)
        for place, control in enumerate(levels):
            grid.addWidget(_axis(f"{_('Control risk')} {level_words(control)}", centred=True), 0, place + 1)
            grid.setColumnStretch(place + 1, 1)
        for row, inherent in enumerate(reversed(levels)):
            grid.addWidget(_axis(f"{_('Inherent risk')}\n{level_words(inherent)}"), row + 1, 0)
            grid.setRowStretch(row + 1, 1)
            for place, control in enumerate(levels):
                self.cells[inherent, control] = cell = Cell(inherent, control)
                grid.addWidget(cell, row + 1, place + 1)

    def show_risks(self, risks: Sequence[SourceRisk], assurance: str) -> None:
        """Put the sources into their cells."""
        self._risks, self._assurance = risks, assurance
        self._fill()

    def show_current(self, source: str) -> None:
        """Frame the cell of a source."""
        if source != self._current:
            self._current = source
            self._fill()

    def _fill(self) -> None:
        filed: dict[tuple[str, str], list[SourceRisk]] = {pair: [] for pair in self.cells}
        for risk in self._risks:
            filed[risk.inherent, risk.control].append(risk)
        for pair, cell in self.cells.items():
            cell.show_sources(filed[pair], self._assurance, self._current)


def _axis(words: str, *, centred: bool = False) -> QLabel:
    made = label(words, "muted", size=0.92)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag.AlignVCenter)
    return made
