"""The states of an audit as a row of steps; the present one is filled, bold and named, never told by colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.audit.states import CONCLUDED, DRAFT, IN_REVIEW, OPEN_FINDINGS, PREPARED, REOPENED, VERIFICATION, title_of
from gui.language import _, say
from gui.theme import tokens
from gui.widgets import clear, label

STEPS = (DRAFT, PREPARED, VERIFICATION, OPEN_FINDINGS, IN_REVIEW, CONCLUDED)


class Steps(QWidget):
    """Draft → … → Concluded."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.texts: tuple[str, ...] = ()
        """What the steps say."""

    def show_state(self, state: str) -> None:
        """Mark where the audit is; after re-opening the verification is done again under that name."""
        clear(self._row)
        steps = tuple(REOPENED if one == VERIFICATION and state == REOPENED else one for one in STEPS)
        at = steps.index(state) if state in steps else -1
        shown = []
        for place, one in enumerate(steps):
            if place:
                self._row.addWidget(label("→", "muted"))
            title = say(title_of(one))
            words = f"● {title}" if place == at else f"✓ {title}" if place < at else title
            shown.append(words)
            self._row.addWidget(_chip(words, present=place == at, passed=place < at))
        self._row.addStretch(1)
        self.texts = tuple(shown)
        self.setAccessibleName(
            _("State: {state}, step {number} of {count}", state=title_of(state), number=at + 1, count=len(steps))
        )


def _chip(words: str, *, present: bool, passed: bool) -> QWidget:
    colours = tokens()
    words = words.replace(" ", "\u00a0", 1) if present or passed else words  # no mark alone on a line
    made = label(words, strong=present, wrap=True)
    edge, paper = (colours.accent, colours.selection) if present else (colours.line, colours.raised)
    ink = colours.text if present or passed else colours.muted
    made.setStyleSheet(
        f"color: {ink}; background: {paper}; border: 1px solid {edge}; border-radius: 9px; padding: 2px 9px;"
    )
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made
