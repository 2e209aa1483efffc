"""Report: settle what forbids it, say what it covers, look at it, sign it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.audit.people import acting
from core.audit.roles import PLANT_MANAGER, TEAM
from core.audit.states import CONCLUDED, IN_REVIEW
from core.checks import forbidding, open_findings
from core.errors import UserError
from core.i18n import T, Text, show_date
from core.ledger import Audit, Ledger
from core.methods import Finding
from gui.audit_form import AuditForm
from gui.certificates import CompleteDialog, Made, RequestDialog
from gui.commands import Command
from gui.countersigning import CountersignDialog, SignedTwice
from gui.issuing import Signed, Status, change_of, drafting, order_of, saving, signing, status_of
from gui.jobs import Job
from gui.language import _, language, say
from gui.page import Page
from gui.preview import Preview
from gui.session import Session
from gui.settings import Settings
from gui.sign_panel import SignPanel, Wish, open_with_system
from gui.widgets import button, card, clear, empty_state, label, marked, scrolled, subheading

PAUSE_MS = 350
"""Typing and clicking go on while nothing is drawn."""
ALTERED = T("This file was altered outside the program, so nobody can sign it.")
LISTED = 6
"""Findings listed before the rest is only counted."""


class ReportPage(Page):
    """Decisions at the left, the report as it will be at the right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._job: Job | None = None
        """Draws the draft."""
        self._signing: Job | None = None
        self._aim: tuple[Path, Ledger] | None = None
        """Where the signed file goes, and the ledger it is made of."""
        self._result: Signed | None = None
        self._drawn: object = None
        """What the preview shows: the order it was made of, or the signed file."""
        self.form = AuditForm(session)
        self.panel = SignPanel(settings)
        self.preview = Preview()
        self.status = QVBoxLayout()
        self.findings = QVBoxLayout()
        self._year = label("", size=1.35, strong=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.draw)
        self._build()
        self.form.chosen.connect(self._choose)
        self.form.language_changed.connect(self._redraw)
        self.panel.asked.connect(self.sign)
        self.panel.request_wanted.connect(self.request_certificate)
        self.panel.completion_wanted.connect(self.take_in_certificate)
        self.panel.countersign_wanted.connect(self.countersign)
        self.panel.choice.switched.connect(self._fit)

    def _build(self) -> None:
        settle, inside = card()
        self.findings.setSpacing(6)
        self._heading = subheading(_("Before signing"))
        inside.addWidget(self._heading)
        inside.addLayout(self.status)
        inside.addLayout(self.findings)
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
        self._content = content
        self._area = scrolled(content)
        steps.addWidget(self._area, 1)
        right = QWidget()
        pages = QVBoxLayout(right)
        pages.setContentsMargins(8, 14, 16, 14)
        self.preview.bar.addSpacing(8)
        self.preview.add_tool(button(_("Save unsigned draft…"), self.save_draft, picture="export"))
        pages.addWidget(self.preview)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
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
        self._fit()
        self._soon.start()

    def _fit(self) -> None:
        """Never narrower than what stands in it."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._content.minimumSizeHint().width() + bar)

    def show_subject(self, subject: object) -> None:
        self.panel.choice.setFocus()
        self.panel.choice.focus_secret()

    def commands(self) -> list[Command]:
        return [
            Command(_("Sign report"), self.panel.choice.focus_secret, icon="sign"),
            Command(_("Countersign a signed report…"), self.countersign, icon="sign"),
            Command(_("Save unsigned draft…"), self.save_draft, icon="export"),
            Command(_("Request a certificate…"), self.request_certificate, icon="certificate"),
            Command(_("Take in a certificate…"), self.take_in_certificate, icon="certificate"),
        ]

    # ------------------------------------------------------------------ state

    def _show_status(self) -> None:
        status = status_of(self._session)
        if not status.revision:
            sentence = _("Draft. Nothing was signed for {year} yet.", year=str(self._session.year))
        elif status.when is None:
            sentence = _("Revision {number} is signed.", number=status.revision)
        else:
            sentence = _(
                "Revision {number} was signed on {day} by {who}.",
                number=status.revision,
                day=show_date(status.when.date(), language()),
                who=status.who,
            )
        if status.changed_since:
            sentence += " " + _("The data changed since; sign again to make revision {next}.", next=status.revision + 1)
        clear(self.status)
        signed = status.revision and not status.changed_since
        self.status.addWidget(marked("check", "good", sentence) if signed else label(sentence, wrap=True))
        self._heading.setText(_state_heading(status))
        engagement = self._session.ledger.engagement(self._session.year)
        concluding = engagement is not None and engagement.state == IN_REVIEW
        self.panel.name_revision(status.revision + 1, settled=bool(signed) and not concluding, concluding=concluding)
        person = acting(self._session.ledger, self._session.person)
        if person is not None:
            manages = PLANT_MANAGER in person.roles and not TEAM & set(person.roles)
            self.panel.sign_as("PlantManager" if manages else "Auditor")

    def _show_findings(self) -> None:
        clear(self.findings)
        self._links: list[QPushButton] = []
        errors = list(forbidding(self._session.findings))
        warnings = sum(f.severity == "warning" for f in open_findings(self._session.findings))
        if errors:
            self.findings.addWidget(marked("error", "bad", counted_errors(len(errors))))
            for finding in errors[:LISTED]:
                self.findings.addWidget(self._jump(finding))
            if len(errors) > LISTED:
                more = _("{count} more on the page “Activity data”", count=len(errors) - LISTED)
                self.findings.addWidget(self._link(more, lambda: self.wanted.emit("activity", None)))
        else:
            self.findings.addWidget(marked("check", "good", _("No finding forbids signing.")))
        if warnings:
            self.findings.addWidget(
                marked("warning", "warning", _("{count} warnings; they will stand in the report.", count=warnings))
            )
        if not self._session.audit.boundary:
            self.findings.addWidget(marked("info", "accent", _("The boundary is not described yet.")))
            self.findings.addWidget(self._link(_("Describe the boundary"), self.form.boundary.setFocus))
        self.panel.allow(self._why_not(errors))
        in_order(*self._links, *self.panel.stops(), *self.form.stops(), *self.preview.stops())

    def _why_not(self, errors: list[Finding]) -> str:
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

    def _link(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = button(text, act, role="link")
        self._links.append(made)
        return made

    def _jump(self, finding: Finding) -> QWidget:
        """What is wrong, what to do, and the way there."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(22, 0, 0, 4)
        column.setSpacing(1)
        column.addWidget(label(say(finding.message), wrap=True))
        column.addWidget(label(say(finding.remedy), "muted", wrap=True))
        row = QHBoxLayout()
        there = self._link(_("Go there"), lambda: self.wanted.emit("activity", finding.subject))
        there.setAccessibleName(_("Go there: {what}", what=say(finding.message)))
        row.addWidget(there)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _suggest_files(self) -> None:
        """The only key beside the plant file, and a name that is free."""
        folder = self._session.path.parent
        if self.panel.key.path is None and (key := only_signer(folder)) is not None:
            self.panel.key.set_path(key)
        if self._signing is None:
            self.panel.out.set_path(free_name(self._session.path, self._session.year, self._session.audit.revision + 1))

    # ------------------------------------------------------------------ decisions

    def _choose(self, audit: Audit) -> None:
        year = str(self._session.year)
        self.attempt(lambda: self._session.put(T("Choices for the report of {year}", year=year), audit))

    def request_certificate(self) -> None:
        """A new key, and the request for its certificate."""
        session = self._session
        name = session.audit.preparer or session.person
        organisation = session.ledger.plant.organisation
        RequestDialog(name, organisation, session.path.parent, self, settings=self._settings).open()

    def take_in_certificate(self) -> None:
        """The returned certificate and the key become the file that signs."""
        dialog = CompleteDialog(self._session.path.parent, self, settings=self._settings)
        dialog.done_well.connect(self._use_key)
        dialog.open()

    def countersign(self) -> None:
        """The second signature on a report that somebody else signed."""
        dialog = CountersignDialog(self._session, self._settings, self)
        dialog.kept.connect(self._countersigned)
        dialog.open()

    def _countersigned(self, made: object) -> None:
        if isinstance(made, SignedTwice):
            self._tell_of_file(_("Countersigned by {who}: {file}", who=made.signer, file=made.out.name), made.out)

    def _use_key(self, made: object) -> None:
        assert isinstance(made, Made)
        self.panel.choice.use(made.files[0] if made.files else None)
        self.panel.choice.focus_secret()
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

    def _show(self, pdf: bytes) -> None:
        if self.sender() is self._job:
            self._job = None
            self.preview.show_pdf(pdf)

    def _cannot_show(self, error: UserError) -> None:
        if self.sender() is self._job:
            self._job = None
            self.preview.say_instead(error.text(language()))

    def _crashed(self, trace: str) -> None:
        self._cannot_show(UserError(broken(trace)))

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
        self._signing = job = Job(signing(order, wish.key, wish.role))
        self._aim = (wish.out, order.ledger)
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

    def _record(self, signed: Signed, out: Path, ledger: Ledger) -> None:
        """On the GUI thread: the file first, then the plant; both or none."""
        if self.attempt(lambda: self._keep(signed, out, ledger)):
            self.panel.choice.forget()
            self.panel.show_result(out)
            self._drawn = order_of(self._session, str(self.form.language.currentData()))
            self.preview.show_pdf(signed.pdf)
            self._tell_of_file(_("Signed by {who}: {file}", who=signed.signer, file=out.name), out)

    def _keep(self, signed: Signed, out: Path, ledger: Ledger) -> bool:
        from core.handover import write_safely

        if self._session.ledger is not ledger:
            raise UserError(
                T("The plant was changed while its report was being signed; nothing was written."), T("Sign again.")
            )
        write_safely(out, signed.pdf)
        try:
            self._session.confirm(*change_of(signed, self._session.ledger))
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        return True

    def _signed(self) -> None:
        aim, signed = self._aim, self._result
        self._signing = self._aim = self._result = None
        if not self._session.is_open:  # whoever closed the plant did not wait for the signature
            return
        self.panel.work(False)
        if aim is not None and signed is not None:
            self._record(signed, *aim)
        self.refresh()


