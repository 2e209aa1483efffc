"""Audits by others: certificates, scores and validations as they were stated, with findings, days and proofs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.ledger import ExternalAudit
from core.ledger.records import Record
from gui.checklist.proving import Prover
from gui.disclosures.words import day
from gui.entering.files_part import FilesPart
from gui.entering.part import Keeper
from gui.language import _
from gui.page import Page
from gui.settings import Settings
from gui.tables.table import Column, Mark
from gui.widgets import label, letters, marked, rule, subheading

HIDDEN = ("body", "scope", "evidence", "note", "findings")
"""Columns that are off at first: the inspector and the form show them."""
NARROW = {"scheme": 18, "result": 12}
"""In digits."""
NEVER = "9999"
"""Sorts after every day."""


class AuditsPart(FilesPart):
    """A row for each result; nothing of it is scored again."""

    def __init__(
        self, page: Page, desk: Keeper, settings: Settings, today: Callable[[], date], prover: Prover
    ) -> None:  # fmt: skip
        self._today, self._prover = today, prover
        super().__init__(
            page, desk, settings, "external_audit",
            _("Here stands what others found: ISO certificates, CDP and EcoVadis scores, SAQ and RBA results, the "
              "validation by SBTi. Add each with its day, its result as it was stated, its findings and the "
              "certificate."),
            hidden=HIDDEN, picture="checklist",
            beside={"valid_to": [Column("state", _("State"), self.state, sort=self._until, width=12)],
                    "result": [Column("open", _("Findings open"), self.open_words, sort=self._next, width=21)]},
            marks=self._marks,
        )  # fmt: skip
        kept = settings.column_widths(f"records_{self.kind}")
        for place, column in enumerate(self.table.model.columns):
            if column.key in NARROW and column.key not in kept:
                self.table.view.setColumnWidth(place, letters(self, NARROW[column.key]))

    # ------------------------------------------------------------------ what follows

    def state(self, one: Record) -> str:
        """Whether it holds today."""
        if not isinstance(one, ExternalAudit):
            return ""
        if not one.valid_to:
            return _("no end stated")
        return _("expired") if self._over(one.valid_to) else _("in force")

    @staticmethod
    def _until(one: Record) -> str:
        return (one.valid_to or NEVER) if isinstance(one, ExternalAudit) else NEVER

    def _over(self, text: str) -> bool:
        return bool(text) and text < self._today().isoformat()

    def open_words(self, one: Record) -> str:
        """How many findings are open, and when the first is due."""
        held = open_findings(one)
        if not held:
            return ""
        due = min((row[1] for row in held if row[1]), default="")
        count = str(len(held))
        return _("{count}, due {day}", count=count, day=day(due)) if due else count

    @staticmethod
    def _next(one: Record) -> str:
        held = open_findings(one)
        return min((row[1] or NEVER for row in held), default=f"{NEVER}9")

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        if not isinstance(one, ExternalAudit):
            return {}
        found: dict[str, Mark] = {}
        if one.valid_to:
            over = self._over(one.valid_to)
            found["state"] = Mark("warning", _("Its last day is over.")) if over else Mark("good", _("It holds."))
        late = [row for row in open_findings(one) if self._over(row[1])]
        if late:
            found["open"] = Mark("warning", _("Findings overdue: {count}", count=len(late)))
        if one.evidence:
            found["name"] = Mark("proof", _("With proof"))
        return found

    def inspect(self) -> QWidget | None:
        """The whole record, with each finding."""
        made, one = super().inspect(), self.table.current_record()
        column = None if made is None else made.layout()
        if isinstance(one, ExternalAudit) and one.findings and isinstance(column, QVBoxLayout):
            column.addWidget(rule())
            column.addWidget(subheading(_("Findings")))
            for row in one.findings:
                column.addWidget(self._finding(row))
        return made

    def _finding(self, row: tuple[str, ...]) -> QWidget:
        text, due, closed = (*row, "", "", "")[:3]
        if closed:
            return marked("check", "good", _("{what}: closed {day}", what=text, day=day(closed)))
        if not due:
            return label(text, wrap=True)
        told = _("{what}: due {day}", what=text, day=day(due))
        return marked("warning", "warning", told) if self._over(due) else marked("info", "accent", told)

    # ------------------------------------------------------------------ files

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep files and let the current result name them, as one change."""
        record = self.table.current_record()
        if record is not None:
            self._prover.attach(self.kind, record.id, paths)


def open_findings(one: Record) -> list[tuple[str, str]]:
    """Text and day of each that is not closed."""
    if not isinstance(one, ExternalAudit):
        return []
    rows = ((*row, "", "", "")[:3] for row in one.findings)
    return [(text, due) for text, due, closed in rows if not closed]
