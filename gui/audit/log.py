"""The form of an entry of the communication log, with the file that keeps the minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.audit.communicating import KINDS
from core.i18n import show
from core.ledger import Communication
from gui.asking import PathField, Stating
from gui.fields import date_field, text_field, words_field
from gui.language import _, language, say
from gui.quality.parts import combo


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered."""

    entry: Communication
    paths: tuple[Path, ...]
    """The file to keep with it, when one was chosen."""


class LogDialog(Stating):
    """A new entry, or one that is changed."""

    def __init__(self, known: Communication, parent: QWidget | None, *, fresh: bool) -> None:
        super().__init__(
            _("Enter into the log") if fresh else _("Change an entry of the log"),
            _("Minutes of the opening and the closing meeting, interviews, letters, calls and requests."),
            _("Enter") if fresh else _("Keep"),
            parent,
        )
        self._known = known
        self.kind = combo(_("Kind"), [(say(words), key) for key, words in KINDS.items()])
        self.kind.setCurrentIndex(max(0, self.kind.findData(known.kind)))
        self.day = date_field(_("Day"), known.day, required=True)
        self.subject = text_field(_("Topic"), known.subject, required=True)
        self.people = text_field(_("With"), show(known.people, language()), _("Names, separated by commas."))
        self.minutes = words_field(known.text, 8)
        self.file = PathField(_("File"))
        self.add(_("Kind"), self.kind)
        self.fields.addWidget(self.day)
        self.fields.addWidget(self.subject)
        self.fields.addWidget(self.people)
        self.add(_("Minutes"), self.minutes)
        self.add(_("File"), self.file, _("Signed minutes, the letter or the mail; it is kept as evidence."))

    def work(self) -> Callable[[], object]:
        names = re.split(r"[,，、;；]", self.people.read() or "")
        path = self.file.path
        made = replace(
            self._known,
            kind=str(self.kind.currentData()),
            day=self.day.need(),
            subject=self.subject.need(),
            text=self.minutes.toPlainText(),
            people=tuple(name.strip() for name in names if name.strip()),
        )
        return lambda: Entered(made, () if path is None else (path,))
