"""A card: the next steps, each with one sentence and the way there; a friendly line when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui.icons import pixmap
from gui.language import _, say
from gui.latest import Latest
from gui.widgets import button, clear, in_order, label, marked, subheading
from gui.wording import named

if TYPE_CHECKING:
    from core.upcoming.step import NextStep

MOST = 5
"""Steps shown before somebody asks for all."""
PAUSE_MS = 50
"""Until the question is begun: the page is painted meanwhile, which another thread would hold up."""
SIGNS = {
    "late": ("warning", "warning"),
    "data": ("activity", "muted"),
    "proof": ("evidence", "muted"),
    "audit": ("audit", "muted"),
    "out": ("report", "muted"),
    "plan": ("targets", "muted"),
}
"""Icon and colour by what a step is about."""


class NextCard(QFrame):
    """Asks off the window's thread; what is shown stays until the answer is there."""

    wanted = Signal(str, object)
    """Go to the page of a step, and what to show there."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("What next"))
        self._most, self._whole = min(most, MOST), False
        self._nothing = ""
        self.steps: tuple[NextStep, ...] = ()
        """What is shown, and what stands behind “all”."""
        self.links: list[QPushButton] = []
        """The ways there, in the order of the steps that are shown."""
        self._question: Callable[[], Sequence[NextStep]] = tuple
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self._title = subheading(_("What next"))
        self._turner = button("", self._turn, role="link")
        """Stays, so that the links that are made anew come after it for the keyboard."""
        self._inside = QVBoxLayout()
        self._inside.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._turner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 10)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addLayout(self._inside)
        self.hide()

    def ask(self, question: Callable[[], Sequence[NextStep]], nothing: str) -> None:
        """Have the steps worked out; ``nothing`` is what is said when there are none, empty: then the card is not
        there."""
        self._nothing, self._question = nothing, question
        self._pause.start()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._pause.isActive() or self.latest.busy

    def _begin(self) -> None:
        self.latest.ask(self._question)

    def _answered(self, steps: Sequence[NextStep]) -> None:
        same = self.steps == tuple(steps) and bool(self.links)
        self.steps = tuple(steps)
        if not same:  # the keyboard may stand on one of the links
            self._show()
        self.setVisible(bool(self.steps or self._nothing))

    def _show(self) -> None:
        clear(self._inside)
        self.links = []
        self._title.setVisible(bool(self.steps))
        self._turner.setVisible(len(self.steps) > self._most)
        self._turner.setText(_("Fewer") if self._whole else _("All {count}", count=len(self.steps)))
        self._turner.setAccessibleName(named(_("What next"), self._turner.text()))
        if not self.steps:
            self._inside.addWidget(marked("check", "good", self._nothing))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(self.steps if self._whole else self.steps[: self._most]):
            self._add(grid, row, step)
        self._inside.addLayout(grid)
        in_order(self._turner, *self.links)

    def _turn(self) -> None:
        self._whole = not self._whole
        self._show()

    def _add(self, grid: QGridLayout, row: int, step: NextStep) -> None:
        picture, colour = SIGNS[step.area]
        sign = QLabel()
        sign.setPixmap(pixmap(picture, colour, 16))
        words = say(step.words)
        there = button(_("Go there"), lambda: self.wanted.emit(step.page, step.subject or None), role="link")
        there.setAccessibleName(_("Go there: {what}", what=words))
        sign.setContentsMargins(0, 2, 0, 0)
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, wrap=True), row, 1)
        grid.addWidget(there, row, 2)
        self.links.append(there)
