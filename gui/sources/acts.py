"""What is done about sources: a category judged with a reason, upstream rows added, the GB/T workbook written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from core.exchange.ids import next_ids
from core.i18n import T, Text
from core.inventory.judging import RELEVANT, Decision, deciding, decision, held_about, taking_back
from core.inventory.upstream import Upstream, adding_upstream, upstream_of, why_upstream
from core.ledger import Entry
from gui.jobs import Job, Progress
from gui.language import _, language, say
from gui.page import Page
from gui.reason_dialog import ask_reason
from gui.session import Session
from gui.settings import Settings
from gui.sources.upstream_dialog import UpstreamDialog
from gui.undoing import undo


class SourceActs(QObject):
    """Dialogs over the page; each becomes one change and is told through it, with the way back."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings

    def decided(self, about: str) -> bool:
        """Whether there is something to take back; to say that a category is relevant leaves it as it would be."""
        held = held_about(self._session.ledger, self._session.year, about)
        return bool(held) and held[-1].verdict != RELEVANT

    def ask(self, about: str, verdict: str) -> None:
        """Judge after the reason was asked."""
        title = say(decision(about, verdict))
        words = _("The reason stands in the report beside the category. It can be taken back at any time.")
        reason = ask_reason(title, words, _("Decide"), self._page)
        if reason:
            self.decide(about, verdict, reason)

    def decide(self, about: str, verdict: str, reason: str) -> None:
        """Put a judgement in the place of earlier ones, as one change."""
        session = self._session
        self._enact(lambda: deciding(session.ledger, session.inventory, session.year, about, verdict, reason))

    def retract(self, about: str) -> None:
        """Take the decision back, as one change."""
        self._enact(lambda: taking_back(self._session.ledger, self._session.year, about))

    def _enact(self, decide: Callable[[], Decision]) -> None:
        made = self._page.attempt(decide)
        if made is not None:
            self._confirm(made.why, lambda: self._session.edit(made.why, made.steps))

    def _confirm(self, why: Text, act: Callable[[], Entry | None]) -> None:
        entry = self._page.attempt(act)
        if entry is not None and self._session.waits(entry) is None:  # else the window says what it waits for
            self._page.tell("good", say(why), undo(self._page, self._session))

    # ------------------------------------------------------------------ upstream, export

    def propose_upstream(self) -> Job:
        """Work out the rows in a job, then show them."""
        inventory = self._session.inventory
        job = Job(lambda _progress, _cancelled: upstream_of(inventory))
        job.done.connect(self.show_upstream)
        self._page.run(job, _("Looking for fuels and energy without upstream"))
        return job

    def show_upstream(self, found: Upstream) -> None:
        """Ask whether to add them."""
        if not found.rows:
            words = _("Every fuel and energy has its upstream row, or no factor is published for it.")
            self._page.tell("info", words)
            return
        dialog = UpstreamDialog(found, self._session.library, self._settings, self._page)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            self.add_upstream(found)

    def add_upstream(self, found: Upstream) -> None:
        """Add the rows as one change."""
        ledger = self._session.ledger
        steps = adding_upstream(found.rows, next_ids(ledger, len(found.rows)), ledger.evidence)
        why = why_upstream(len(found.rows))
        self._confirm(why, lambda: self._session.edit(why, steps))

    def save_gbt(self) -> None:
        """Ask for a place and write the workbook of the Chinese reports there."""
        suggestion = f"{self._session.ledger.plant.name} {self._session.year} GBT.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self._page, _("Export GB/T workbook"), suggestion, "Excel (*.xlsx)")
        if name:
            self.write_gbt(Path(name).with_suffix(".xlsx"))

    def write_gbt(self, path: Path) -> Job:
        """Write it in a job."""
        inventory, audit, lang = self._session.inventory, self._session.ledger.audit(self._session.year), language()

        def work(progress: Progress, _cancelled: object) -> Path:
            from core.exchange.gbt_workbook import write_gbt_workbook

            progress(0.2, T("Writing “{file}”", file=path.name))
            write_gbt_workbook(path, inventory, audit, lang)
            return path

        job = Job(work)
        job.done.connect(lambda written: self._page.tell("good", _("Saved {file}.", file=written.name)))
        self._page.run(job, _("Writing “{file}”", file=path.name))
        return job
