"""The team lead's decision about the opinion: its kind, why, and what readers should know besides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.audit.opinion import Proposal, kinds_for
from core.audit.statement import OPINIONS
from core.inventory.judging import LONGEST
from core.ledger import Opinion
from gui.asking import Asking
from gui.language import _, say
from gui.quality.parts import combo


class OpinionDialog(Asking):
    """Gives kind, basis and emphasis; the caller decides with them, so that a refusal stands inside the dialog."""

    def __init__(
        self,
        proposal: Proposal,
        assurance: str,
        decided: Opinion | None,
        decide: Callable[[str, str, str], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            _("Decide the opinion"),
            _("The ledger proposes: {kind}. People decide; where they differ they say why.",
              kind=say(OPINIONS[proposal.kind])),
            _("Decide"),
            parent,
        )  # fmt: skip
        self._decide = decide
        kinds = kinds_for(assurance)
        self.kind = combo(_("Opinion"), [(say(OPINIONS[one]), one) for one in kinds])
        chosen = decided.kind if decided is not None and decided.kind in kinds else proposal.kind
        self.kind.setCurrentIndex(kinds.index(chosen))
        self.basis = _lines("" if decided is None else decided.basis)
        self.emphasis = _lines("" if decided is None else decided.emphasis)
        self.add(_("Opinion"), self.kind)
        self.add(
            _("Basis"), self.basis, _("Stands in the statement; needed unless the opinion is unmodified as proposed.")
        )
        self.add(_("Emphasis of matter"), self.emphasis, _("May stay empty."))

    def work(self) -> Callable[[], object]:
        said = self.kind.currentData(), self.basis.toPlainText(), self.emphasis.toPlainText()[:LONGEST]
        self._decide(*said)  # on this thread, for it edits the session; a refusal is shown here
        return lambda: said


def _lines(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setMinimumHeight(made.fontMetrics().height() * 4)
    return made
