"""Inbox: signed reports come in; each is verified, calculated again, rebuilt, and filed with the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from core.store import HELD, REJECTED, Filed
from gui.commands import Command
from gui.inbox.case import case_of
from gui.inbox.counts import ALL, Counts
from gui.inbox.proof_acts import ProofActs
from gui.inbox.receipt import Acts, receipt_widget
from gui.inbox.report_acts import ReportActs
from gui.inbox.rows import Row, arriving, columns, marks
from gui.inbox.strips import Strips, emphasise, giving_way
from gui.jobs import Job
from gui.language import _, say
from gui.page import OfGroup, Page
from gui.report.files import is_of_group
from gui.settings import Settings
from gui.tables.table import Table
from gui.upcoming.asking import of_office
from gui.upcoming.card import NextCard
from gui.widgets import button, empty_state, heading

if TYPE_CHECKING:
    from core.group import Arrival
    from gui.office.office import Office

NEXT_STEPS = 2
"""Shown of what is to be done next; the reports below want the room."""
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
        self.counts.chosen.connect(lambda _key: self._show_rows())
        self.table: Table[Row] = Table(
            "inbox", columns(), settings, name=_("Received reports"), marks=marks, editable=False
        )
        self.table.current.connect(lambda _row: self.selected.emit())
        self.table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
        self.table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.set_empty(self._nothing())
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
        self._rows += [
            Row(f.sha256, f.name, again.get(f.sha256, f.state), f, office.receipts.get(f.sha256)) for f in office.filed
        ]
        self.strips.refresh()
        if not office.working:
            nothing = _("Nothing waits to be done for {year}. Time for a coffee.", year=str(office.year))
            self.next.ask(of_office(office, datetime.now(UTC).date()), nothing)
        emphasise(self._choose, "import", primary=office.trust is not None)  # before, trust is what is needed
        self.counts.show_counts(self._rows)
        self._again.setVisible(bool(self.acts.open_ones) and office.trust is not None and office.writable)
        self._show_rows()

    def _go_on(self, page: str, subject: object) -> None:
        if page == "inbox":
            self.show_subject(subject)
            self.inspector_wanted.emit()
        else:
            self.wanted.emit(page, subject)

    def _show_rows(self) -> None:
        self.table.set_rows(self.counts.let_through(self._rows) if self._rows else [])

    def commands(self) -> list[Command]:
        office, acts, proofs = self._office, self.acts, self.proofs
        return [
            Command(_("Choose files…"), acts.choose_files, icon="import"),
            Command(_("Choose folder…"), acts.choose_folder, icon="open"),
            Command(_("Watch a folder…"), acts.choose_watched, icon="eye"),
            Command(_("Stop watching"), acts.stop_watching, icon="close", enabled=lambda: bool(office.watcher.folder)),
            Command(_("Accept…"), acts.accept, icon="check", enabled=lambda: acts.may_decide),
            Command(_("Reject…"), acts.reject, icon="error", enabled=lambda: acts.may_decide),
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
        stopped = self._office.queue.count("stopped")
        if stopped:
            self.tell("warning", _("Stopped. Files that were not judged: {count}.", count=stopped),
                      (_("Resume"), self._office.resume))  # fmt: skip
        elif judged:
            self._tell_judged(judged)
        elif repeated:
            self.tell("info", _("“{file}” was received before; nothing changed.", file=repeated[-1].name))

    def _tell_judged(self, judged: list[Filed]) -> None:
        bad = [f for f in judged if f.state == REJECTED]
        held = [f for f in judged if f.state == HELD]
        if not bad and not held:
            self.tell("good", _("{count} reports verified, calculated again and accepted.", count=len(judged)))
            return
        first = (bad or held)[0]
        why = " ".join(say(reason) for reason in first.reasons[:1])
        if bad:
            words = _("{count} of {all} files rejected. “{file}”: {why}", count=len(bad), all=len(judged),
                      file=first.name, why=why)  # fmt: skip
        else:
            words = _("{count} of {all} files held for a decision. “{file}”: {why}", count=len(held), all=len(judged),
                      file=first.name, why=why)  # fmt: skip
        self.tell("warning", words, (_("Show"), lambda: self._show(first)))

    def _show(self, filed: Filed) -> None:
        self.refresh()
        self.show_subject(filed.sha256)
        self.inspector_wanted.emit()
