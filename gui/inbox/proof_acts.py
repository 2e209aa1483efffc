"""What a person does so that reports stay provable: sign receipts for them, and judge them by these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.store import Filed
from gui.asking import Asking
from gui.inbox.proof_parts import ProofsDialog
from gui.jobs import Job
from gui.keys.choice import KeyChoice
from gui.keys.wish import KeyWish
from gui.language import _, say
from gui.office.proving import Judged, Preserved, check_signer, preserving_work, proving_work
from gui.page import Page
from gui.settings import Settings
from gui.widgets import label
from gui.wording import named

if TYPE_CHECKING:
    from gui.office.office import Office


class PreserveDialog(Asking):
    """Asks for the key that signs receipts, and whether it may."""

    def __init__(
        self, office: Office, settings: Settings, chosen: Sequence[Filed], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Preserve the proof of reports"),
            _("For each report a receipt is signed: it was here, and it was believed. With it the report is provable "
              "after its certificates have ended. Reports whose receipt lasts are left as they are."),
            _("Preserve"),
            parent,
        )  # fmt: skip
        self._office = office
        without = office.proving.without()
        if len(chosen) == 1:
            self.fields.addWidget(label(chosen[0].name, strong=True, wrap=True))
        else:
            self.fields.addWidget(label(_("Reports: {count}", count=len(chosen)), strong=True))
            self.fields.addWidget(label(_("Accepted reports without a receipt: {count}", count=without), wrap=True))
        self.choice = KeyChoice(settings)
        self.choice.propose()
        self.choice.returned.connect(self.go.click)
        self.choice.switched.connect(self.grow)
        self.fields.addWidget(self.choice)
        self.fields.addWidget(label(_("An auditor for all plants signs, who signed none of these reports."), "muted",
                                    wrap=True))  # fmt: skip

    def work(self) -> Callable[[], object]:
        wish, shelf = self.choice.wish(), self._office.proving.shelf

        def tried() -> KeyWish:
            if wish.file is not None:  # a token may ask for its PIN each time
                when = datetime.now(UTC)
                with wish.opened(when) as signer:
                    check_signer(shelf, signer, when)
            return wish

        return tried

    def succeeded(self, result: object) -> None:
        self.choice.used()
        super().succeeded(result)


class ProofActs:
    """Belongs to a page of head office, which shows what came of it."""

    def __init__(self, page: Page, office: Office, settings: Settings) -> None:
        self._page, self._office, self._settings = page, office, settings
        self.dialog: PreserveDialog | None = None
        """The one that was opened last."""
        self.proofs: ProofsDialog | None = None

    @property
    def may_preserve(self) -> bool:
        """Whether there are reports to prove, and the file can be written."""
        return self._office.writable and self.any

    @property
    def any(self) -> bool:
        """Whether there are reports to prove."""
        return bool(self._office.proving.reports())

    # ------------------------------------------------------------------ receipts

    def preserve_all(self) -> None:
        """Receipts for every accepted report that needs one."""
        self.preserve(self._office.proving.reports())

    def preserve(self, chosen: Sequence[Filed]) -> None:
        """Ask for the key, then work."""
        if not chosen or not self._office.writable:
            return
        self.dialog = dialog = PreserveDialog(self._office, self._settings, chosen, self._page)
        dialog.done_well.connect(lambda wish: self._begin(wish, chosen))
        dialog.open()

    def _begin(self, wish: KeyWish, chosen: Sequence[Filed]) -> None:
        job = Job(preserving_work(self._office.proving.shelf, wish, chosen))
        job.done.connect(self._tell_preserved)
        # What was added before something went wrong stays, and is to be seen.
        job.ended.connect(self._office.preserved)
        self._page.run(job, _("Preserving the proof of reports"))

    def _tell_preserved(self, found: Preserved) -> None:
        added = sum(one.done for one in found.kept)
        against = [one for one in found.kept if one.problem is not None]
        if found.stopped:
            self._page.tell("warning", _("Stopped. Receipts added: {added}; not looked at: {left}. Begin again to go "
                                         "on.", added=added, left=found.asked - len(found.kept)))  # fmt: skip
        elif against and (problem := against[0].problem) is not None:
            name = against[0].filed.name
            words = _("Receipts added: {added}; refused: {count}. “{file}”: {why}", added=added, count=len(against),
                      file=name, why=say(problem))  # fmt: skip
            details = "\n".join(named(one.filed.name, say(one.problem)) for one in against if one.problem is not None)
            self._page.tell_more("warning", words, details)
        else:
            self._page.tell("good", _("Receipts added: {added}. With one that lasts already: {kept}.", added=added,
                                      kept=len(found.kept) - added))  # fmt: skip

    # ------------------------------------------------------------------ proving

    def prove_all(self) -> None:
        """Judge every accepted report by its receipts, and show it."""
        self._prove(self._office.proving.reports(), self._show)

    def prove(self, filed: Filed) -> None:
        """Judge one; the inspector shows what came of it."""
        self._prove([filed], self._office.proven)

    def _prove(self, chosen: Sequence[Filed], then: Callable[[tuple[Judged, ...]], object]) -> None:
        if not chosen:
            return
        job = Job(proving_work(self._office.proving.shelf, chosen))
        job.done.connect(then)
        self._page.run(job, _("Judging reports by their receipts"))

    def _show(self, found: tuple[Judged, ...]) -> None:
        self._office.proven(found)
        self.proofs = ProofsDialog(found, self._settings, self._page)
        self.proofs.open()
