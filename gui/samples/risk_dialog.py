"""Asks for the auditor's decision about the risk of one source."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.audit.risk import LEVELS, SourceRisk, detection_risk, matrix
from gui.asking import Asking
from gui.fields import words_field
from gui.language import _, say
from gui.quality.parts import combo
from gui.samples.words import detection_words, level_words
from gui.widgets import label, marked


class RiskDialog(Asking):
    """Two levels, what follows from them, and the reason where they differ from the proposal."""

    stated = Signal(str, str, str)
    """Inherent and control risk, and the reason."""

    def __init__(self, risk: SourceRisk, assurance: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Decide the risk of {source}", source=risk.source),
            _("The data propose inherent risk {inherent} and control risk {control}.",
              inherent=say(LEVELS[risk.proposal.inherent]), control=say(LEVELS[risk.proposal.control])),
            _("Decide"),
            parent,
        )  # fmt: skip
        self._risk, self._assurance = risk, assurance
        levels = [(level_words(level), level) for level in LEVELS]
        self.inherent = combo(_("Inherent risk"), levels)
        self.control = combo(_("Control risk"), levels)
        for box, level in ((self.inherent, risk.inherent), (self.control, risk.control)):
            box.setCurrentIndex(box.findData(level))
            box.activated.connect(lambda _row: self._follow())
        self.reason = words_field("" if risk.decided is None else risk.decided.reason, 5)
        self._follows = label("", strong=True, wrap=True)
        self._needed = label("", "muted", wrap=True)
        for words in reasons(risk):
            self.fields.addWidget(marked("info", "muted", words))
        self.add(_("Inherent risk: would an error occur, if nobody controlled anything?"), self.inherent)
        self.add(_("Control risk: would the plant not notice it?"), self.control)
        self.fields.addWidget(self._follows)
        self.add(_("Reason"), self.reason)
        self.fields.addWidget(self._needed)
        self._follow()

    @property
    def levels(self) -> tuple[str, str]:
        """Inherent and control risk as chosen."""
        return str(self.inherent.currentData()), str(self.control.currentData())

    def _follow(self) -> None:
        """What follows from the levels, and whether a reason is needed."""
        inherent, control = self.levels
        percent = detection_risk(inherent, control, self._assurance)
        confidence = None if percent is None else round(100 - percent, 1)
        words = detection_words(matrix()[inherent, control], confidence)
        self._follows.setText(_("Detection risk that follows: {words}", words=words))
        proposed = (self._risk.proposal.inherent, self._risk.proposal.control)
        self._needed.setText(
            _("As proposed: no reason is needed.")
            if (inherent, control) == proposed
            else _("It differs from the proposal: the reason stands in the report.")
        )

    def work(self) -> Callable[[], object]:
        said = (*self.levels, self.reason.toPlainText())
        return lambda: said

    def succeeded(self, result: object) -> None:
        """Handed over; the page closes the dialog when it was kept."""
        if isinstance(result, tuple):
            self.stated.emit(*result)


def reasons(risk: SourceRisk) -> list[str]:
    """Why the data propose what they propose, in sentences."""
    found = [say(hit.reason) for hit in risk.proposal.hits]
    if risk.proposal.small is not None:
        found.append(say(risk.proposal.small))
    return found or [_("Nothing in the data raises the risk.")]
