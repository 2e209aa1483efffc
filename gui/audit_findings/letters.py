"""Letters and sheets about findings: which, in which language, and where they go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.i18n import T, verbatim
from core.report.letters import KINDS, finding_letters
from gui.asking import Asking, PathField
from gui.fields import ChoiceField
from gui.language import _, language, say
from gui.session import Session

ALL, CHOSEN = "all", "chosen"


class LettersDialog(Asking):
    """Writes one PDF; the result is its path."""

    def __init__(self, session: Session, chosen: tuple[str, ...], parent: QWidget | None) -> None:
        """``chosen`` are ids of the findings that are selected."""
        super().__init__(
            _("Letters and sheets"),
            _("As PDF to print, to sign by hand or to send. They carry no data of the plant and no seal."),
            _("Write"),
            parent,
        )
        self._session, self._chosen = session, chosen
        self.kind = ChoiceField(_("What"), [(key, say(words)) for key, words in KINDS.items()], "letter", required=True)
        which = [(ALL, _("All that were not withdrawn"))]
        if chosen:
            which.append((CHOSEN, _("The selected: {count}", count=len(chosen))))
        self.which = ChoiceField(_("Findings"), which, ALL, required=True)
        self.tongue = ChoiceField(
            _("Language"), [("zh", "中文"), ("en", "English"), ("both", "中文 / English")], language(), required=True
        )
        self.path = PathField(_("File"), "PDF (*.pdf)", what="save")
        for field in (self.kind, self.which, self.tongue):
            self.fields.addWidget(field)
            field.changed.connect(self._name)
        self.add(_("File"), self.path)
        self._name()

    def _name(self) -> None:
        """A name that says what it is; a folder that was chosen stays."""
        kind, tongue = self.kind.box.currentData(), self.tongue.box.currentData()
        folder = self.path.path.parent if self.path.path is not None else self._session.path.parent
        self.path.set_path(folder / f"{self._session.year}-{kind}-{tongue}.pdf")

    def work(self) -> Callable[[], object]:
        session, kind, tongue = self._session, self.kind.read(), self.tongue.read()
        only = self._chosen if self.which.read() == CHOSEN else ()
        path = self.path.needed()
        if path.suffix.lower() != ".pdf":
            raise UserError(T("The name of the file does not end with .pdf."), T("Add .pdf to its name."))
        if path.exists():
            raise UserError(T("“{file}” exists already.", file=verbatim(path.name)), T("Choose another name."))
        ledger, inventory, year, when = session.ledger, session.inventory, session.year, datetime.now(UTC)

        def act() -> Path:
            from core.handover import write_safely

            data = finding_letters(kind, ledger, inventory, year, language=tongue, when=when, only=only)
            write_safely(path, data)
            return path

        return act
