"""Declarations of minerals: what came, how it stands by the rules, what a person decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from core.exchange.key_figures import TableChange
from core.i18n import T, Text
from core.ledger import Evidence, MineralDeclaration, Step
from core.minerals import ACCEPTED, STATUSES, deciding
from core.minerals.problem import COMPLETE, REVIEW
from gui.jobs import Job
from gui.language import _
from gui.reason_dialog import ReasonDialog
from gui.suppliers.around import Around
from gui.suppliers.declared import DeclarationExplanation
from gui.suppliers.importing import Came, ImportDialog, reading
from gui.suppliers.register import roomy
from gui.suppliers.returning import ProblemsDialog, SendBackDialog
from gui.suppliers.words import (
    DASH,
    STATUS_LEVELS,
    day_words,
    edition_words,
    status_words,
    verdict_words,
)
from gui.tables.table import Column, Mark, Table
from gui.undoing import tell_change
from gui.widgets import allow, button, empty_state

XLSX = ".xlsx"
WORKBOOKS = (XLSX, ".xlsm", ".xls")
"""What is taken when it is dropped; what cannot be read is refused in words."""


class DeclarationsPart(QWidget):
    """The table, and the acts on it."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around, self.page, self.desk, self.known = around, around.page, around.desk, around.known
        self.dialog: ImportDialog
        """The import that was opened last."""
        self.returning: SendBackDialog | ProblemsDialog
        """The dialog about what goes back that was opened last."""
        self.reason: ReasonDialog
        """The question for a reason that was opened last."""
        self.table: Table[MineralDeclaration] = Table(
            "mineral_declarations", self._made_columns(), around.settings, name=_("Declarations of minerals"),
            editable=False, marks=self._marks,
        )  # fmt: skip
        roomy(self.table)
        self.table.current.connect(lambda _one: self._moved())
        self.bring = button(_("Import workbooks…"), self.ask_files, role="primary", picture="import",
                            tip=_("CMRT, EMRT, AMRT as suppliers sent them: Insert"))  # fmt: skip
        self.accept = button(_("Accept"), self.accept_chosen, picture="check", tip=_("Ctrl+Enter"))
        self.back = button(_("Send back…"), self.ask_back, picture="undo",
                           tip=_("With the reason and a list of what to correct"))  # fmt: skip
        self.more = button(_("More"), self._offer_more)
        for one in (self.bring, self.accept, self.back, self.more):
            self.table.add_tool(one)
        self._begin = button(_("Import workbooks…"), self.ask_files, role="primary", picture="import")
        self.table.set_empty(self._nothing())
        keys = {"Insert": self.ask_files, "Ctrl+Return": self.accept_chosen, "Ctrl+Enter": self.accept_chosen}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table)

    def _nothing(self) -> QWidget:
        words = _("Here stands what suppliers declare of minerals in their parts. Import the workbooks as they came, "
                  "several at once; each is checked, and you accept it or send it back.")  # fmt: skip
        return empty_state("suppliers", _("No declarations of minerals yet"), words, self._begin)

    # ------------------------------------------------------------------ columns

    def _made_columns(self) -> list[Column[MineralDeclaration]]:
        return [
            Column("supplier", _("Supplier"), self._who, width=24, stretch=True),
            Column("template", _("Template"), edition_words, width=11),
            Column("effective", _("Effective date"), lambda one: day_words(one.effective) or DASH,
                   sort=lambda one: one.effective, width=14),
            Column("state", _("By the rules"), self._state, sort=self._rank, width=16),
            Column("verdict", _("Decision"), verdict_words, width=14),
            Column("problems", _("Problems"), lambda one: self._count(one, "problems"), "", "right",
                   lambda one: int(self._count(one, "problems") or 0), width=9),
            Column("smelters", _("Smelters"), lambda one: self._count(one, "smelters"), "", "right",
                   lambda one: int(self._count(one, "smelters") or 0), width=9),
            Column("received", _("Received"), lambda one: day_words(one.received), sort=lambda one: one.received,
                   width=14, hidden=True),
            Column("company", _("Company as declared"), lambda one: one.company, width=22, hidden=True),
            Column("scope", _("Scope"), lambda one: one.scope, width=7, hidden=True),
            Column("reason", _("Reason"), lambda one: one.reason.replace("\n", " "), width=24, hidden=True),
        ]  # fmt: skip

    def _who(self, one: MineralDeclaration) -> str:
        answer = self.known()
        if not one.supplier:
            return _("Own declaration")
        return one.company if answer is None else answer.names.get(one.supplier, one.supplier)

    def _state(self, one: MineralDeclaration) -> str:
        answer = self.known()
        return "" if answer is None or one.id not in answer.examined else status_words(answer.examined[one.id].status)

    def _rank(self, one: MineralDeclaration) -> int:
        answer = self.known()
        known = answer is not None and one.id in answer.examined
        return STATUSES.index(answer.examined[one.id].status) if known and answer is not None else len(STATUSES)

    def _count(self, one: MineralDeclaration, what: str) -> str:
        answer = self.known()
        examined = None if answer is None else answer.examined.get(one.id)
        return "" if examined is None else str(len(getattr(examined, what)))

    def _marks(self, one: MineralDeclaration) -> Mapping[str, Mark]:
        answer, found = self.known(), dict[str, Mark]()
        if answer is None or one.id not in answer.examined:
            return found
        status = answer.examined[one.id].status
        found["state"] = Mark(STATUS_LEVELS[status], status_words(status))
        if one.verdict:
            good = one.verdict == ACCEPTED
            found["verdict"] = Mark("good" if good else "warning", one.reason or verdict_words(one))
        if one.id not in answer.current:
            found["effective"] = Mark("info", _("A newer one of the same supplier and template has come since."))
        return found

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """From the records, newest first."""
        held = self.desk.records.held(MineralDeclaration)
        self.table.set_rows(sorted(held, key=lambda one: (one.received, one.id), reverse=True))
        self._offer()

    def _moved(self) -> None:
        self._offer()
        self.page.selected.emit()

    def _offer(self) -> None:
        locked, none = self.around.locked, "" if self.table.current_record() is not None else _("Select a row first.")
        for one in (self.bring, self._begin):
            allow(one, locked)
        for one in (self.accept, self.back):
            allow(one, locked or none)
        allow(self.more, none)

    def inspect(self) -> QWidget | None:
        one, answer = self.table.current_record(), self.known()
        if one is None or answer is None or one.id not in answer.examined:
            return None
        held = answer.records.get("mineral_declaration", one.id)
        if not isinstance(held, MineralDeclaration):
            return None
        return DeclarationExplanation(held, self.desk, answer, self.around.go, self.ask_copy)

    # ------------------------------------------------------------------ import

    def takes(self, path: Path) -> bool:
        """Whether a dropped file may be a workbook of a supplier."""
        return self.desk.writable and path.suffix.casefold() in WORKBOOKS

    def ask_files(self) -> None:
        """Ask for workbooks."""
        if not self.desk.writable:
            return
        kinds = f"{_('Workbooks')} (*{XLSX});;{_('All files')} (*)"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Import workbooks…"), "", kinds)
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path], *, own: bool = False) -> None:
        """Read them in a job, then show what they declare; ``own``: they are the company's."""
        job = Job(reading(paths, self.desk.records, self.around.today(), own=own))
        job.done.connect(self._show_read)
        self.page.run(job, _("Reading workbooks"))

    def _show_read(self, came: tuple[Came, ...]) -> None:
        self.dialog = dialog = ImportDialog(came, self.around, self)
        dialog.stated.connect(lambda change: self._take_up(dialog, change))
        dialog.open()

    def _take_up(self, dialog: ImportDialog, change: TableChange) -> None:
        made = self.page.attempt(lambda: (self.desk.edit(change.why, change.steps, change.data),))
        if made is None:
            return
        dialog.accept()
        tell_change(self.page, self.desk, change.why)
        fresh = [step.id for step in change.steps if step.kind == "mineral_declaration"]
        if fresh:
            self.table.show_record(fresh[-1])

    # ------------------------------------------------------------------ decide

    def accept_chosen(self) -> None:
        """Accept what is selected; where the rules speak against one, for a reason."""
        chosen = self.table.chosen
        if not chosen or not self.desk.writable:
            return
        grave = [one for one in chosen if self.around.examined(one).status not in (COMPLETE, REVIEW)]
        if not grave:
            self._accept(chosen, "")
            return
        self.reason = ReasonDialog(
            _("Accept all the same"),
            _("The rules speak against it: {names}. Say why it counts nevertheless.",
              names=[f"{self._who(one)}, {edition_words(one)}" for one in grave]),
            _("Accept"), self,
        )  # fmt: skip
        dialog = self.reason
        dialog.accepted.connect(lambda: self._accept(chosen, dialog.reason))
        dialog.open()

    def _accept(self, chosen: Sequence[MineralDeclaration], reason: str) -> None:
        def act() -> tuple[Text, list[Step]]:
            steps, why = list[Step](), None
            for one in chosen:
                why, made = deciding(self.desk.records, one.id, ACCEPTED, reason, self.desk.person,
                                     self.around.examined(one))  # fmt: skip
                steps.extend(made)
            assert why is not None
            return (why if len(chosen) == 1 else T("Declarations accepted: {count}", count=len(chosen))), steps

        self._do(act)

    def take_back(self) -> None:
        """Nobody has decided any more."""
        one = self.table.current_record()
        if one is not None and self.desk.writable:
            found = self.around.examined(one)
            self._do(lambda: deciding(self.desk.records, one.id, "", "", self.desk.person, found))

    def _do(self, act: Callable[[], tuple[Text, Sequence[Step]]]) -> None:
        found = self.page.attempt(act)
        if found is None:
            return
        made = self.page.attempt(lambda: (self.desk.edit(*found),))
        if made is not None:
            tell_change(self.page, self.desk, found[0], changed=made[0] is not None)

    def ask_back(self) -> None:
        """Ask for the reason, and for the place of the list that the supplier gets."""
        one = self.table.current_record()
        if one is None or not self.desk.writable:
            return
        self.returning = dialog = SendBackDialog(one, self.around, self)
        dialog.stated.connect(lambda found: self._back(dialog, found))
        dialog.open()

    def _back(self, dialog: SendBackDialog, found: tuple[Text, tuple[Step, ...], Path | None]) -> None:
        why, steps, path = found
        if self.page.attempt(lambda: (self.desk.edit(why, steps),)) is None:
            return
        dialog.accept()
        if path is None:
            tell_change(self.page, self.desk, why)
        else:
            self.page.tell("good", _("{what}. What to correct stands in {file}.", what=why, file=path.name))

    def ask_list(self) -> None:
        """Write what to correct without a decision."""
        one = self.table.current_record()
        if one is None:
            return
        self.returning = dialog = ProblemsDialog(one, self.around, self)
        dialog.stated.connect(lambda path: self._saved(dialog, path))
        dialog.open()

    def _saved(self, dialog: ProblemsDialog, path: Path) -> None:
        dialog.accept()
        self.page.tell("good", _("Saved {file}.", file=path.name))

    def remove(self) -> None:
        """Take the current declaration away; its workbook stays kept."""
        one = self.table.current_record()
        if one is not None and self.desk.writable:
            why = T("Declaration removed: {what}", what=f"{edition_words(one)} {self._who(one)}".strip())
            self._do(lambda: (why, (Step("mineral_declaration", one.id, one, None),)))

    # ------------------------------------------------------------------ more

    def more_menu(self) -> QMenu:
        """What is seldom done."""
        menu, one = QMenu(self), self.table.current_record()
        write = one is not None and self.desk.writable
        menu.addAction(_("Save the list of what to correct…"), self.ask_list).setEnabled(one is not None)
        menu.addAction(_("Take the decision back"), self.take_back).setEnabled(
            write and one is not None and bool(one.verdict)
        )
        menu.addAction(_("Save the workbook as it came…"), self._copy_current).setEnabled(
            one is not None and bool(one.evidence)
        )
        menu.addSeparator()
        menu.addAction(_("Remove"), self.remove).setEnabled(write)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _copy_current(self) -> None:
        one = self.table.current_record()
        if one is not None and one.evidence:
            self.ask_copy(one.evidence[0])

    def ask_copy(self, key: str) -> None:
        """Ask where to write a kept workbook."""
        held = self.desk.records.get("evidence", key)
        if not isinstance(held, Evidence):
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), held.name)
        if name:
            self.copy(key, Path(name))

    def copy(self, key: str, path: Path) -> None:
        """Write a kept workbook."""
        held = self.desk.records.get("evidence", key)
        if isinstance(held, Evidence) and self.page.attempt(lambda: self._written(held, path)):
            self.page.tell("good", _("Saved {file}.", file=path.name))

    def _written(self, held: Evidence, path: Path) -> bool:
        self.desk.file.copy_blob(held.sha256, path)
        return True
