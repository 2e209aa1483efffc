"""What a person does with proofs of the register; each act is one undoable change, and what happened is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from core.exchange.register import Act, removing
from core.i18n import T
from core.inventory.evidence import IMPORT
from core.ledger import Evidence
from core.store import BlobReader, Unsound, verify_blobs
from gui.asking import Asking
from gui.evidence.copies import Copies
from gui.evidence.form import DescribeDialog
from gui.evidence.intake import Intake
from gui.evidence.link import LinkDialog
from gui.jobs import Job, Progress
from gui.language import _, say
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import tell_change
from gui.wording import named


class EvidenceActs(QObject):
    """Acts for the page of evidence."""

    verified = Signal(object)
    """Unsound by the id of the proof, after everything was read."""
    MOST_SAID: ClassVar[int] = 200

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings
        self.intake, self.copies = Intake(page, session), Copies(page, session)
        self.dialog: Asking | None = None

    # ------------------------------------------------------------------ take in

    def choose(self, rows: Sequence[str] = ()) -> None:
        """Ask for files and keep them, linked to these records or to none yet."""
        names, _kind = QFileDialog.getOpenFileNames(self._page, _("Add files"))
        if names:
            self.intake.take([Path(name) for name in names], rows)

    def paste(self, rows: Sequence[str] = (), now: datetime | None = None) -> None:
        """Keep the picture or the files of the clipboard."""
        if not self.intake.paste(rows, now):
            self._page.tell("info", _("There is no picture and no file in the clipboard."))

    # ------------------------------------------------------------------ change

    def describe(self, proofs: Sequence[Evidence]) -> None:
        """Ask what they are."""
        if own := self._own(proofs):
            self._ask(DescribeDialog(self._session.ledger, own, self._page))

    def link(self, proofs: Sequence[Evidence]) -> None:
        """Ask which records they belong to."""
        if own := self._own(proofs):
            session = self._session
            self._ask(LinkDialog(session.ledger, session.library, own, session.year, self._settings, self._page))

    def remove(self, proofs: Sequence[Evidence]) -> None:
        """Take them out of the register; undo brings them back."""
        act = self._page.attempt(lambda: removing(self._session.ledger, [one.id for one in proofs]))
        if act is not None:
            self.confirm(act)

    def confirm(self, act: Act) -> None:
        """Make it so and say it."""
        why, steps = act
        if not steps or self._page.attempt(lambda: self._session.edit(why, steps)) is not None:
            tell_change(self._page, self._session, why, changed=bool(steps))

    def _own(self, proofs: Sequence[Evidence]) -> list[Evidence]:
        """Without the files that rows were imported from, which stay as they are."""
        own = [one for one in proofs if one.kind != IMPORT]
        if proofs and not own:
            self._page.tell("info", _("The file that rows were imported from stays as it is."))
        return own

    def _ask(self, dialog: Asking) -> None:
        self.dialog = dialog
        dialog.done_well.connect(self.confirm)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ------------------------------------------------------------------ verify

    def verify(self) -> None:
        """Read everything that is kept and name what is not as it was."""
        session = self._session
        job = Job(_verifying(session.file.reader(), session))
        job.done.connect(self._told)
        self._page.run(job, _("Verifying everything that is kept"))

    def _told(self, answer: tuple[int, tuple[Unsound, ...]]) -> None:
        count, bad = answer
        if not bad:
            self._page.tell("good", _("All kept files are as they were kept: {count}.", count=count))
        else:
            lines = [named(say(one.what), say(one.problem)) for one in bad]
            words = _("Kept files that are missing or altered: {count}, first: {what}", count=len(bad), what=lines[0])
            self._page.tell_more("bad", words, "\n".join(lines[: self.MOST_SAID]))
        found: Mapping[str, Unsound] = {one.id: one for one in bad if one.kind == "evidence"}
        self.verified.emit(found)


def _verifying(
    reader: BlobReader, session: Session
) -> Callable[[Progress, Callable[[], bool]], tuple[int, tuple[Unsound, ...]]]:
    ledger = session.ledger

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> tuple[int, tuple[Unsound, ...]]:
        with reader:
            kept = reader.kept()
            total = max(1, sum(kept.values()))
            words = T("Verifying everything that is kept")
            return len(kept), verify_blobs(reader, ledger, lambda done: progress(done / total, words))

    return work
