"""Records with the files that prove them: minutes of a decision, an acceptance, an invoice, a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QFileDialog

from core.entering.keeping import keeping
from core.exchange.keeping import KeptFiles
from core.exchange.proofs import Attachment
from core.inventory.judging import Decision
from core.ledger import Evidence
from core.ledger.records import Record
from gui.entering.part import RecordsPart
from gui.evidence.keeping import Keeper
from gui.language import _
from gui.session import Session
from gui.tables.kinds import is_table
from gui.undoing import tell_change
from gui.widgets import allow, button

MINUTES = "minutes"
"""Kind of the files of a decision."""


class FiledPart(RecordsPart):
    """A table of records to which files are attached, by a button or by dropping them on the window."""

    def __init__(self, *said: Any, **named: Any) -> None:
        super().__init__(*said, **named)
        words = _("Attach minutes…") if self.kind == "resolution" else _("Attach files…")
        self.attach = button(words, self.ask_files, picture="evidence", tip=_("To the row that is selected"))
        self.table.add_spare_tool(self.attach)
        self._offer()

    def ask_files(self) -> None:
        """Ask for files that prove the current record."""
        names, _kind = QFileDialog.getOpenFileNames(self, self.attach.text())
        if names:
            self.take_files([Path(name) for name in names])

    def takes_dropped(self, path: Path) -> bool:
        return super().takes_dropped(path) or self.takes_files(path)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        files = [path for path in paths if not is_table(path)]
        if files:
            self.take_files(files)
        else:
            super().take_dropped(paths)

    def takes_files(self, path: Path) -> bool:
        """Whether a dropped file can be attached: a table is imported instead."""
        return self.session.writable and not is_table(path) and self._current() is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep files and let the current record name them, as one change."""
        record = self._current()
        if record is None or not self.session.writable:
            return
        kind = MINUTES if self.kind == "resolution" else ""
        session = cast("Session", self.session)

        def act(kept: KeptFiles) -> Decision:
            ids = tuple(dict.fromkeys((*cast("Any", record).evidence, *kept.ids)))
            return keeping(kept.ledger, self.forms, cast("Record", replace(cast("Any", record), evidence=ids)))

        def done(made: Attachment, changed: bool) -> None:
            tell_change(self.page, session, made.why, changed=changed)

        Keeper(self.page, session).take_naming(paths, act, done, kind)

    def _current(self) -> Record | None:
        return self.table.current_record()

    def _offer(self) -> None:
        super()._offer()
        if hasattr(self, "attach"):  # the base offers before its heir is made
            none = "" if self._current() is not None else _("Select a row first.")
            allow(self.attach, self._why_not() or none)


def evidence_names(session: Session, ids: Sequence[str]) -> list[str]:
    """File names of what is kept."""
    held = [session.ledger.get("evidence", one) for one in ids]
    return [one.name for one in held if isinstance(one, Evidence)]
