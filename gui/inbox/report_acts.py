"""What a person does in the inbox: hand in, watch, decide, judge again, write out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from core.store import ACCEPTED, HELD, REJECTED, Filed
from gui.choosing import REPORTS, asked_for_files, asked_for_folder
from gui.evidence.copies import safe_name
from gui.jobs import Job
from gui.language import _, say
from gui.office.naming import known_person
from gui.reason_dialog import ask_reason
from gui.settings import Settings
from gui.wording import clauses, some_of

if TYPE_CHECKING:
    from core.handover.carrying import Travelling
    from gui.inbox.page import InboxPage
    from gui.office.office import Office

MOST_NAMED = 12
"""Plants named in a question about several reports."""


class ReportActs:
    """Belongs to the page, which says on which report the person stands."""

    def __init__(self, page: InboxPage, office: Office, settings: Settings) -> None:
        self._page, self._office, self._settings = page, office, settings

    @property
    def current(self) -> Filed | None:
        """The report on which the person stands."""
        row = self._page.table.current_record()
        return row.filed if row else None

    # ------------------------------------------------------------------ handing in

    def choose_files(self) -> None:
        """Ask for reports."""
        kinds = _("PDF files (*.pdf)")
        where = self._settings, REPORTS, self._office.path
        if paths := asked_for_files(self._page, _("Choose files"), kinds, *where):
            self.receive(paths)

    def choose_folder(self) -> None:
        """Ask for a folder of reports."""
        where = self._settings, REPORTS, self._office.path
        if folder := asked_for_folder(self._page, _("Choose folder"), *where):
            self.receive([folder])

    def receive(self, paths: Sequence[Path]) -> None:
        """Hand in files and folders."""
        count = self._page.attempt(lambda: self._office.receive(paths))
        if count == 0:
            self._page.tell("warning", _("There is no PDF file in it."))
        elif count and self._office.trust is None:
            self._page.tell("warning", _("{count} files wait until you choose whom to trust.", count=count))

    def clear(self) -> None:
        """Forget the files that were stopped or could not be opened."""
        count = self._office.queue.count("stopped", "failed")
        self._office.queue.forget()
        self._page.tell("info", _("Files cleared: {count}. They can be handed in again.", count=count))

    def believe(self, paths: Sequence[Path]) -> None:
        """Trust the authorities of these files."""
        if not known_person(self._office, self._settings, self._page):
            return
        entry = self._page.attempt(lambda: self._office.believe(paths))
        if entry is not None:
            names = ", ".join(path.name for path in paths)
            self._page.tell("good", _("Trusted from now on: {file}", file=names))

    # ------------------------------------------------------------------ watching

    def choose_watched(self) -> None:
        """Ask for the folder whose reports come in by themselves."""
        start = self._settings.watched_folder(self._office.path)
        if name := QFileDialog.getExistingDirectory(self._page, _("Watch a folder"), str(start or "")):
            self._settings.watch_folder(self._office.path, Path(name))
            self.watch(Path(name))
            self._page.tell(
                "good", _("Reports that arrive in “{folder}” come in by themselves.", folder=Path(name).name)
            )

    def watch(self, folder: Path) -> None:
        """From now on, as long as the group is open."""
        self._office.watcher.watch(folder)

    def stop_watching(self) -> None:
        """Watch no longer, and remember that."""
        self._settings.watch_folder(self._office.path, None)
        self._office.watcher.stop()

    # ------------------------------------------------------------------ deciding

    @property
    def to_decide(self) -> list[Filed]:
        """The held reports that are selected, else the one on which the person stands."""
        rows = [row.filed for row in self._page.table.chosen if row.filed is not None]
        current = [] if self.current is None else [self.current]
        return [one for one in (rows if len(rows) > 1 else current) if one.state == HELD]

    @property
    def may_decide(self) -> bool:
        """Whether something that is held is selected."""
        return bool(self.to_decide) and self._office.writable

    def accept(self) -> None:
        """Let held reports count."""
        explained = _("It counts from now on, in place of an earlier revision. This is final.")
        if held := self._held():
            title = _("Accept “{file}”", file=held[0].name)
            if len(held) > 1:
                title = _("Accept {count} reports", count=len(held))
                explained = _("They count from now on, in place of earlier revisions. This is final, and the reason "
                              "is kept with each: {files}", files=_names(held))  # fmt: skip
            self._decide(held, ACCEPTED, ask_reason(title, explained, _accept(len(held)), self._page))

    def reject(self) -> None:
        """Send held reports back."""
        explained = _("It counts nowhere; its original is kept. This is final: the plant has to send a new revision.")
        if held := self._held():
            title = _("Reject “{file}”", file=held[0].name)
            if len(held) > 1:
                title = _("Reject {count} reports", count=len(held))
                explained = _("They count nowhere; their originals are kept. This is final: the plants have to send "
                              "new revisions. The reason is kept with each: {files}", files=_names(held))  # fmt: skip
            self._decide(held, REJECTED, ask_reason(title, explained, _reject(len(held)), self._page))

    def _held(self) -> list[Filed]:
        """The held reports, once it is known who decides."""
        held = self.to_decide if self.may_decide else []
        return held if held and known_person(self._office, self._settings, self._page) else []

    def _decide(self, held: Sequence[Filed], verdict: str, reason: str) -> None:
        """Decide about one after the other, and go on to the next that waits."""
        if not reason:
            return
        following, said = self._page.next_held(held), ""
        for filed in held:
            entry = self._page.attempt(partial(self._office.decide, filed, verdict, reason))
            if entry is None:
                return
            said = say(entry.change.why)
        if len(held) > 1:
            said = _told(verdict, len(held))
        left = sum(one.state == HELD for one in self._office.filed)
        self._page.tell("good", clauses([said, _("still held: {count}", count=left)]) if left else said)
        if following:
            self._page.show_subject(following)

    # ------------------------------------------------------------------ judging again

    @property
    def open_ones(self) -> list[Filed]:
        """Reports that another judgement could change."""
        return [one for one in self._office.filed if one.state in (HELD, REJECTED)]

    def judge_again(self) -> None:
        """Judge the chosen report once more."""
        if (filed := self.current) is not None:
            self._judge([filed])

    def judge_all_again(self) -> None:
        """Judge everything that is held or was rejected once more, for trust may have changed."""
        self._judge(self.open_ones)

    def _judge(self, reports: Sequence[Filed]) -> None:
        count = self._page.attempt(lambda: self._office.judge_again(reports))
        if count == 0:
            self._page.tell("info", _("Only what is held or was rejected can be judged again."))

    # ------------------------------------------------------------------ writing out

    def save_original(self) -> None:
        """Write the received file out again."""
        filed = self.current
        if filed is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save the received file"), filed.name, _("PDF files (*.pdf)")
        )
        written = self._page.attempt(lambda: self._write(Path(name), filed)) if name else None
        if written is not None:
            self._page.tell("good", _("Written: {file}", file=written.name))

    def _write(self, path: Path, filed: Filed) -> Path:
        from core.handover import write_safely

        write_safely(path, self._office.original(filed))
        return path

    def save_proof(self, one: Travelling) -> None:
        """Write a proof that travelled inside the chosen report."""
        filed = self.current
        if filed is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self._page, _("Save the proof"), safe_name(one.proof.name))
        act = self._page.attempt(lambda: self._office.to_take_out(filed, one, Path(name))) if name else None
        if act is None:
            return
        job = Job(lambda _progress, _cancelled: act())
        job.done.connect(lambda path: self._page.tell("good", _("Written: {file}", file=path.name)))
        self._page.run(job, _("Taking “{file}” out of the report", file=one.proof.name))


def _names(held: Sequence[Filed]) -> str:
    """Their plants, the first of many."""
    return some_of([one.plant or one.name for one in held], MOST_NAMED)


def _told(verdict: str, count: int) -> str:
    if verdict == ACCEPTED:
        return _("Reports accepted: {count}", count=count)
    return _("Reports rejected: {count}", count=count)


def _accept(count: int) -> str:
    return _("Accept the report") if count == 1 else _("Accept the reports")


def _reject(count: int) -> str:
    return _("Reject the report") if count == 1 else _("Reject the reports")
