"""Files that prove an answer or a certificate, kept with it as one change, in a plant or at head office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject

from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.exchange.keeping import KeptFiles
from core.exchange.proofs import Attachment, Proof, load_proof
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger.filing import Records
from core.ledger.records import Record
from gui.disclosures.files import kept_with
from gui.entering.part import Keeper
from gui.evidence.keeping import Keeper as FileKeeper
from gui.jobs import Job, Progress
from gui.language import _
from gui.page import Page
from gui.session import Session
from gui.undoing import tell_change


class Prover(QObject):
    """Attaches files for a page."""

    def __init__(self, page: Page, desk: Keeper) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk

    def attach(self, kind: str, key: str, paths: Sequence[Path]) -> None:
        """Keep files and let a record name them; they are looked at in a job where they are large."""
        desk = self._desk
        if not desk.writable or desk.records.get(kind, key) is None or not paths:
            return
        if isinstance(desk, Session):

            def act(kept: KeptFiles) -> Decision:
                return _naming(kept.ledger, kind, key, kept.ids)

            def done(made: Attachment, changed: bool) -> None:
                tell_change(self._page, desk, made.why, changed=changed)

            FileKeeper(self._page, desk).take_naming(paths, act, done)
            return
        job = Job(_looking(paths))
        job.done.connect(lambda proofs: self._keep(kind, key, proofs))
        self._page.run(job, _("Keeping proofs"))

    def _keep(self, kind: str, key: str, proofs: list[Proof]) -> None:
        """At head office, which keeps its files without a ledger."""
        desk = self._desk
        if desk.records.get(kind, key) is None:
            return
        kept = kept_with(desk.records, proofs)
        found = self._page.attempt(lambda: _naming(desk.records.apply(kept.steps), kind, key, kept.ids))
        if found is None:
            return
        made = self._page.attempt(lambda: (desk.edit(found.why, (*kept.steps, *found.steps), kept.data),))
        if made is not None:
            tell_change(self._page, desk, found.why, changed=made[0] is not None)


def _naming(records: Records, kind: str, key: str, ids: Sequence[str]) -> Decision:
    held = cast("Any", records.get(kind, key))
    evidence = tuple(dict.fromkeys((*held.evidence, *ids)))
    return keeping(records, FORMS, cast("Record", replace(held, evidence=evidence)))


def _looking(paths: Sequence[Path]) -> Callable[[Progress, Callable[[], bool]], list[Proof]]:
    def work(progress: Progress, _cancelled: Callable[[], bool]) -> list[Proof]:
        proofs: list[Proof] = []
        for number, path in enumerate(paths):
            progress(number / len(paths), T("Looking at {file}", file=path.name))
            proofs.append(load_proof(path))
        return proofs

    return work
