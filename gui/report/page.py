"""Report: settle what forbids it, say what it covers, look at it, sign it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from core.audit.roles import PLANT_MANAGER, TEAM
from core.audit.states import CONCLUDED, IN_REVIEW
from core.errors import UserError
from core.i18n import T
from core.ledger import Audit, Ledger
from core.methods import Finding
from gui.commands import Command
from gui.giving_way import Pane
from gui.jobs import Job, crash_error
from gui.keys.certificates import CompleteDialog, Made, RequestDialog
from gui.keys.renewing import RenewalDialog
from gui.keys.sign_panel import SignPanel, Wish, open_with_system
from gui.language import _, language
from gui.page import Page
from gui.pdf.preview import Preview
from gui.report.before_signing import BeforeSigning, holds
from gui.report.countersigning import CountersignDialog, SignedTwice
from gui.report.files import free_name, only_signer
from gui.report.form import AuditForm
from gui.report.issuing import Signed, change_of, drafting, order_of, saving, signing
from gui.report.keeping import keep
from gui.session import Session
from gui.settings import Settings
from gui.widgets import button, card, divided, empty_state, in_order, label, subheading

PAUSE_MS = 350
"""Typing and clicking go on while nothing is drawn."""
ALTERED = T("This file was altered outside the program, so nobody can sign it.")


class ReportPage(Page):
    """Decisions at the left, the report as it will be at the right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._job: Job | None = None
        """Draws the draft."""
        self._signing: Job | None = None
        self._aim: tuple[Wish, Ledger] | None = None
        """Where and how it is to be signed, and the ledger it is made of."""
        self._result: Signed | None = None
        self._drawn: object = None
        """What the preview shows: the order it was made of, or the signed file."""
        self.form = AuditForm(session)
        self.panel = SignPanel(settings)
        self.preview = Preview()
        self.before = BeforeSigning()
        self._year = label("", size=1.35, strong=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.draw)
        self._build()
        self.before.asked.connect(lambda subject: self.wanted.emit("activity", subject))
        self.before.boundary_asked.connect(self.form.boundary.setFocus)
        self.form.chosen.connect(self._choose)
        self.form.language_changed.connect(self._redraw)
        self.panel.asked.connect(self.sign)
        self.panel.request_wanted.connect(self.request_certificate)
        self.panel.completion_wanted.connect(self.take_in_certificate)
        self.panel.countersign_wanted.connect(self.countersign)

    def _build(self) -> None:
        settle, inside = card()
        inside.addWidget(self.before)
        says, fields = card()
        says.setAccessibleName(_("What the report says"))
        fields.addWidget(subheading(_("What the report says")))
        fields.addWidget(self.form)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (settle, self.panel, says):
            column.addWidget(part)
        column.addStretch(1)
        digit = self.fontMetrics().horizontalAdvance("0")
        left = QWidget()
        steps = QVBoxLayout(left)
        steps.setContentsMargins(16, 14, 8, 14)
        steps.setSpacing(12)
        steps.addWidget(self._year)
        self._area = Pane(content)
        steps.addWidget(self._area, 1)
        right = QWidget()
        pages = QVBoxLayout(right)
        pages.setContentsMargins(8, 14, 16, 14)
        self.preview.bar.addSpacing(8)
        self.preview.add_tool(button(_("Save unsigned draft…"), self.save_draft, picture="export"))
        pages.addWidget(self.preview)
        split = divided(left, right)
        split.setStretchFactor(1, 1)
        split.setSizes([digit * 54, 2000])
        self._stack = QStackedLayout(self)
        self._stack.addWidget(split)
        self._stack.addWidget(self._nothing())

    def _nothing(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.addWidget(
            empty_state(
                "report",
                _("No report yet"),
                _(
                    "Here the year becomes a PDF that people read and head office recalculates. "
                    "It needs the bills of the year first."
                ),
                button(_("Enter activity data"), lambda: self.wanted.emit("activity", None), role="primary"),
                button(_("Countersign a signed report…"), self.countersign),
            )
        )
        return made

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        session = self._session
        self._stack.setCurrentIndex(0 if session.inventory.activities else 1)
        if not session.inventory.activities:
            return
        self._year.setText(_("Report {year}", year=str(session.year)))
        self.form.refresh()
        self._show_status()
        self._show_findings()
        self._suggest_files()
        self._soon.start()

    def show_subject(self, subject: object) -> None:
        self._to_secret()

    def _to_secret(self) -> None:
        """Where one types what the key asks for, brought into sight."""
        self.panel.choice.focus_secret()
        self._area.ensureWidgetVisible(self.panel.choice)

    def commands(self) -> list[Command]:
        return [
            Command(_("Sign report"), self._to_secret, icon="sign"),
            Command(_("Countersign a signed report…"), self.countersign, icon="sign"),
            Command(_("Save unsigned draft…"), self.save_draft, icon="export"),
            Command(_("Request a certificate…"), self.request_certificate, icon="certificate"),
            Command(_("Take in a certificate…"), self.take_in_certificate, icon="certificate"),
            Command(_("Renew my certificate…"), self.renew_certificate, icon="certificate"),
        ]

    # ------------------------------------------------------------------ state

    def _show_status(self) -> None:
        status = self.before.show_status(self._session)
        engagement = self._session.ledger.engagement(self._session.year)
        concluding = engagement is not None and engagement.state == IN_REVIEW
        settled = holds(status) and not concluding
        self.panel.name_revision(status.revision + 1, settled=settled, concluding=concluding)
        if role := self._role():
            self.panel.sign_as(role)

    def _role(self) -> str:
        """As whom the person signs who acts; empty: nobody has said who that is."""
        person = self._session.actor
        if person is None:
            return ""
        return "PlantManager" if PLANT_MANAGER in person.roles and not TEAM & set(person.roles) else "Auditor"

    def _show_findings(self) -> None:
        errors = self.before.show_findings(self._session)
        self.panel.allow(self._why_not(errors))
        in_order(*self.before.links, *self.panel.stops(), *self.form.stops(), *self.preview.stops())

    def _why_not(self, errors: Sequence[Finding]) -> str:
        if not self._session.writable:
            return _("This file is open read-only, so nothing can be signed.")
        if not self._session.file.health.sound:
            return ALTERED.in_language(language())
        if errors:
            return _("Correct the errors above first.")
        engagement = self._session.ledger.engagement(self._session.year)
        if engagement is None or engagement.state == IN_REVIEW:
            return ""
        if engagement.state == CONCLUDED:
            return _("The audit of {year} is concluded and its report signed.", year=engagement.id)
        return _(
            "{year} is audited: its report is signed when the audit is concluded, after the independent review.",
            year=engagement.id,
        )

    def _suggest_files(self) -> None:
        """The key that signed last, else the only one beside the plant file; and a name that is free."""
        folder = self._session.path.parent
        self.panel.choice.propose(only_signer(folder))
        if self._signing is None:
            self.panel.out.set_path(free_name(self._session.path, self._session.year, self._session.audit.revision + 1))

    # ------------------------------------------------------------------ decisions

    def _choose(self, audit: Audit) -> None:
        year = str(self._session.year)
        self.attempt(lambda: self._session.put(T("Choices for the report of {year}", year=year), audit))

    def request_certificate(self) -> None:
        """A new key, and the request for its certificate."""
        session = self._session
        name = session.person if session.actor is not None else session.audit.preparer or session.person
        organisation = session.ledger.plant.organisation
        RequestDialog(name, organisation, session.path.parent, self, settings=self._settings, role=self._role()).open()

    def renew_certificate(self) -> None:
        """The next certificate is asked for with the key that is ending."""
        RenewalDialog(self._session.path.parent, self._settings, self).open()

    def take_in_certificate(self) -> None:
        """The returned certificate and the key become the file that signs."""
        dialog = CompleteDialog(self._session.path.parent, self, settings=self._settings)
        dialog.done_well.connect(self._use_key)
        dialog.open()

    def countersign(self) -> None:
        """The second signature on a report that somebody else signed."""
        self._countersign(None)

    def _countersign(self, report: Path | None) -> None:
        dialog = CountersignDialog(self._session, self._settings, self)
        if report is not None:
            dialog.report.set_path(report)
        dialog.kept.connect(self._countersigned)
        dialog.open()

    def takes(self, path: Path) -> bool:
        """A signed report that came by mail, while this page is the one that is shown."""
        return self.isVisible() and path.suffix.lower() == ".pdf"

    def take(self, paths: Sequence[Path]) -> None:
        self._countersign(paths[0])

    def _countersigned(self, made: object) -> None:
        if isinstance(made, SignedTwice):
            self._tell_of_file(_("Countersigned by {who}: {file}", who=made.signer, file=made.out.name), made.out)

    def _use_key(self, made: object) -> None:
        assert isinstance(made, Made)
        self.panel.choice.use(made.files[0] if made.files else None)
        self._to_secret()
        if made.files:
            self.tell("good", _("Your key is ready: {file}", file=made.files[0].name))
        else:
            self.tell("good", _("Your certificate is on the token; it can sign now."))

    # ------------------------------------------------------------------ preview

    def _redraw(self) -> None:
        self._soon.start()

    def draw(self) -> None:
        """Show the report as it would be now; only when something it says has changed.

        It comes a moment after the change that asked for it: the plant may be closed by then.
        """
        if not self._session.is_open:
            return
        order = order_of(self._session, str(self.form.language.currentData()))
        if self._signing is not None or not self._session.inventory.activities or order == self._drawn:
            return
        if self._job is not None:
            self._job.cancel()
        self._drawn = order
        if not self.preview.showing:
            self.preview.say_instead(_("Drawing the report…"))
        self._job = job = Job(drafting(order))
        # Methods, not lambdas: Qt forgets them when the page dies before the job.
        job.done.connect(self._show)
        job.failed.connect(self._cannot_show)
        job.crashed.connect(self._crashed)
        job.start()

    def _awaited(self) -> bool:
        """Whether what comes is shown: not of a job that another has overtaken, nor of a plant closed meanwhile."""
        if self.sender() is not self._job:
            return False
        self._job = None
        return self._session.is_open

    def _show(self, pdf: bytes) -> None:
        if self._awaited():
            self.preview.show_pdf(pdf)

    def _cannot_show(self, error: UserError) -> None:
        if self._awaited():
            self.preview.say_instead(error.text(language()))

    def _crashed(self, trace: str) -> None:
        self._cannot_show(crash_error(trace))

    def save_draft(self) -> None:
        """Write the unsigned report to a file of the person's choice."""
        start = str(self._session.path.with_name(f"{self._session.path.stem}-{self._session.year}-draft.pdf"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save unsigned draft"), start, _("PDF files (*.pdf)"))
        if chosen:
            job = Job(saving(drafting(order_of(self._session, str(self.form.language.currentData()))), Path(chosen)))
            job.done.connect(self._saved)
            self.run(job, _("Making the report"))

    def _saved(self, path: Path) -> None:
        self._tell_of_file(_("Draft written: {file}", file=path.name), path)

    def _tell_of_file(self, sentence: str, path: Path) -> None:
        """Once the notice line has seen the end of the job."""
        QTimer.singleShot(0, self, lambda: self.tell("good", sentence, (_("Open"), lambda: open_with_system(path))))

    # ------------------------------------------------------------------ sign

    def sign(self) -> None:
        """Render and sign in a job; write and remember when it is back."""
        wish = self.attempt(self._wish)
        if wish is None or self._signing is not None:
            return
        self.form.commit()
        order = order_of(self._session, str(self.form.language.currentData()))
        self._signing = job = Job(signing(order, wish.key, wish.role, wish.time_stamps))
        self._aim = (wish, order.ledger)
        self.panel.work(True)
        job.done.connect(self._finish)
        self.run(job, _("Signing the report"))
        job.ended.connect(self._signed)  # after the notice line, which clears itself then

    def _wish(self) -> Wish:
        """What is entered, unless the file forbids signing."""
        if not self._session.file.health.sound:
            raise UserError(ALTERED, T("Take the last copy that is sound, or enter the altered records again."))
        return self.panel.wish()

    def _finish(self, signed: Signed) -> None:
        self._result = signed

    def _record(self, signed: Signed, wish: Wish, ledger: Ledger) -> None:
        """On the GUI thread: the file and the plant, both or neither."""
        out = wish.out
        if self.attempt(lambda: self._keep(signed, out, ledger)):
            self.panel.choice.used()
            self.panel.show_result(out, wish.time_stamps)
            self._area.ensureWidgetVisible(self.panel.results)
            self._drawn = order_of(self._session, str(self.form.language.currentData()))
            self.preview.show_pdf(signed.pdf)
            self._tell_of_file(_("Signed by {who}: {file}", who=signed.signer, file=out.name), out)

    def _keep(self, signed: Signed, out: Path, ledger: Ledger) -> bool:
        keep(self._session, ledger, signed.pdf, out, *change_of(signed, ledger))
        return True

    def _signed(self) -> None:
        aim, signed = self._aim, self._result
        self._signing = self._aim = self._result = None
        if not self._session.is_open:  # whoever closed the plant did not wait for the signature
            return
        self.panel.work(False)
        if aim is not None and signed is not None:
            self._record(signed, *aim)
        else:
            self._to_secret()  # it was the wrong one, or something else is to be mended first
        self.refresh()
