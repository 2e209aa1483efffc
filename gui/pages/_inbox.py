"""Inbox: signed reports come in; each is verified, calculated again, rebuilt, and filed with the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, Text
from core.store import Filed
from gui.certificates import AuthorityDialog, IssueDialog, Made
from gui.commands import Command
from gui.language import _, language, say
from gui.page import Page
from gui.receipt import authority_name, receipt_widget
from gui.settings import Settings
from gui.table import Column, Mark, Table
from gui.widgets import button, card, clear, empty_state, heading, label, marked

if TYPE_CHECKING:
    from core.handover import Receipt
    from core.signing import Trust
    from gui.office import Arrival, Incoming, Office

DECISIONS: dict[str, Text] = {
    "accepted": T("Accepted"),
    "rejected": T("Rejected"),
    "superseded": T("Superseded"),
    "waiting": T("Waiting"),
    "working": T("Verifying…"),
    "failed": T("Not readable"),
}
REBUILT: dict[str, Text] = {
    "equal": T("Equal"),
    "differs": T("Differs"),
    "unknown-renderer": T("Other program version"),
    "not-checked": T("Not checked"),
}
CERTIFICATES = (".pem", ".crt", ".crl")
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """A file on its way in, or filed."""

    id: str
    """Hash of a filed report, path of one on its way."""
    name: str
    state: str
    """A key of ``DECISIONS``."""
    filed: Filed | None = None
    receipt: Receipt | None = None
    error: UserError | None = None

    @property
    def reasons(self) -> str:
        """Why it was decided so."""
        if self.error is not None:
            return self.error.text(language())
        return " ".join(say(reason) for reason in self.filed.reasons) if self.filed else ""


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
            Command(_("Cancel verifying"), self._office.cancel, icon="close", enabled=lambda: self._office.working),
        ]

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
            row.name, decision, row.filed, row.receipt, row.reasons, self.judge_again, self.save_original
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
        for one, other in pairwise([self._choose, *links]):  # made anew, they would come last
            QWidget.setTabOrder(one, other)

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


def arriving(one: Incoming) -> Row:
    """A file that is not filed yet, as a row."""
    return Row(str(one.path), one.path.name, one.state, error=one.error)


def columns() -> list[Column[Row]]:
    """Of the table of arrivals."""
    return [
        Column("decision", _("Decision"), lambda r: say(DECISIONS[r.state]), width=11),
        Column("reasons", _("Reason"), lambda r: r.reasons, width=34),
        Column("file", _("File"), lambda r: r.name, width=19),
        Column("plant", _("Plant"), lambda r: r.filed.plant if r.filed else "", width=20),
        Column("year", _("Year"), lambda r: str(r.filed.year or "") if r.filed else "", align="right", width=6),
        Column("revision", _("Revision"), lambda r: str(r.filed.revision or "") if r.filed else "", align="right",
               width=8),
        Column("signer", _("Signed by"), lambda r: ", ".join(r.filed.signed_by) if r.filed else "", width=13),
        Column("trusted", _("Trusted"), lambda r: of_signatures(r, "trusted"), width=8),
        Column("intact", _("Intact"), lambda r: of_signatures(r, "intact"), width=8),
        Column("whole", _("Whole file"), lambda r: of_signatures(r, "covers_whole_file"), width=10),
        Column("equal", _("Recalculated"), recalculated, width=12),
        Column("rebuilt", _("Rebuilt"), rebuilt, width=12),
        Column("received", _("Received"), received, width=16, hidden=True),
    ]  # fmt: skip


def received(row: Row) -> str:
    """Day and time, UTC."""
    return row.filed.received[:16].replace("T", " ") if row.filed else ""


def of_signatures(row: Row, what: str) -> str:
    """Yes, no, or unknown until somebody looks; the last signature must cover the whole file, the others all count."""
    if row.receipt is not None and row.receipt.signatures:
        signatures = row.receipt.signatures
        asked = signatures[-1:] if what == "covers_whole_file" else signatures
        return yes_no(all(getattr(s, what) for s in asked))
    if row.filed is not None and row.filed.state != "rejected":
        return yes_no(True)
    return UNKNOWN if row.filed else ""


def recalculated(row: Row) -> str:
    """Whether the recalculation gave the same."""
    if row.filed is None:
        return ""
    if not row.filed.plant:
        return UNKNOWN
    return _("Equal") if row.filed.recalculated_equal else _("Differs")


def rebuilt(row: Row) -> str:
    """Whether the pages show what the data say."""
    if row.filed is None:
        return ""
    found = row.receipt.rebuilt if row.receipt is not None else row.filed.rebuilt
    return say(REBUILT[found]) if found in REBUILT else UNKNOWN


def yes_no(answer: bool) -> str:
    """A word, for colour alone says nothing."""
    return _("Yes") if answer else _("No")


def marks(row: Row) -> Mapping[str, Mark]:
    """An icon where something is wrong."""
    if row.state in ("rejected", "failed"):
        return {"decision": Mark("bad", row.reasons)}
    if row.receipt is not None and not row.receipt.valid:
        words = _("Judged again, it would be rejected: {why}", why=row.receipt.reason)
        return {"decision": Mark("bad", words)}
    if row.state == "accepted" and row.reasons:
        return {"decision": Mark("warning", row.reasons)}
    return {}


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
