"""Proofs in the window: drop a file on a row and it is kept with its hash; look at it, save it, take it off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from core.exchange.proofs import detaching, proofs_by_record
from core.i18n import Text
from core.inventory.evidence import IMPORT
from core.ledger import Evidence, Ledger
from gui.evidence.copies import Copies
from gui.evidence.intake import Intake
from gui.evidence.labels import proof_labels
from gui.language import _
from gui.page import Page
from gui.panes import dropped
from gui.session import Session
from gui.tables.table import Mark, Table
from gui.undoing import tell_change
from gui.widgets import button
from gui.wording import named

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Proofs(QObject):
    """Everything a page of records does with proofs; it says what happened through the page."""

    def __init__(
        self,
        page: Page,
        session: Session,
        table: Table[Any],
        is_data: Callable[[Path], bool],
        import_data: Callable[[Sequence[Path]], None],
    ) -> None:
        super().__init__(page)
        self._page, self._session, self._table = page, session, table
        self._is_data, self._import = is_data, import_data
        self.intake, self.copies = Intake(page, session), Copies(page, session)
        if session.writable:
            paper = table.view.viewport()
            paper.setAcceptDrops(True)
            paper.installEventFilter(self)
            table.view.brought.connect(self.paste)

    # ------------------------------------------------------------------ drop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files over the grid: where they would go, and there they go."""
        if event.type() == QEvent.Type.DragLeave:
            QToolTip.hideText()
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not (paths := dropped(event)):
            return False
        at = event.position().toPoint()
        event.acceptProposedAction()
        if event.type() != QEvent.Type.Drop:
            self._point_out(at, self._to_import(paths, event))
        else:
            QToolTip.hideText()
            self._drop(paths, at, self._to_import(paths, event))
        return True

    def _to_import(self, paths: Sequence[Path], event: QDropEvent) -> bool:
        """Data are imported, unless a key says that they are a proof."""
        return not event.modifiers() & _MODIFIERS and all(self._is_data(path) for path in paths)

    def _drop(self, paths: Sequence[Path], at: QPoint, to_import: bool) -> None:
        if to_import:
            self._import(paths)
        elif ids := self._rows_at(at):
            self.attach(paths, ids)
        else:
            self._page.tell("warning", _("Drop a proof on the row that it proves."))

    def _point_out(self, at: QPoint, to_import: bool) -> None:
        rows = len(self._rows_at(at))
        if to_import:
            words = _("Import as activity data; with Ctrl: attach as proof")
        else:
            words = _("Attach to rows: {count}", count=rows) if rows else _("Drop a proof on the row that it proves.")
        view = self._table.view
        QToolTip.showText(view.viewport().mapToGlobal(at + QPoint(12, 12)), words, view)

    def _rows_at(self, at: QPoint) -> list[str]:
        """The selected records if the pointer is on one of them, else the one below it."""
        view = self._table.view
        record = self._table.model.record(view.indexAt(at).row())
        if record is None:
            return []
        chosen = self.chosen()
        return chosen if record.id in chosen else self._saved([record.id])

    # ------------------------------------------------------------------ attach

    def chosen(self) -> list[str]:
        """Ids of the selected records."""
        return self._saved([record.id for record in self._table.chosen])

    def _saved(self, ids: Sequence[str]) -> list[str]:
        return [key for key in ids if self._session.ledger.get("activity", key) is not None]

    def choose(self) -> None:
        """Ask for files and attach them to the selected rows."""
        ids = self.chosen()
        if not ids:
            self._page.tell("warning", _("Select the rows first that the proof belongs to."))
            return
        names, _kind = QFileDialog.getOpenFileNames(self._page, _("Attach a proof"))
        if names:
            self.attach([Path(name) for name in names], ids)

    def paste(self) -> None:
        """Keep what is in the clipboard with the selected rows."""
        if ids := self.chosen():
            self.intake.paste(ids)
        else:
            self._page.tell("warning", _("Select the rows first that the proof belongs to."))

    def attach(self, paths: Sequence[Path], ids: Sequence[str]) -> None:
        """Keep the files and link them to these records, as one change."""
        self.intake.take(paths, ids)

    # ------------------------------------------------------------------ look at, save, take off

    def listing(self, files: Sequence[Evidence], activity: str) -> QWidget:
        """The kept files of a record, for the inspector."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for file in files:
            for words in proof_labels(file):
                column.addWidget(words)
            column.addLayout(self._buttons(file, activity))
        return made

    def _buttons(self, file: Evidence, activity: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        acts: list[tuple[str, Callable[[], None]]] = [
            (_("Open"), lambda: self.copies.open(file)),
            (_("Save as…"), lambda: self.copies.save(file)),
        ]
        if self._session.writable and file.kind != IMPORT:
            # The button dies with the list, so the click has to be over before.
            acts.append((_("Detach"), lambda: QTimer.singleShot(0, self, lambda: self.detach(file.id, activity))))
        for title, act in acts:
            one = button(title, act, role="link")
            one.setAccessibleName(named(title, file.name))
            row.addWidget(one)
        row.addStretch(1)
        return row

    def detach(self, evidence: str, activity: str) -> None:
        """Take a proof off a record, as one change."""

        def act() -> Text:
            why, steps = detaching(self._session.ledger, evidence, activity)
            self._session.edit(why, steps)
            return why

        why = self._page.attempt(act)
        if why is not None:
            tell_change(self._page, self._session, why)


def with_proofs(marks: dict[str, dict[str, Mark]], ledger: Ledger) -> dict[str, dict[str, Mark]]:
    """The marks, and a paper-clip at the evidence of each record that has proofs; a problem there stays on top."""
    for key, files in proofs_by_record(ledger).items():
        words = _("Proofs: {names}", names=", ".join(file.name for file in files))
        cells = marks.setdefault(key, {})
        problem = cells.get("evidence")
        cells["evidence"] = Mark(problem.level, f"{problem.text}\n{words}") if problem else Mark("proof", words)
    return marks
