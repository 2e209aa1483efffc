"""What suppliers signed: coverage by text above, the papers below; scans are attached to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.undertakings import Coverage, holds
from core.entering.keeping import keeping
from core.exchange.proofs import Proof, load_proof
from core.i18n import T
from core.ledger import Undertaking
from core.ledger.records import Record
from gui.disclosures.files import kept_with
from gui.entering.files_part import FilesPart
from gui.jobs import Job, Progress
from gui.language import _
from gui.settings import Settings
from gui.suppliers.around import Around, Known
from gui.suppliers.desk import forms_of
from gui.suppliers.inspector import CoverageExplanation
from gui.suppliers.register import narrow, roomy
from gui.suppliers.words import few, percent_words, spend_words, text_words
from gui.tables.table import Column, Mark, Table
from gui.undoing import tell_change
from gui.widgets import divided, with_air
from gui.wording import named

HIDDEN = ("signer", "evidence", "note")
"""Columns that are off at first."""
NARROW = {"text": 22, "version": 18}
"""Widths that differ from the usual, in digits."""
ROWS = 5
"""Lines that are seen at once, with the heading."""


class PapersPart(FilesPart):
    """The undertakings, each with whether it holds."""

    def __init__(self, around: Around) -> None:
        self.known, self.desk = around.known, around.desk
        super().__init__(
            around.page, around.desk, around.settings, "undertaking",
            _("Here stands what each supplier has signed: a code of conduct, the UN Global Compact, the ILO core "
              "conventions. Add one with its day, its last day and the scan."),
            forms=forms_of(around.desk), hidden=HIDDEN, picture="suppliers",
            beside={"valid_to": [Column("state", _("State"), self.state, width=12)]}, marks=self._marks,
        )  # fmt: skip
        narrow(self.table, "records_undertaking", around.settings, NARROW)
        roomy(self.table)

    def state(self, one: Record) -> str:
        """Whether it holds today."""
        answer = self.known()
        if answer is None or not isinstance(one, Undertaking):
            return ""
        if holds(one, answer.today):
            return _("in force")
        return _("not in force yet") if one.signed > answer.today else _("run out")

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        answer = self.known()
        if answer is None or not isinstance(one, Undertaking):
            return {}
        found = {"state": Mark("good", _("It counts."))}
        if not holds(one, answer.today):
            found["state"] = Mark("warning", _("It does not count on this day."))
        if one.evidence:
            found["supplier"] = Mark("proof", _("A scan is kept."))
        return found

    # ------------------------------------------------------------------ scans

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep scans and let the current undertaking name them, as one change; they are looked at in a job."""
        record = self.table.current_record()
        if not isinstance(record, Undertaking) or not self.desk.writable:
            return
        job = Job(_looking(paths))
        job.done.connect(lambda proofs: self._keep(record.id, proofs))
        self.page.run(job, _("Keeping proofs"))

    def _keep(self, key: str, proofs: list[Proof]) -> None:
        held = self.desk.records.get("undertaking", key)
        if not isinstance(held, Undertaking):
            return
        kept = kept_with(self.desk.records, proofs)
        after = self.desk.records.apply(kept.steps)
        ids = tuple(dict.fromkeys((*held.evidence, *kept.ids)))
        found = self.page.attempt(lambda: keeping(after, self.forms, replace(held, evidence=ids)))
        if found is None:
            return
        made = self.page.attempt(lambda: (self.desk.edit(found.why, (*kept.steps, *found.steps), kept.data),))
        if made is not None:
            tell_change(self.page, self.desk, found.why, changed=made[0] is not None)


def _looking(paths: Sequence[Path]) -> Callable[[Progress, Callable[[], bool]], list[Proof]]:
    def work(progress: Progress, _cancelled: Callable[[], bool]) -> list[Proof]:
        proofs: list[Proof] = []
        for number, path in enumerate(paths):
            progress(number / len(paths), T("Looking at {file}", file=path.name))
            proofs.append(load_proof(path, "other"))
        return proofs

    return work


class CoverageTable(Table[Coverage]):
    """Texts, with how many suppliers are covered and who is not."""

    def __init__(self, settings: Settings, known: Known) -> None:
        self.known = known
        super().__init__("supplier_coverage", self._made_columns(), settings,
                         name=_("Coverage by text"), editable=False, identity=lambda one: one.text,
                         marks=self._marks)  # fmt: skip
        for one in (self.search, self.count, self._columns):
            one.hide()
        line = self.view.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(line * ROWS + 8)
        self.setMaximumHeight(line * (ROWS + 2))

    def _made_columns(self) -> list[Column[Coverage]]:
        return [
            Column("text", _("Text"), lambda one: text_words(one.text), width=22),
            Column("signed", _("Have signed"), _signed_words, sort=lambda one: len(one.signed), width=9),
            Column("percent", _("Share"), lambda one: percent_words(one.percent), "", "right",
                   lambda one: one.percent or 0, width=9),
            Column("spend", _("Of spend"), spend_words, "", "right", width=20),
            Column("expired", _("Run out"), lambda one: self._names(one.expired), width=18),
            Column("missing", _("Never signed"), lambda one: self._names(one.missing), width=20, stretch=True),
        ]  # fmt: skip

    def _names(self, ids: Sequence[str]) -> str:
        answer = self.known()
        if answer is None or not ids:
            return ""
        return named(str(len(ids)), few((answer.names.get(key, key) for key in ids), 2))

    def _marks(self, one: Coverage) -> Mapping[str, Mark]:
        found: dict[str, Mark] = {}
        if one.suppliers and len(one.signed) == one.suppliers:
            found["percent"] = Mark("good", _("All suppliers that deliver are covered."))
        if one.expired:
            found["expired"] = Mark("warning", _("Ask them to sign again."))
        return found


def _signed_words(one: Coverage) -> str:
    return _("{signed} of {asked}", signed=len(one.signed), asked=one.suppliers)


class UndertakingsPart(QWidget):
    """Coverage above, papers below."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around = around
        self.coverage = CoverageTable(around.settings, around.known)
        self.papers = PapersPart(around)
        self.looks_at_texts = False
        """Whether the person was last above; the inspector tells of what they look at."""
        for table in (self.coverage, self.papers.table):
            table.view.installEventFilter(self)
            table.current.connect(lambda _one: self.around.page.selected.emit())
        self._above = with_air(self.coverage)
        self.parts = divided(self._above, self.papers, upright=True)
        self.parts.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)

    def refresh(self) -> None:
        """From the records, and from the last answer."""
        answer = self.around.known()
        self._above.setVisible(answer is not None and bool(answer.delivering))
        if answer is not None:
            self.coverage.set_rows(answer.coverages)
        self.papers.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.looks_at_texts = watched is self.coverage.view
            self.around.page.selected.emit()
        return super().eventFilter(watched, event)

    def inspect(self) -> QWidget | None:
        """Of the text or of the paper that one looks at."""
        answer, one = self.around.known(), self.coverage.current_record()
        if self.looks_at_texts and answer is not None and one is not None:
            return CoverageExplanation(one, self.around.desk, answer, self.around.go)
        return self.papers.inspect()
