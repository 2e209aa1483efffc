"""Choosing a colleague's copy, comparing it in a job, and telling what came in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui.jobs import Job, Progress
from gui.language import _, say
from gui.notices import Notice
from gui.protection.unlocking import when_unlocked
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from core.ledger import Entry
    from core.store import Found


def merge_copy(window: Window, session: Session, settings: Settings) -> None:
    """Ask for the file of a colleague and merge it."""
    name, _kind = QFileDialog.getOpenFileName(
        window, _("Merge a colleague's copy"), str(session.path.parent), f"{_('Plants')} (*.plant)"
    )
    if name:
        compare_copy(window, session, settings, Path(name))


def compare_copy(window: Window, session: Session, settings: Settings, path: Path) -> None:
    """Compare in a job, which can be cancelled, then show what there is to decide."""
    when_unlocked(path, window, lambda: _compare(window, session, settings, path))


def _compare(window: Window, session: Session, settings: Settings, path: Path) -> None:
    job = Job(_looking(session, path))
    job.done.connect(lambda found: _show(window, session, settings, found))
    window.notices.follow(job, _("Comparing both copies"))
    job.start()


def _looking(session: Session, path: Path) -> Callable[[Progress, Callable[[], bool]], Found]:
    ours, ledger = session.path, session.ledger

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> Found:
        from core.store import look

        return look(ours, ledger, path, progress)

    return work


def _show(window: Window, session: Session, settings: Settings, found: Found) -> None:
    if not session.is_open:
        found.close()
        return
    if found.comparison.nothing:
        found.close()
        window.notices.tell(Notice("info", _("The copy holds nothing that this file does not.")))
        return
    from gui.merge_dialog import MergeDialog, summary

    dialog = MergeDialog(session, found, settings, window)

    def told(entry: Entry) -> None:
        sentence, waiting = summary(found, entry.number), session.waits(entry)
        if waiting is None:
            window.notices.tell(Notice("good", sentence))
        else:  # a closed year's records are others now: that is not lost behind the good news
            compare = (_("Compare"), lambda: window.go("compare"))
            window.notices.tell(Notice("warning", f"{sentence} {say(waiting)}", compare))

    dialog.merged.connect(told)
    dialog.finished.connect(lambda _code: dialog.deleteLater())
    dialog.open()