def _state_heading(status: Status) -> str:
    if not status.revision:
        return _("Before signing")
    return _("Before signing again") if status.changed_since else _("Signed")


def in_order(*stops: QWidget) -> None:
    """The keyboard goes through these one after the other; what is made anew would come last otherwise."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def counted_errors(count: int) -> str:
    """How many errors forbid signing."""
    if count == 1:
        return _("1 error forbids signing.")
    return _("{count} errors forbid signing.", count=count)


def only_signer(folder: Path) -> Path | None:
    """The key file beside the plant, if there is exactly one that is not the authority's."""
    found = [p for p in sorted(folder.glob("*.p12")) if not p.with_suffix(".group").exists()]
    return found[0] if len(found) == 1 else None


def free_name(plant: Path, year: int, revision: int) -> Path:
    """Where the next signed report goes: beside the plant, never over another file."""
    wanted = plant.with_name(f"{plant.stem}-{year}-r{revision}.pdf")
    number = 2
    while wanted.exists():
        wanted = plant.with_name(f"{plant.stem}-{year}-r{revision}-{number}.pdf")
        number += 1
    return wanted


def broken(trace: str) -> Text:
    """A bug of ours, in one sentence."""
    return T("Something went wrong inside the program: {what}", what=trace.strip().splitlines()[-1])
