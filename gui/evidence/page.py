"""Evidence: the register of proofs beside what they show, and the tonnes that have none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QTabWidget, QToolTip, QVBoxLayout, QWidget

from core.audit.coverage import coverage
from core.checks.required_evidence import RULE
from core.inventory.evidence import IMPORT
from core.ledger import Evidence
from core.store import Unsound
from gui.commands import Command
from gui.evidence.acts import EvidenceActs
from gui.evidence.bar import CoverageBar
from gui.evidence.inspector import ProofExplanation
from gui.evidence.rows import (
    ProofRow,
    UnprovenRow,
    proof_columns,
    proof_marks,
    proof_rows,
    unproven_columns,
    unproven_marks,
    unproven_rows,
)
from gui.evidence.shown import ProofPreview
from gui.findings.dismissing import Dismissing
from gui.language import _, say
from gui.page import Page
from gui.panes import dropped
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Mark, Table
from gui.widgets import allow, button, empty_state, heading, in_order, tool, with_air

REGISTER, WITHOUT = 0, 1
"""Places of the tabs."""
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class EvidencePage(Page):
    """Bar above; register and what has no proof in tabs; the file that is selected beside them."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._unsound: Mapping[str, Unsound] = {}
        self.acts = EvidenceActs(self, session, settings)
        self.acts.verified.connect(self._verified)
        self.acts.intake.taken.connect(self._taken)
        self._dismissing = Dismissing(self, session)
        self._title = heading("")
        self.bar = CoverageBar()
        self.register: Table[ProofRow] = Table(
            "evidence", proof_columns(), settings, name=_("Register of proofs"), editable=False, marks=self._marks
        )
        self.without: Table[UnprovenRow] = Table(
            "unproven", unproven_columns(), settings, name=_("Tonnes without proof"), editable=False,
            marks=unproven_marks,
        )  # fmt: skip
        self.preview = ProofPreview(session, self.acts.copies.open)
        self.preview.setContentsMargins(8, 0, 0, 0)
        self.tabs = QTabWidget()
        self._make_buttons()
        self._lay_out()
        self._listen()

    # ------------------------------------------------------------------ build

    def _make_buttons(self) -> None:
        self.add = button(_("Add files…"), self.acts.choose, role="primary", picture="plus")
        self.paste_button = button(_("Paste"), self.paste, picture="paste", tip=_("Picture or files (Ctrl+V)"))
        self.verify_button = button(_("Verify all"), self.acts.verify, picture="check")
        self.describe = button(_("Describe…"), lambda: self.acts.describe(self.chosen))
        self.link = button(_("Link…"), lambda: self.acts.link(self.chosen))
        self.more = tool("more", _("More"), self._offer_more)
        self._first = (
            button(_("Add files…"), self.acts.choose, role="primary", picture="plus"),
            button(_("Paste"), self.paste, picture="paste"),
        )
        self.go_button = button(_("Show the row"), self._go)
        self.attach = button(_("Attach files…"), lambda: self.acts.choose(self.rows))
        self.waive = button(_("Waive…"), self._waive)

    def _lay_out(self) -> None:
        for one in (self.describe, self.link):
            self.register.add_spare_tool(one)
        self.register.add_tool(self.more)
        for one in (self.go_button, self.attach, self.waive):
            self.without.add_tool(one)
        for table in (self.register, self.without):
            table.view.setSelectionBehavior(table.view.SelectionBehavior.SelectRows)
        self.register.set_empty(
            empty_state(
                "evidence",
                _("No proof is kept yet"),
                _("Drop bills, photographs, contracts and reports here, or paste a picture: each is kept with its hash"
                  " and linked to the rows that it proves."),
                *self._first,
            )
        )  # fmt: skip
        self.without.set_empty(
            empty_state("check", _("Every tonne has a kept file"), _("Nothing is left to be proven in this year."))
        )
        self.tabs.setAccessibleName(_("Proofs and what has none"))
        self.tabs.tabBar().setAccessibleName(_("Proofs and what has none"))
        for title, table in ((_("Register"), self.register), (_("Tonnes without proof"), self.without)):
            self.tabs.addTab(with_air(table), title)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        for one in (self.verify_button, self.paste_button, self.add):
            head.addWidget(one)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.tabs)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self._split, 1)
        self._order()

    def _order(self) -> None:
        """The keyboard goes as one reads."""
        first = [self.verify_button, self.paste_button, self.add, self.tabs.tabBar(), self.register]
        in_order(*first, *self.preview.stops())

    def _listen(self) -> None:
        self.register.current.connect(lambda _row: self._stood_on())
        for table in (self.register, self.without):
            table.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.tabs.currentChanged.connect(lambda _tab: self._enable())
        self.register.view.doubleClicked.connect(lambda _index: self.acts.describe(self.chosen))
        self.without.view.doubleClicked.connect(lambda _index: self._go())
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self.paste)
        if self._session.writable:
            self.setAcceptDrops(True)
            for table in (self.register, self.without):
                table.view.viewport().setAcceptDrops(True)
                table.view.viewport().installEventFilter(self)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        session = self._session
        found = coverage(session.inventory, session.findings)
        self._title.setText(_("Evidence {year}", year=str(session.year)))
        self.bar.show_coverage(found, len(found.unproven))
        self.register.set_rows(proof_rows(session.ledger, session.inventory))
        self.without.set_rows(unproven_rows(found, session.library))
        self.tabs.setTabText(REGISTER, _("Register ({count})", count=len(self.register.model.records)))
        self.tabs.setTabText(WITHOUT, _("Tonnes without proof ({count})", count=len(found.unproven)))
        for table in (self.register, self.without):
            table.stand()
        self._stood_on()

    def show_subject(self, subject: object) -> None:
        """Go to a proof, or to a record without one, by its id; a record that has one is seen where it was entered."""
        if not isinstance(subject, str):
            return
        for place, table in ((REGISTER, self.register), (WITHOUT, self.without)):
            if any(row.id == subject for row in table.model.records):
                self.tabs.setCurrentIndex(place)
                table.show_record(subject)
                return
        if self._session.ledger.get("activity", subject) is not None:
            self.wanted.emit("activity", subject)

    def inspect(self) -> QWidget | None:
        """The proof that is selected, with its rows and its history."""
        row = self.register.current_record()
        return None if row is None else ProofExplanation(self, self._session, row)

    def commands(self) -> list[Command]:
        """For the command palette."""
        acts: Sequence[tuple[str, Callable[[], object], Callable[[], bool]]] = (
            (_("Add files to the register…"), self.acts.choose, self.add.isEnabled),
            (_("Paste a picture as proof"), self.paste, self.add.isEnabled),
            (_("Verify everything that is kept"), self.acts.verify, lambda: True),
            (_("Describe the proof…"), lambda: self.acts.describe(self.chosen), self.describe.isEnabled),
            (_("Link the proof to rows…"), lambda: self.acts.link(self.chosen), self.link.isEnabled),
        )
        return [Command(title, act, "", "evidence", "", possible) for title, act, possible in acts]

    @property
    def chosen(self) -> list[Evidence]:
        """The proofs that are selected."""
        return [row.proof for row in self.register.chosen]

    @property
    def rows(self) -> list[str]:
        """Ids of the selected records without proof."""
        return [row.id for row in self.without.chosen]

    def _marks(self, row: ProofRow) -> dict[str, Mark]:
        found = proof_marks(row)
        if (bad := self._unsound.get(row.id)) is not None and bad.sha256 == row.proof.sha256:
            found["name"] = Mark("bad", say(bad.problem))
        return found

    def _stood_on(self) -> None:
        row = self.register.current_record()
        self.preview.show_file(None if row is None else row.proof, _("Select a proof to see it here."))
        self._enable()
        self.selected.emit()

    def _enable(self) -> None:
        locked = "" if self._session.writable else _("The file is open read-only.")
        none = "" if self.chosen else _("Select a row first.")
        own = any(one.kind != IMPORT for one in self.chosen)
        imported = "" if own else _("The file that rows were imported from stays as it is.")
        for one in (self.add, self.paste_button, *self._first):
            allow(one, locked)
        for one in (self.describe, self.link):
            allow(one, locked or none or imported)
        self.more.setEnabled(bool(self.chosen))
        none = "" if self.without.current_record() is not None else _("Select a row first.")
        asked = "" if self._asked() else _("Only what an audit asks for can be waived, with a reason.")
        allow(self.go_button, none)
        allow(self.attach, locked or none)
        allow(self.waive, locked or none or asked)
        self.preview.setVisible(self.tabs.currentIndex() == REGISTER and bool(self.register.model.records))

    def _taken(self, ids: tuple[str, ...]) -> None:
        """Stand on what was just kept, all of it selected: it can be described and linked at once."""
        if not ids or self.tabs.currentIndex() != REGISTER:
            return
        self.show_subject(ids[0])
        flag, model = QItemSelectionModel.SelectionFlag, self.register.model
        for row in (model.row_of(key) for key in ids[1:]):
            if row is not None:
                self.register.view.selectionModel().select(model.index(row, 0), flag.Select | flag.Rows)

    def _verified(self, found: Mapping[str, Unsound]) -> None:
        self._unsound = found
        self.refresh()

    # ------------------------------------------------------------------ act

    def menu(self) -> QMenu:
        """The rarer acts on the proof that is selected."""
        made, chosen = QMenu(self), self.chosen
        single = len(chosen) == 1
        removable = self._session.writable and any(proof.kind != IMPORT for proof in chosen)
        acts: tuple[tuple[str, Callable[[], object], bool], ...] = (
            *((one.text(), one.click, one.isEnabled()) for one in self.register.left_out),
            (_("Open a copy"), lambda: self.acts.copies.open(chosen[0]), single),
            (_("Save a copy…"), lambda: self.acts.copies.save(chosen[0]), single),
            (_("Remove from the register"), lambda: self.acts.remove(chosen), removable),
        )
        for title, act, possible in acts:
            action = made.addAction(title)
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, act=act: act())
        return made

    def _offer_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def paste(self) -> None:
        """What is in the clipboard; on the second tab for the selected rows."""
        if self._session.writable:
            self.acts.paste(self.rows if self.tabs.currentIndex() == WITHOUT else ())

    def _go(self) -> None:
        row = self.without.current_record()
        if row is not None:
            self.wanted.emit("activity", row.id)

    def _asked(self) -> list[object]:
        """The findings about required files of the records that are selected."""
        wanted = {(row.found.activity.source, row.found.activity.item) for row in self.without.chosen}
        about = {a.id: (a.source, a.item) for a in self._session.inventory.activities}
        found = (f for f in self._session.findings if f.rule == RULE.key and not f.dismissed)
        return [f for f in found if about.get(f.subject) in wanted]

    def _waive(self) -> None:
        self._dismissing.ask(*self._asked())  # type: ignore[arg-type]

    # ------------------------------------------------------------------ drop

    def takes(self, path: Path) -> bool:
        """Files dropped beside the tables, while this page is the one that is shown."""
        return self.isVisible() and self._session.writable and path.is_file()

    def take(self, paths: Sequence[Path]) -> None:
        self.acts.intake.take(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := dropped(event):
            event.acceptProposedAction()
            self.take(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files over the rows: they are linked to the one below the pointer, or to what that proof is linked to."""
        if event.type() == QEvent.Type.DragLeave:
            QToolTip.hideText()
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not (paths := dropped(event)):
            return False
        table = self.register if watched is self.register.view.viewport() else self.without
        at = event.position().toPoint()
        rows, words = self._below(table, at)
        event.acceptProposedAction()
        if event.type() != QEvent.Type.Drop:
            QToolTip.showText(table.view.viewport().mapToGlobal(at + QPoint(12, 12)), words, table.view)
        else:
            QToolTip.hideText()
            self.acts.intake.take(paths, rows)
        return True

    def _below(self, table: Table[ProofRow] | Table[UnprovenRow], at: QPoint) -> tuple[tuple[str, ...], str]:
        """The records that a file dropped here proves, and that in words."""
        row = table.model.record(table.view.indexAt(at).row())
        if isinstance(row, UnprovenRow):
            rows = tuple(self.rows) if row.id in self.rows else (row.id,)
            return rows, _("Attach to rows: {count}", count=len(rows))
        if isinstance(row, ProofRow) and row.proof.activities and row.proof.kind != IMPORT:
            rows = row.proof.activities
            return rows, _("Keep for the rows of “{file}”: {count}", count=len(rows), file=row.proof.name)
        return (), _("Keep in the register, linked to no row yet")
