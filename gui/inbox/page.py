"""Inbox: signed reports come in; each is verified, calculated again, rebuilt, and filed with the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.store import ACCEPTED, HELD, REJECTED, Filed
from gui.commands import Command
from gui.inbox.case import case_of
from gui.inbox.compared import moves
from gui.inbox.counts import ALL, Counts
from gui.inbox.proof_acts import ProofActs
from gui.inbox.receipt import Acts, receipt_widget
from gui.inbox.report_acts import ReportActs
from gui.inbox.rows import DECISIONS, Row, arriving, columns, marks
from gui.inbox.strips import Strips, emphasise, giving_way
from gui.jobs import Job
from gui.language import _, say
from gui.page import OfGroup, Page
from gui.report.files import is_of_group
from gui.settings import Settings
from gui.tables.table import Table
from gui.tables.whole_rows import choose_whole_rows
from gui.upcoming.asking import of_office
from gui.upcoming.card import NextCard
from gui.widgets import button, empty_state, heading
from gui.wording import in_turn, listed

if TYPE_CHECKING:
    from core.group import Arrival
    from gui.office.office import Office

NEXT_STEPS = 2
"""Shown of what is to be done next; the reports below want the room."""
ACCEPT, REJECT = "Ctrl+Return", "Ctrl+Shift+Return"
"""Keys for what is done with each report that is held."""
CERTIFICATES = (".pem", ".crt", ".crl")


class InboxPage(Page):
    """What came in, what became of it, and what a person has to decide."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self._judged: list[Filed] = []
        self._repeated: list[Filed] = []
        """Since the last rest, for the closing sentence."""
        self._rows: list[Row] = []
        self.acts = ReportActs(self, office, settings)
        self.proofs = ProofActs(self, office, settings)
        self.strips = Strips(office, self.acts, lambda: self.wanted.emit("trust", None))
        self.next = NextCard(NEXT_STEPS)
        self.next.wanted.connect(self._go_on)
        self.counts = Counts()
        self.counts.chosen.connect(lambda _key: self._turned())
        self.table: Table[Row] = Table(
            "inbox", columns(), settings, name=_("Received reports"), marks=marks, editable=False
        )
        self.table.current.connect(lambda _row: self.selected.emit())
        self.table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
        choose_whole_rows(self.table)
        self.table.set_empty(self._nothing())
        for keys, act in {ACCEPT: self.acts.accept, "Ctrl+Enter": self.acts.accept, REJECT: self.acts.reject}.items():
            QShortcut(QKeySequence(keys), self.table, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._moves: tuple[tuple[object, object], Mapping[str, Decimal]] = ((None, None), {})
        """How far reports moved, for the register and the reports as they are."""
        self._build()
        office.arrived.connect(self._arrived)
        # Methods and no lambdas: the office outlives the page when language or theme change.
        office.examined.connect(self._known)
        office.began.connect(self._follow)
        office.idle.connect(self._finished)
        if (folder := settings.watched_folder(office.path)) is not None:
            self.acts.watch(folder)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading(_("Inbox")))
        head.addSpacing(8)
        head.addWidget(giving_way(_("Drop PDF files or a folder anywhere on the window.")), 1)
        head.addWidget(button(_("Watch a folder…"), self.acts.choose_watched, picture="eye"))
        head.addWidget(button(_("Choose folder…"), self.acts.choose_folder, picture="open"))
        self._choose = button(_("Choose files…"), self.acts.choose_files, picture="import")
        head.addWidget(self._choose)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.counts, 1)
        self._again = button(_("Judge held and rejected again"), self.acts.judge_all_again, picture="redo")
        middle.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.next)
        column.addWidget(self.strips)
        column.addLayout(middle)
        column.addWidget(self.table, 1)

    def _nothing(self) -> QWidget:
        return empty_state(
            "inbox",
            _("No reports yet"),
            _(
                "Signed reports of the plants arrive here. Each is verified, calculated again from the data inside, "
                "and filed."
            ),
            button(_("Choose files…"), self.acts.choose_files, picture="import"),
        )

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        office = self._office
        self._rows = [arriving(one) for one in office.incoming if not one.again]
        again = {one.again: one.state for one in office.incoming if one.again}
        moved = self._moved()
        self._rows += [
            Row(
                f.sha256,
                f.name,
                again.get(f.sha256, f.state),
                f,
                office.receipts.get(f.sha256),
                moved=moved.get(f.sha256),
            )
            for f in office.filed
        ]
        self.strips.refresh()
        if not office.working:
            nothing = _("Nothing waits to be done for {year}. Time for a coffee.", year=str(office.year))
            self.next.ask(of_office(office, datetime.now(UTC).date()), nothing if office.trust is not None else "")
        emphasise(self._choose, "import", primary=office.trust is not None)  # before, trust is what is needed
        self.counts.show_counts(self._rows)
        self._again.setVisible(bool(self.acts.open_ones) and office.trust is not None and office.writable)
        self._show_rows()

    def _go_on(self, page: str, subject: object) -> None:
        if page == "inbox":
            if any(one.sha256 == subject and one.state == HELD for one in self._office.filed):
                self.counts.choose(HELD)
            self.show_subject(subject)
            self.inspector_wanted.emit()
        else:
            self.wanted.emit(page, subject)

    def _moved(self) -> Mapping[str, Decimal]:
        office = self._office
        basis = (office.register, office.filed)
        if self._moves[0][0] is not basis[0] or self._moves[0][1] is not basis[1]:
            self._moves = (basis, moves(*basis))
        return self._moves[1]

    def _turned(self) -> None:
        """Another tab: where nothing that it shows is selected, its first row is."""
        self._show_rows()
        if self.table.current_record() is None:
            self.table.view.go(0, 0)

    def next_held(self, decided: Sequence[Filed]) -> str:
        """The held report that is shown below those that are decided about, else the first one; empty: none."""
        done = {one.sha256 for one in decided}
        rows = self.table.model.visible
        last = max((place for place, row in enumerate(rows) if row.id in done), default=-1)
        waiting = [row.id for row in [*rows[last + 1 :], *rows[: last + 1]] if row.state == HELD and row.id not in done]
        return waiting[0] if waiting else ""

    def _show_rows(self) -> None:
        self.table.set_rows(self.counts.let_through(self._rows) if self._rows else [])

    def commands(self) -> list[Command]:
        office, acts, proofs = self._office, self.acts, self.proofs
        return [
            Command(_("Choose files…"), acts.choose_files, icon="import"),
            Command(_("Choose folder…"), acts.choose_folder, icon="open"),
            Command(_("Watch a folder…"), acts.choose_watched, icon="eye"),
            Command(_("Stop watching"), acts.stop_watching, icon="close", enabled=lambda: bool(office.watcher.folder)),
            Command(_("Accept…"), acts.accept, ACCEPT, icon="check", enabled=lambda: acts.may_decide),
            Command(_("Reject…"), acts.reject, REJECT, icon="error", enabled=lambda: acts.may_decide),
            Command(_("Judge again"), acts.judge_again, icon="redo", enabled=lambda: acts.current is not None),
            Command(_("Judge held and rejected again"), acts.judge_all_again, icon="redo",
                    enabled=lambda: bool(acts.open_ones)),
            Command(_("Preserve the proof of accepted reports…"), proofs.preserve_all, icon="sign",
                    enabled=lambda: proofs.may_preserve),
            Command(_("Prove accepted reports by their receipts…"), proofs.prove_all, icon="check",
                    enabled=lambda: proofs.any),
            Command(_("Cancel verifying"), office.cancel, icon="close", enabled=lambda: office.working),
            Command(_("Resume verifying"), office.resume, icon="redo",
                    enabled=lambda: office.queue.count("stopped") > 0),
            Command(_("Clear what was not filed"), acts.clear, icon="delete",
                    enabled=lambda: office.queue.count("stopped", "failed") > 0),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        return path.is_dir() or path.suffix.lower() in (".pdf", *CERTIFICATES)

    def take(self, paths: Sequence[Path]) -> None:
        believed = [p for p in paths if p.suffix.lower() in CERTIFICATES]
        if believed:
            self.acts.believe(believed)
        of_group = [p for p in paths if is_of_group(p)]
        if reports := [p for p in paths if p not in believed and p not in of_group]:
            self.acts.receive(reports)
        if of_group:
            self.wanted.emit("group", OfGroup(of_group[0]))
            words = _("“{file}” is a report of the group; it is checked here and not filed.", file=of_group[0].name)
            self.tell("info", words)

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        if row is None:
            return None
        if row.filed is not None and row.receipt is None:
            self._office.look(row.filed)
        acts = self.acts
        return receipt_widget(
            case_of(row, self._office),
            Acts(
                acts.accept,
                acts.reject,
                acts.judge_again,
                acts.save_original,
                acts.save_proof,
                self._preserve,
                self._prove,
                lambda: self.wanted.emit("group", OfGroup(sha256=row.id)),
            ),
        )

    def _preserve(self) -> None:
        if (filed := self.acts.current) is not None:
            self.proofs.preserve([filed])

    def _prove(self) -> None:
        if (filed := self.acts.current) is not None:
            self.proofs.prove(filed)

    def show_subject(self, subject: object) -> None:
        if not isinstance(subject, str):
            return
        row = next((one for one in self._rows if one.id == subject), None)
        if row is not None and row not in self.counts.let_through(self._rows):
            self.counts.choose(ALL)
        self.table.show_record(subject)

    # ------------------------------------------------------------------ what the office says

    def _arrived(self, arrival: Arrival) -> None:
        (self._judged if arrival.new else self._repeated).append(arrival.filed)

    def _follow(self, job: Job) -> None:
        self.working.emit(job, _("Verifying reports"))

    def _known(self, _digest: str) -> None:
        self.refresh()
        self.selected.emit()

    def _finished(self) -> None:
        judged, repeated = self._judged, self._repeated
        self._judged, self._repeated = [], []
        if self.table.current_record() is None and any(one.state == HELD for one in judged):
            self._stand_on_held()
        stopped = self._office.queue.count("stopped")
        if stopped:
            self.tell("warning", _("Stopped. Files that were not judged: {count}.", count=stopped),
                      (_("Resume"), self._office.resume))  # fmt: skip
        elif judged:
            self._tell_judged(judged, len(repeated))
        elif repeated:
            self.tell("info", _("“{file}” was received before; nothing changed.", file=repeated[-1].name))

    def _tell_judged(self, judged: list[Filed], repeated: int) -> None:
        """How many files came to what; the way to those that wait for a person, else to those that were refused."""
        by_state = {state: [one for one in judged if one.state == state] for state in (ACCEPTED, HELD, REJECTED)}
        bad, held = by_state[REJECTED], by_state[HELD]
        if not bad and not held and not repeated:
            self.tell("good", _("{count} reports verified, calculated again and accepted.", count=len(judged)))
            return
        states = [
            _("{state} {count}", state=say(DECISIONS[state]).lower(), count=len(own))
            for state, own in by_state.items()
            if own
        ]
        if repeated:
            states.append(_("received before {count}", count=repeated))
        words = _("Files judged: {count} ({states}).", count=len(judged) + repeated, states=listed(states))
        if not bad and not held:
            self.tell("good", words)
            return
        first = (held or bad)[0]
        if len(bad) + len(held) == 1:
            why = " ".join(say(reason) for reason in first.reasons[:1])
            words = in_turn([words, _("“{file}”: {why}", file=first.name, why=why)])
        self.tell("warning", words, (_("Decide") if held else _("Show"), lambda: self._show(first.state)))

    def _show(self, state: str) -> None:
        """Those of a state, the first one selected."""
        self.refresh()
        self.counts.choose(state)
        if rows := self.table.model.visible:
            self.table.show_record(rows[0].id)
        self.inspector_wanted.emit()

    def _stand_on_held(self) -> None:
        """Select the first that waits, without taking the keyboard from whoever types elsewhere."""
        self.refresh()
        row = self.table.model.row_of(self.next_held(()))
        if row is not None:
            self.table.view.go(row, 0)
