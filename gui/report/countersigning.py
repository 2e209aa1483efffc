"""Countersign: open a signed report, see who signed what, and put the second signature on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, show_number
from core.ledger import Change, Ledger
from gui.asking import Asking, PathField, copyable
from gui.fields import Field
from gui.jobs import Job
from gui.keys.certificates import refuse_existing
from gui.keys.choice import KeyChoice
from gui.keys.sign_panel import open_with_system
from gui.keys.signature_rows import signature_rows
from gui.keys.time_stamps import TimeStampsField
from gui.language import _, language, say
from gui.report.files import free_beside, written
from gui.report.keeping import keep
from gui.session import Session
from gui.settings import Settings
from gui.trust.field import trust_field
from gui.widgets import clear, label, marked, subheading

if TYPE_CHECKING:
    from core.handover import Receipt

PAUSE_MS = 300
"""A path that is being typed is looked at when nobody types any more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A report that was judged: what is signed is what was shown, whatever becomes of the file."""

    pdf: bytes
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class SignedTwice:
    """A report with both signatures, still to be written."""

    pdf: bytes
    out: Path
    signer: str
    change: Change | None
    """Binds the person to their certificate; None when there is nothing to remember."""
    ledger: Ledger
    """Of the plant, as it was when it was signed."""


class CountersignDialog(Asking):
    """Everything head office would refuse is refused here, before anything is signed."""

    kept = Signal(object)
    """The :class:`SignedTwice`, once its file is written."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Countersign a signed report"),
            _(
                "The report is verified and calculated again, as head office does it, and gets the second signature: "
                "the plant manager's, or the auditor's. Nothing else of the file changes."
            ),
            _("Countersign"),
            parent,
        )
        self._session, self._settings = session, settings
        self._looking: Job | None = None
        self._looked: tuple[Path, Path] | None = None
        """The files that are shown."""
        self._seen: Seen | None = None
        self.report = PathField(_("Signed report"), _("PDF files (*.pdf)"))
        self.trust = trust_field(settings.head_office)
        self.choice = KeyChoice(settings)
        self.out = PathField(_("Report with both signatures"), _("PDF files (*.pdf)"), what="save")
        self.time_stamps = TimeStampsField(settings)
        # Connected to methods, not lambdas: one that dies with its button must not take the dialog along.
        self.read = QPushButton(_("Open the report"))
        self.read.setProperty("role", "link")
        self.read.clicked.connect(self._open)
        self.read.hide()
        self._shown = QWidget()
        self._lines = QVBoxLayout(self._shown)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.add(_("Signed report"), self.report)
        self.add(
            _("Trust file of head office"), self.trust, _("The file head office gave out; it says whom to believe.")
        )
        self.fields.addWidget(self._shown)
        self.fields.addWidget(self.read)
        self.fields.addWidget(self.choice)
        pair = QWidget()  # for what came out takes the place of widgets alone
        last = QHBoxLayout(pair)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(10)
        last.addWidget(self.time_stamps, 2)
        last.addWidget(Field(_("Report with both signatures"), self.out), 3)
        self.fields.addWidget(pair)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        for field in (self.report, self.trust):
            field.changed.connect(self._soon.start)
        self.choice.returned.connect(self.go.click)
        self.choice.switched.connect(self._refit)
        self.go.setEnabled(False)
        self._say(label(_("Choose the report: then you see here who signed it, and what it says."), "muted", wrap=True))
        self.report.set_path(written(session.path, session.year, session.audit.revision))

    # ------------------------------------------------------------------ what is signed by whom

    def _look(self) -> None:
        """Verify as soon as both files are there."""
        report, trust = self.report.path, self.trust.path
        if report is None or trust is None or not report.is_file() or not trust.is_file():
            self._looked = self._seen = None
            self.go.setEnabled(False)
            return
        if self._looked == (report, trust) or self._looking is not None:
            return
        self._looked, self._seen = (report, trust), None
        self._suggest(report)
        self.go.setEnabled(False)
        self._say(label(_("Verifying and calculating again…"), "muted"))
        when = datetime.now(UTC)
        self._looking = job = Job(lambda _progress, _cancelled: judged(report, trust, when))
        job.done.connect(self._show)
        job.failed.connect(self._cannot)
        job.crashed.connect(self._broken)
        job.ended.connect(self._looked_at)
        job.start()

    def _show(self, seen: Seen) -> None:
        from core.handover import obstacle

        self._seen, receipt = seen, seen.receipt
        reason = obstacle(receipt)
        rows: list[QWidget] = [subheading(_("Signed so far"))]
        for signature in receipt.signatures:
            rows += signature_rows(signature)
        if not receipt.signatures:
            rows.append(label(_("There is none that could be read."), "muted", wrap=True))
        rows += said(receipt)
        if reason is not None:
            rows.append(marked("error", "bad", _("It cannot be countersigned: {reason}", reason=say(reason))))
        elif not receipt.missing and len(receipt.signatures) > 1:
            rows.append(marked("check", "good", _("Both have signed it already.")))
        self.read.show()
        self._say(*rows)
        self.go.setEnabled(reason is None and len(receipt.signatures) == 1)

    def _cannot(self, error: UserError) -> None:
        self._say(marked("error", "bad", error.text(language())))

    def _broken(self, trace: str) -> None:
        last = trace.strip().splitlines()[-1]
        self._cannot(
            UserError(
                T("Something went wrong inside the program: {what}", what=last),
                T("Nothing was changed. Try again; if it happens again, save the report and pass it on."),
            )
        )

    def _looked_at(self) -> None:
        self._looking = None
        if self._looked != (self.report.path, self.trust.path):  # another one was chosen meanwhile
            self._soon.start()

    def _open(self) -> None:
        if self.report.path is not None:
            open_with_system(self.report.path)

    def _say(self, *rows: QWidget) -> None:
        clear(self._lines)
        for row in rows:
            self._lines.addWidget(row)
            row.show()  # now, for the size of the dialog follows from it
        self._refit()

    def _refit(self) -> None:
        self.grow()

    def _suggest(self, report: Path) -> None:
        self.out.set_path(free_beside(report))

    # ------------------------------------------------------------------ sign

    def work(self) -> Callable[[], object]:
        trust_file, key, out, looked = self.trust.needed(), self.choice.wish(), self.out.needed(), self._seen
        if looked is None:
            raise UserError(T("The report was not verified yet."), T("Choose the report and wait until it is shown."))
        out = out if out.suffix.lower() == ".pdf" else out.with_name(f"{out.name}.pdf")
        refuse_existing(out)
        time_stamps = self.time_stamps.wish()
        ledger, who, when = self._session.ledger, self._session.person, datetime.now(UTC).replace(microsecond=0)
        self._settings.head_office = trust_file

        def sign() -> SignedTwice:
            from core.handover import countersign, countersigned, is_last_report
            from core.library import load_library
            from core.signing import load_trust

            package, change = looked.receipt.package, None
            with key.opened(when) as identity:
                if package is not None and is_last_report(ledger, package):
                    change = countersigned(ledger, package, identity, who, when)
                trust, library = load_trust(trust_file), load_library()
                made = countersign(
                    looked.pdf, identity, trust, library, when, judged=looked.receipt, time_stamps=time_stamps
                )
                return SignedTwice(made.pdf, out, identity.name, change, ledger)

        return sign

    def succeeded(self, result: object) -> None:
        """On the GUI thread: the file and the plant, both or neither."""
        assert isinstance(result, SignedTwice)
        try:
            keep(self._session, result.ledger, result.pdf, result.out, result.change)
        except UserError as error:
            self.complain(error)
            return
        self.choice.forget()
        self.kept.emit(result)
        self.show_result(
            marked("check", "good", _("Countersigned by {who} and written", who=result.signer)),
            copyable(str(result.out), _("Report with both signatures")),
        )


def judged(report: Path, trust: Path, when: datetime) -> Seen:
    """What head office would find, for a worker.

    Raises
    ------
    UserError
        when a file cannot be opened, or the certificates are none.
    """
    from core.group.inbox.filing import read_file
    from core.handover import receive
    from core.library import load_library
    from core.signing import load_trust

    pdf = read_file(report)
    return Seen(pdf, receive(pdf, load_trust(trust), load_library(), when, isolated=True))


def said(receipt: Receipt) -> list[QWidget]:
    """What the report is about, and the totals one puts one's name to."""
    if receipt.package is None or receipt.inventory is None:
        return []
    totals, package = receipt.inventory.totals, receipt.package
    about = _(
        "{plant}, {year}, revision {revision}",
        plant=receipt.inventory.plant.name,
        year=str(package.choices.period.end.year),
        revision=package.audit.revision,
    )
    tonnes = _(
        "Total, location-based: {location} t CO₂e; market-based: {market} t CO₂e",
        location=show_number(totals.location, 1),
        market=show_number(totals.market, 1),
    )
    return [subheading(_("What it says")), label(about, wrap=True), label(tonnes, wrap=True)]
