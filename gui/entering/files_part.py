"""Records with the files that prove them, attached by a button or by dropping them on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from gui.entering.part import RecordsPart
from gui.language import _
from gui.tables.kinds import is_table
from gui.widgets import allow, button


class FilesPart(RecordsPart):
    """A table of records to which files are attached; ``take_files`` says how they are kept."""

    def __init__(self, *said: Any, **named: Any) -> None:
        super().__init__(*said, **named)
        self.attach = button(
            self.attach_words(), self.ask_files, picture="evidence", tip=_("To the row that is selected")
        )
        self.table.add_spare_tool(self.attach)
        self._offer()

    def attach_words(self) -> str:
        """On the button."""
        return _("Attach files…")

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
        return self.session.writable and not is_table(path) and self.table.current_record() is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep files and let the current record name them, as one change."""
        raise NotImplementedError

    def _offer(self) -> None:
        super()._offer()
        if hasattr(self, "attach"):  # the base offers before its heir is made
            none = "" if self.table.current_record() is not None else _("Select a row first.")
            allow(self.attach, self._why_not() or none)
