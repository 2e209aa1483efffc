"""Check a report of the group, and put the second signature on it: who signed, what it says, what differs today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.i18n import T, Text
from gui.asking import PathField, copyable
from gui.group.asking import reading
from gui.jobs import Cancelled, Job
from gui.keys.choice import KeyChoice
from gui.keys.sign_panel import open_with_system
from gui.keys.signature_rows import signature_rows
from gui.language import _, language, say
from gui.report.files import free_beside
from gui.report.looking import Look, lines_in, new_pdf
from gui.settings import Settings
from gui.widgets import button, clear, label, marked, subheading
from gui.wording import TONNES, tonnes

if TYPE_CHECKING:
    from core.group.out.report import GroupReceipt
    from core.signing import Trust
    from gui.office.office import Office


@dataclass(frozen=True, slots=True)
class Seen:
    """A report that was judged: what is signed is what was shown, whatever becomes of the file."""

    pdf: bytes
    receipt: GroupReceipt


@dataclass(frozen=True, slots=True)
class Approved:
    """The report with both signatures, which is written."""

    out: Path
    signer: str


class GroupReportLook(Look):
    """A report is looked at as soon as it is chosen, and held against the group file that is open."""

    def __init__(self, office: Office, title: str, explained: str, do: str, parent: QWidget | None) -> None:
        super().__init__(title, explained, do, _("Report of the group"), parent)
        self.office = office
        self.seen: Seen | None = None
        self._kept: bytes | None = None
        self._looked: Path | None = None
        self._jobs: list[Job] = []
        self._against = QWidget()
        self._differences = lines_in(self._against)
        self.add(_("Report of the group"), self.report)
        for part in (self.found, self._against, self.read):
            self.fields.addWidget(part)

    # ------------------------------------------------------------------ for the kinds of it

    def look_at(self, path: Path | None) -> None:
        """Look at a file at once."""
        self.report.set_path(path)
        self._soon.stop()
        self._look()

    def look_at_kept(self, name: str, pdf: bytes) -> None:
        """Look at a file that is kept in the group file."""
        self._kept = pdf
        self.report.set_path(Path(name))
        self.report.setEnabled(False)
        self._soon.stop()
        self._look()

    def chosen(self, path: Path) -> None:
        """Another file is looked at."""

    def may_go(self, receipt: GroupReceipt) -> bool:
        """Whether the button can be pressed once the report was looked at."""
        raise NotImplementedError

    # ------------------------------------------------------------------ look

    def _look(self) -> None:
        path, kept, trust = self.report.path, self._kept, self.office.trust
        if self._jobs:
            return  # looked at again when they have ended
        if path is None or (kept is None and not path.is_file()):
            self._looked = self.seen = None
            self.go.setEnabled(False)
            self.read.hide()
            return
        if self._looked == path:
            return
        self._looked, self.seen = path, None
        self.chosen(path)
        self.go.setEnabled(False)
        clear(self._differences)
        if trust is None:
            self._say(marked("error", "bad", _("Nobody is trusted yet, so nothing can be verified.")))
            return
        self._say(label(_("Verifying and drawing again…"), "muted"))
        believed, when = trust, datetime.now(UTC)
        self._start_look(Job(lambda _progress, _cancelled: judged(path, kept, believed, when)), self._show)

    def _start_look(self, job: Job, show: Callable[[Seen], None] | Callable[[tuple[Text, ...]], None]) -> None:
        self._jobs.append(job)
        job.done.connect(show)
        job.failed.connect(self._cannot)
        job.crashed.connect(self._broken)
        job.ended.connect(self._looked_at)
        job.start()

    def _show(self, seen: Seen) -> None:
        receipt = seen.receipt
        self.seen = seen
        self._say(*about(receipt))
        self.read.setVisible(self._kept is None)
        self.go.setEnabled(self.may_go(receipt))
        if receipt.sound and receipt.package is not None:
            self._tell_differences(label(_("Calculating again from the filed reports…"), "muted"))
            package, path, library = receipt.package, self.office.path, self.office.library

            def hold(_progress: object, cancelled: Callable[[], bool]) -> tuple[Text, ...]:
                from core import report
                from core.group.out.package import held_against

                try:
                    with reading(path) as group:
                        return held_against(package, group, library, cancelled)
                except report.Cancelled:
                    raise Cancelled from None

            self._start_look(Job(hold), self._show_against)

    def _show_against(self, differing: tuple[Text, ...]) -> None:
        if not differing:
            self._tell_differences(marked("check", "good", _("The group file says today what the report says.")))
            return
        words = say(T("The group file says something else today: {parts}", parts=differing))
        self._tell_differences(marked("warning", "warning", words))

    def _tell_differences(self, row: QWidget) -> None:
        clear(self._differences)
        self._differences.addWidget(row)
        row.show()
        self.grow()

    def _cannot(self, error: UserError) -> None:
        if self.seen is None:
            super()._cannot(error)
        else:  # the report itself holds; the group file has nothing of its year
            self._tell_differences(marked("error", "bad", error.text(language())))

    def _looked_at(self) -> None:
        self._jobs = [job for job in self._jobs if job.running]
        if not self._jobs and self._kept is None and self._looked != self.report.path:
            self._soon.start()  # another one was chosen meanwhile

    def done(self, result: int) -> None:
        """Nobody waits for the answer any more."""
        for job in self._jobs:
            job.cancel()
        super().done(result)


class CheckGroupReport(GroupReportLook):
    """Shows what was found; where only the approval is missing, it is one click away."""

    approval_wanted = Signal(object)
    """The Path of a report that can be approved."""

    def __init__(self, office: Office, parent: QWidget | None) -> None:
        super().__init__(
            office,
            _("Check a report of the group"),
            _("Signatures, pages and data are verified, and everything in it is calculated again from the reports "
              "that are filed here."),
            _("Approve it…"),
            parent,
        )  # fmt: skip

    def may_go(self, receipt: GroupReceipt) -> bool:
        return self._kept is None and may_be_approved(receipt)

    def work(self) -> Callable[[], object]:
        """Approving has a dialog of its own."""
        path = self.report.needed()
        return lambda: path

    def succeeded(self, result: object) -> None:
        self.accept()
        self.approval_wanted.emit(result)


class ApproveGroupReport(GroupReportLook):
    """The second signature; everything that would be refused later is refused before."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(
            office,
            _("Approve a report of the group"),
            _("The report that head office signed is verified, held against the group file, and gets the signature "
              "of whoever answers for the group. Nothing else of the file changes."),
            _("Approve and sign"),
            parent,
        )  # fmt: skip
        self.choice = KeyChoice(settings)
        self.choice.returned.connect(self.go.click)
        self.choice.switched.connect(self.grow)
        self.out = PathField(_("Report with both signatures"), _("PDF files (*.pdf)"), what="save")
        self.fields.addWidget(self.choice)
        self.add(_("Report with both signatures"), self.out)

    def chosen(self, path: Path) -> None:
        self.out.set_path(free_beside(path))

    def may_go(self, receipt: GroupReceipt) -> bool:
        return may_be_approved(receipt)

    def work(self) -> Callable[[], object]:
        seen, trust = self.seen, self.office.trust
        if seen is None or trust is None:
            raise UserError(T("The report was not verified yet."), T("Choose the report and wait until it is shown."))
        key, out = self.choice.wish(), new_pdf(self.out)
        when = datetime.now(UTC).replace(microsecond=0)

        def sign() -> Approved:
            from core.group.out.report import approve
            from core.handover import write_safely
            from core.signing import PLANT_MANAGER

            with key.opened(when) as identity:
                if identity.role != PLANT_MANAGER:
                    raise UserError(
                        T("{signer} signs as head office and cannot approve.", signer=identity.name),
                        T("Choose the key of whoever answers for the group; its certificate is that of a manager."),
                    )
                write_safely(out, approve(seen.pdf, identity, trust, when, seen.receipt))
                return Approved(out, identity.name)

        return sign

    def succeeded(self, result: object) -> None:
        assert isinstance(result, Approved)
        self.choice.forget()
        self.show_result(
            marked("check", "good", _("Approved by {who} and written", who=result.signer)),
            copyable(str(result.out), _("Report with both signatures")),
            button(_("Open"), lambda: open_with_system(result.out), picture="open"),
        )
        self.fields.addStretch(1)
        self.resize(self.width(), self.sizeHint().height())


