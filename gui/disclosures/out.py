"""What leaves the page: the workbook of a framework, and the answers frozen as they were handed in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from core.disclosures.catalogue import all_points
from core.disclosures.readiness import lacking
from core.disclosures.submitting import freeze, submitting
from core.disclosures.value import PointValue
from core.entering.keeping import check
from core.entering.plant import FORMS
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.proofs import proof_of
from core.i18n import T, Text
from core.ledger import QuestionDecision, Submission
from core.ledger.filing import Records
from gui.asking import Asking
from gui.disclosures.acts import Acts
from gui.disclosures.dialogs import HandedIn, SubmitDialog
from gui.disclosures.files import kept_with
from gui.disclosures.found import Found
from gui.jobs import Job, Progress
from gui.language import _
from gui.undoing import tell_change

Before = Mapping[str, PointValue] | Submission
"""What the answers are compared with."""


class Out(QObject):
    """Asks where to, and works in a job."""

    def __init__(self, acts: Acts, before: Callable[[], Before | None]) -> None:
        super().__init__(acts)
        self._acts, self._before = acts, before
        self.dialog: SubmitDialog
        """The one that was opened last."""

    # ------------------------------------------------------------------ workbook

    def ask_export(self, key: str) -> None:
        """Ask where to write the workbook of a framework."""
        found, file = self._acts.settled, self._acts.desk.file
        if found is None:
            return
        name = file.path.with_name(f"{file.path.stem}-{key}-{found.year}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._acts.page, _("Export"), str(name), _("Excel workbooks (*.xlsx)")
        )
        if chosen:
            self.export(key, Path(chosen))

    def export(self, key: str, path: Path) -> None:
        """Write it in a job."""
        found, page = self._acts.settled, self._acts.page
        if found is None:
            return
        before = self._before()

        def work(progress: Progress, _cancelled: object) -> str:
            progress(0.1, T("Writing {file}", file=path.name))
            write_book(found, key, path, before)
            return path.name

        job = Job(work)
        job.done.connect(lambda name: page.tell("good", _("Written: {file}", file=name)))
        page.run(job, _("Exporting"))

    # ------------------------------------------------------------------ handed in

    def ask_submit(self, key: str) -> None:
        """Ask to whom the answers are handed in, and keep them as they are."""
        found, acts = self._acts.settled, self._acts
        if found is None or acts.locked:
            return
        self.dialog = dialog = SubmitDialog(found, key, acts.desk.person, acts.desk.records, acts.page)
        dialog.stated.connect(lambda said: self._submit(dialog, found, key, said))
        dialog.open()

    def _submit(self, dialog: Asking, found: Found, key: str, said: HandedIn) -> None:
        before = self._before()

        def work(_progress: Progress, _cancelled: object) -> bytes:
            return book_of(found, key, before) if said.workbook else b""

        def keep(book: bytes) -> None:
            try:
                self._keep(found, key, said, book)
            except UserError as error:
                dialog.complain(error)
            else:
                dialog.accept()

        job = Job(work)
        job.done.connect(keep)
        job.failed.connect(dialog.complain)
        self._acts.page.run(job, _("Exporting"))

    def _keep(self, found: Found, key: str, said: HandedIn, book: bytes) -> None:
        acts, records = self._acts, self._acts.desk.records
        name = f"{key}-{found.year}-{said.day.isoformat()}.xlsx"
        kept = kept_with(records, [proof_of(name, book)] if book else [])
        records = records.apply(kept.steps)
        one = _frozen(found, key, said, (*said.evidence, *kept.ids), records)
        decision = submitting(records, one)
        check(records.apply(decision.steps), FORMS, one)
        acts.desk.edit(decision.why, (*kept.steps, *decision.steps), kept.data)
        tell_change(acts.page, acts.desk, decision.why)


def _frozen(found: Found, key: str, said: HandedIn, evidence: tuple[str, ...], records: Records) -> Submission:
    (new,) = next_ids(records, 1, "submission")
    return freeze(
        found.maps[key], found.values, found.year, said.day, said.by, said.recipient, key=new, level=found.level,
        decisions=records.held(QuestionDecision), evidence=evidence, note=said.note,
    )  # fmt: skip


def write_book(found: Found, key: str, path: Path, before: Before | None) -> None:
    """The workbook of a framework, with what the answers are compared with where that is known."""
    from core.exchange.disclosures import About, write_disclosure

    ready = found.ready[key]
    missing = lacking(found.ready.values(), all_points(), ready)
    about = About(found.subject, found.today, found.proofs, missing, _compared_with(found, before))
    write_disclosure(path, ready, about, before)


def _compared_with(found: Found, before: Before | None) -> Text | None:
    if before is None:
        return None
    if isinstance(before, Submission):
        return T("Handed in on {day}: {recipient}", day=before.day, recipient=before.recipient)
    return T("Year {year}", year=str(found.year - 1))


def book_of(found: Found, key: str, before: Before | None) -> bytes:
    """The same as bytes, to be kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        write_book(found, key, path, before)
        return path.read_bytes()
