"""Inbox: signed reports come in; each is verified, calculated again, rebuilt, and filed with the decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.store import Filed
from gui.certificates import AuthorityDialog, IssueDialog, Made
from gui.commands import Command
from gui.inbox_rows import DECISIONS, Row, arriving, columns, marks
from gui.jobs import Job
from gui.language import _, say
from gui.page import Page
from gui.proof_copies import safe_name
from gui.receipt import authority_name, receipt_widget
from gui.settings import Settings
from gui.table import Table
from gui.widgets import button, card, clear, empty_state, heading, in_order, label, marked

if TYPE_CHECKING:
    from core.handover.carrying import Travelling
    from core.signing import Trust
    from gui.office import Arrival, Office

CERTIFICATES = (".pem", ".crt", ".crl")


class InboxPage(Page):
    """What came in, and whom we believe."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office = office
        self._judged: list[Filed] = []
        self._repeated: list[Filed] = []
        """Since the last rest, for the closing sentence."""
        self._trust = QVBoxLayout()
        self._trust.setSpacing(4)
        self.table: Table[Row] = Table("inbox", columns(), settings, name=_("Received reports"), marks=marks)
        self.table.current.connect(lambda _row: self.inspected.emit(self.inspect()))
        self.table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
        self.table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.set_empty(self._nothing())
        self._build()
        office.arrived.connect(self._arrived)
        office.examined.connect(lambda _digest: self._known())
        office.began.connect(lambda job: self.working.emit(job, _("Verifying reports")))
        office.idle.connect(self._finished)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading(_("Inbox")))
        head.addSpacing(8)
        head.addWidget(label(_("Drop PDF files or a folder anywhere on the window."), "muted", wrap=True), 1)
        head.addWidget(button(_("Choose folder…"), self.choose_folder, picture="open"))
        self._choose = button(_("Choose files…"), self.choose_files, role="primary", picture="import")
        head.addWidget(self._choose)
        believed, inside = card()
        believed.setAccessibleName(_("Trust"))
        inside.addLayout(self._trust)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(believed)
        column.addWidget(self.table, 1)

    def _nothing(self) -> QWidget:
        return empty_state(
            "inbox",
            _("No reports yet"),
            _(
                "Signed reports of the plants arrive here. Each is verified, calculated again from the data inside, "
                "and filed."
            ),
            button(_("Choose files…"), self.choose_files, picture="import"),
        )

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        self._show_trust(self._office.trust)
        office = self._office
        rows = [arriving(one) for one in office.incoming]
        rows += [Row(f.sha256, f.name, f.state, f, office.receipts.get(f.sha256)) for f in office.filed]
        self.table.set_rows(rows)

    def commands(self) -> list[Command]:
        return [
            Command(_("Choose files…"), self.choose_files, icon="import"),
            Command(_("Choose folder…"), self.choose_folder, icon="open"),
            Command(_("Choose the authority's certificate…"), self.choose_trust, icon="trust"),
            Command(_("Create an authority…"), self.create_authority, icon="trust"),
            Command(_("Issue a certificate…"), self.issue_certificate, icon="certificate"),
            Command(_("Judge again"), self.judge_again, icon="redo", enabled=lambda: self._current() is not None),
            Command(_("Clear files that could not be opened"), self._office.forget_failed, icon="delete",
                    enabled=lambda: any(one.state == "failed" for one in self._office.incoming)),
            Command(_("Cancel verifying"), self._office.cancel, icon="close", enabled=lambda: self._office.working),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        return path.is_dir() or path.suffix.lower() in (".pdf", *CERTIFICATES)

    def take(self, paths: Sequence[Path]) -> None:
        believed = [p for p in paths if p.suffix.lower() in CERTIFICATES]
        if believed:
            self.believe(believed)
        if reports := [p for p in paths if p not in believed]:
            self.receive(reports)

    def inspect(self) -> QWidget | None:
        row = self.table.current_record()
        if row is None:
            return None
        if row.filed is not None and row.receipt is None:
            self._office.look(row.filed)
        decision = say(DECISIONS[row.state])
        return receipt_widget(
            row.name,
            decision,
            row.filed,
            row.receipt,
            row.reasons,
            self.judge_again,
            self.save_original,
            self.save_proof,
        )

    def show_subject(self, subject: object) -> None:
        if isinstance(subject, str):
            self.table.show_record(subject)

    # ------------------------------------------------------------------ trust

    def _show_trust(self, trust: Trust | None) -> None:
        clear(self._trust)
        row = QHBoxLayout()
        row.setSpacing(8)
        if trust is None:
            self._trust.addWidget(marked("warning", "warning", _("Nobody is trusted yet, so nothing can be verified.")))
            hint = _("Choose the certificate of your authority, or create one if head office has none.")
            self._trust.addWidget(label(hint, "muted", wrap=True))
            links = [
                button(_("Choose certificate…"), self.choose_trust, role="primary"),
                button(_("Create an authority…"), self.create_authority),
            ]
        else:
            row.addWidget(believed(trust), 1)
            links = [
                button(_("Trust another authority…"), self.choose_trust, role="link"),
                button(_("Create an authority…"), self.create_authority, role="link"),
                button(_("Issue a certificate…"), self.issue_certificate, role="link"),
            ]
        for link in links:
            row.addWidget(link)
        if trust is None:
            row.addStretch(1)
        self._trust.addLayout(row)
        in_order(self._choose, *links)  # made anew, they would come last

    def choose_trust(self) -> None:
        """Ask for the authority's certificates."""
        kinds = _("Certificates (*.pem *.crt *.crl)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose certificate"), str(self._office.path.parent), kinds)
        if names:
            self.believe([Path(name) for name in names])

    def believe(self, paths: Sequence[Path]) -> None:
        """Trust the authorities of these files."""

        def act() -> bool:
            self._office.believe(paths)
            return True

        if self.attempt(act):
            self.tell("good", _("Trusted from now on: {file}", file=", ".join(p.name for p in paths)))

    def create_authority(self) -> None:
        """Make head office's own root, which is trusted then."""
        dialog = AuthorityDialog(self._office.path.parent, self)
        dialog.done_well.connect(self._believe_made)
        dialog.open()

    def _believe_made(self, made: object) -> None:
        assert isinstance(made, Made)
        self.believe([made.files[0]])

    def issue_certificate(self) -> None:
        """Turn a person's request into a certificate."""
        IssueDialog(self).open()

    # ------------------------------------------------------------------ reports

    def choose_files(self) -> None:
        """Ask for reports."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose files"), "", _("PDF files (*.pdf)"))
        if names:
            self.receive([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder of reports."""
        if name := QFileDialog.getExistingDirectory(self, _("Choose folder")):
            self.receive([Path(name)])

    def receive(self, paths: Sequence[Path]) -> None:
        """Hand in files and folders."""
        count = self.attempt(lambda: self._office.receive(paths))
        if count == 0:
            self.tell("warning", _("There is no PDF file in it."))
        elif count and self._office.trust is None:
            self.tell("warning", _("{count} files wait until you choose whom to trust.", count=count))

    def judge_again(self) -> None:
        """Judge the chosen report once more."""
        filed = self._current()
        if filed is not None and (job := self._office.judge_again(filed)) is not None:
            self.working.emit(job, _("Judging “{file}” again", file=filed.name))

    def save_original(self) -> None:
        """Write the received file out again."""
        filed = self._current()
        if filed is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the received file"), filed.name, _("PDF files (*.pdf)"))
        written = self.attempt(lambda: self._write(Path(name), filed)) if name else None
        if written is not None:
            self.tell("good", _("Written: {file}", file=written.name))

    def _write(self, path: Path, filed: Filed) -> Path:
        from core.handover import write_safely

        write_safely(path, self._office.original(filed))
        return path

    def save_proof(self, one: Travelling) -> None:
        """Write a proof that travelled inside the chosen report."""
        filed = self._current()
        if filed is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the proof"), safe_name(one.proof.name))
        act = self.attempt(lambda: self._office.to_take_out(filed, one, Path(name))) if name else None
        if act is None:
            return
        job = Job(lambda _progress, _cancelled: act())
        job.done.connect(lambda path: self.tell("good", _("Written: {file}", file=path.name)))
        self.run(job, _("Taking “{file}” out of the report", file=one.proof.name))

    def _current(self) -> Filed | None:
        row = self.table.current_record()
        return row.filed if row else None

    # ------------------------------------------------------------------ what the office says

    def _arrived(self, arrival: Arrival) -> None:
        (self._judged if arrival.new else self._repeated).append(arrival.filed)

    def _known(self) -> None:
        self.refresh()
        self.inspected.emit(self.inspect())

    def _finished(self) -> None:
        judged, repeated = self._judged, self._repeated
        self._judged, self._repeated = [], []
        if not judged:
            if repeated:
                self.tell("info", _("“{file}” was received before; nothing changed.", file=repeated[-1].name))
            return
        bad = [f for f in judged if f.state == "rejected"]
        if bad:
            first = " ".join(say(reason) for reason in bad[0].reasons[:1])
            self.tell(
                "warning",
                _("{count} of {all} files rejected. “{file}”: {why}", count=len(bad), all=len(judged),
                  file=bad[0].name, why=first),
                (_("Show"), lambda: self._show(bad[0])),
            )  # fmt: skip
        else:
            self.tell("good", _("{count} reports verified, calculated again and accepted.", count=len(judged)))

    def _show(self, filed: Filed) -> None:
        self.table.show_record(filed.sha256)
        self.inspector_wanted.emit()


def believed(trust: Trust) -> QWidget:
    """Names of the authorities, with the beginning of their fingerprints."""
    from core.signing import fingerprint

    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for root in trust.authorities:
        digits = fingerprint(root)
        words = marked("trust", "good", _("Trusted: {name}", name=authority_name(root)))
        short: QLabel = label(f"SHA-256 {digits[:19]}…", "muted", size=0.92)
        short.setContentsMargins(22, 0, 0, 0)
        for widget in (words, short):
            widget.setToolTip(digits)
            column.addWidget(widget)
    return made