# ---------------------------------------------------------------------- what is found


def judged(path: Path, kept: bytes | None, trust: Trust, when: datetime) -> Seen:
    """What anybody would find, for a worker.

    Raises
    ------
    UserError
        when the file cannot be opened.
    """
    from core.group.inbox.filing import read_file
    from core.group.out.report import judge_group_report

    pdf = read_file(path) if kept is None else kept
    return Seen(pdf, judge_group_report(pdf, trust, when))


def may_be_approved(receipt: GroupReceipt) -> bool:
    """Whether only the second signature is missing."""
    from core.signing import PLANT_MANAGER

    there = {one.field for one in receipt.verification.signatures}
    return receipt.sound and bool(there) and PLANT_MANAGER not in there


def about(receipt: GroupReceipt) -> list[QWidget]:
    """The judgement first, then what the report says, then who signed it."""
    rows: list[QWidget] = [verdict(receipt)]
    if receipt.package is not None:
        from core.report.group.data import GroupData

        data = GroupData(receipt.package)
        words = _("{group}, {year}", group=receipt.package.register.group.name, year=str(receipt.package.contents.year))
        sums = _("Total, location-based: {location} {unit}; market-based: {market} {unit}",
                 location=tonnes(data.location), market=tonnes(data.market), unit=TONNES)  # fmt: skip
        rows += [subheading(_("What it says")), label(words, wrap=True), label(sums, wrap=True)]
    rows.append(subheading(_("Signed so far")))
    for place, signature in enumerate(receipt.verification.signatures):
        rows += signature_rows(signature, last=place == len(receipt.verification.signatures) - 1)
    if not receipt.verification.signatures:
        rows.append(label(_("There is none that could be read."), "muted", wrap=True))
    return rows


def verdict(receipt: GroupReceipt) -> QWidget:
    """Whether it holds; what only waits for its approval is no fault."""
    if receipt.valid:
        return marked("check", "good", say(receipt.reason))
    if receipt.sound:
        return marked("info", "accent", say(receipt.reason))
    words = say(receipt.reason)
    if receipt.verification.package_bytes is not None:
        words = _("{why} Drop it on the page Inbox.", why=words)
    return marked("error", "bad", words)
