"""What comes in: a disclosure map from a csv, and the questions of a questionnaire that was received."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from core.disclosures.question import DisclosureMap, Question
from core.exchange.disclosure_maps import Brought, bring_map
from core.exchange.questionnaires import Questionnaire, linking
from core.exchange.read import load
from core.i18n import T
from core.ledger import MapFile, Step
from gui.asked.columns import map_columns
from gui.disclosures.acts import Acts
from gui.disclosures.questionnaire import LinkDialog, ReceivedDialog
from gui.language import _, say
from gui.settings import Settings
from gui.tables.import_parts import closing_row
from gui.tables.table import Table
from gui.undoing import tell_change
from gui.widgets import as_large, heading, label

MAP, QUESTIONNAIRES = ".csv", (".xlsx", ".xlsm")
"""Endings of what may be dropped here."""


class Bringing(QObject):
    """Asks through dialogs over the page."""

    def __init__(self, acts: Acts) -> None:
        super().__init__(acts)
        self._acts = acts
        self.dialog: QDialog
        """The one that was opened last."""

    # ------------------------------------------------------------------ a map

    def ask_map(self) -> None:
        """Ask for a csv."""
        name, _kind = QFileDialog.getOpenFileName(
            self._acts.page, _("Bring in a disclosure map"), "", _("Disclosure maps (*.csv)")
        )
        if name:
            self.bring_map(Path(name))

    def bring_map(self, path: Path) -> None:
        """Show the questions of a map; yes keeps it in this file."""
        acts = self._acts
        if acts.locked:
            return
        brought = acts.page.attempt(
            lambda: bring_map(acts.desk.records, load(path), path.name, acts.desk.person, datetime.now(UTC))
        )
        if brought is None:
            return
        self.dialog = dialog = MapDialog(brought.map, path.name, acts.settings, acts.page)
        dialog.accepted.connect(lambda: self._keep(brought))
        dialog.open()

    def _keep(self, brought: Brought) -> None:
        acts, change = self._acts, brought.change
        if acts.page.attempt(lambda: acts.desk.edit(change.why, change.steps, (brought.data,))) is not None:
            tell_change(acts.page, acts.desk, change.why)

    def brought_in(self, key: str) -> MapFile | None:
        """The map of this key that was brought in; None where it came with the program."""
        held = self._acts.desk.records.get("map_file", key)
        return held if isinstance(held, MapFile) else None

    def remove_map(self, key: str) -> None:
        """Take a map that was brought in away again; decisions and answers stay."""
        acts, held = self._acts, self.brought_in(key)
        if held is None or acts.locked:
            return
        why = T("Disclosure map removed: {name}", name=held.name)
        if acts.page.attempt(lambda: acts.desk.edit(why, (Step("map_file", held.id, held, None),))) is not None:
            tell_change(acts.page, acts.desk, why)

    # ------------------------------------------------------------------ a received questionnaire

    def ask_questionnaire(self, key: str, path: Path | None = None) -> None:
        """Ask for the workbook and the framework whose codes it uses."""
        acts, found = self._acts, self._acts.settled
        if found is None or acts.locked:
            return
        self.dialog = dialog = ReceivedDialog(found.maps, key, acts.page)
        if path is not None:
            dialog.path.set_path(path)
        dialog.done_well.connect(self._show)
        dialog.open()

    def _show(self, found: Questionnaire) -> None:
        acts = self._acts
        self.dialog = dialog = LinkDialog(found, acts.desk.records, acts.settings, acts.page)
        dialog.accepted.connect(lambda: self._link(dialog))
        dialog.open()

    def _link(self, dialog: LinkDialog) -> None:
        acts, requirement = self._acts, str(dialog.requirement.currentData())
        acts.do(lambda: linking(acts.desk.records, dialog.found, dialog.links, requirement))


class MapDialog(QDialog):
    """The questions of a map; accepted means: take it up."""

    def __init__(self, asked: DisclosureMap, name: str, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bring in a disclosure map"))
        self.setModal(True)
        self.table: Table[Question] = Table("brought_map", map_columns(), settings, editable=False,
                                            name=_("Questions of the framework"))  # fmt: skip
        self.table.set_rows(asked.questions)
        buttons, self.go_on = closing_row(self.accept, self.reject, len(asked.questions))
        words = _("{framework}, {edition}: {count} questions", framework=asked.framework, edition=asked.edition,
                  count=len(asked.questions))  # fmt: skip
        told = _("It stands in this file from now on, in the place of one of the same key: {key}.", key=asked.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(say(asked.title)))
        column.addWidget(label(f"{name}. {words}", "muted", wrap=True))
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        as_large(self, 120, 70)
