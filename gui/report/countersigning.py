"""Countersign: open a signed report, see who signed what, and put the second signature on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, show_number
from core.ledger import Change, Ledger
from gui.asking import PathField, copyable
from gui.fields import Field
from gui.jobs import Job
from gui.keys.choice import KeyChoice
from gui.keys.signature_rows import signature_rows
from gui.keys.time_stamps import TimeStampsField
from gui.language import _, say
from gui.report.files import free_beside, only_signer, written
from gui.report.keeping import keep
from gui.report.looking import Look, new_pdf
from gui.session import Session
from gui.settings import Settings
from gui.trust.field import trust_field
from gui.widgets import label, marked, subheading

if TYPE_CHECKING:
    from core.handover import Receipt


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


class CountersignDialog(Look):
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
            _("Signed report"),
            parent,
        )
        self._session, self._settings = session, settings
        self._looking: Job | None = None
        self._looked: tuple[Path, Path] | None = None
        """The files that are shown."""
        self._seen: Seen | None = None
        self.trust = trust_field(settings.head_office)
        self.choice = KeyChoice(settings)
        self.out = PathField(_("Report with both signatures"), _("PDF files (*.pdf)"), what="save")
        self.time_stamps = TimeStampsField(settings)
        self.add(_("Signed report"), self.report)
        self.add(
            _("Trust file of head office"), self.trust, _("The file head office gave out; it says whom to believe.")
        )
        self.fields.addWidget(self.found)
        self.fields.addWidget(self.read)
        self.fields.addWidget(self.choice)
        pair = QWidget()  # for what came out takes the place of widgets alone
        last = QHBoxLayout(pair)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(10)
        last.addWidget(self.time_stamps, 2)
        last.addWidget(Field(_("Report with both signatures"), self.out), 3)
        self.fields.addWidget(pair)
        self.trust.changed.connect(self._soon.start)
        self.choice.returned.connect(self.go.click)
        self.choice.switched.connect(self.grow)
        folder = session.path.parent
        self.choice.propose(only_signer(folder))
        for field in (self.report, self.trust, self.choice.file):
            field.begin = folder
        self.report.set_path(written(session.path, session.year, session.audit.revision))

    # ------------------------------------------------------------------ what is signed by whom

    def _look(self) -> None:
        """Verify as soon as both files are there."""
        report, trust = self.report.path, self.trust.path
        if report is None or trust is None or not report.is_file() or not trust.is_file():
            self._looked = self._seen = None
            self.go.setEnabled(False)
            if report is not None and report.is_file():
                self._say(label(_("Choose the trust file of head office, too: then the report is verified."), "muted",
                                wrap=True))  # fmt: skip
            return
        if self._looked == (report, trust) or self._looking is not None:
            return
        self._looked, self._seen = (report, trust), None
        self.out.set_path(free_beside(report))
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
            rows += signature_rows(signature, last=signature is receipt.signatures[-1])
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

    def _looked_at(self) -> None:
        self._looking = None
        if self._looked != (self.report.path, self.trust.path):  # another one was chosen meanwhile
            self._soon.start()

    # ------------------------------------------------------------------ sign

    def work(self) -> Callable[[], object]:
        trust_file, key, looked = self.trust.needed(), self.choice.wish(), self._seen
        if looked is None:
            raise UserError(T("The report was not verified yet."), T("Choose the report and wait until it is shown."))
        out = new_pdf(self.out)
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
        self.choice.used()
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
