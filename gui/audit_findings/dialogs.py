"""Forms about a finding: state it, answer it, close it. A refusal stands inside the form; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from core.audit.finding import KINDS, MISSTATEMENT, Answer
from core.audit.finding_closing import CONSERVATIVE, CORRECTED, TREATMENTS, UNCORRECTED, ClosingWords, Conservative
from core.errors import UserError
from core.i18n import T
from core.ledger import AuditFinding
from gui.asking import Asking, Stating
from gui.audit_findings.because import because_words
from gui.audit_findings.fields import FilesField, RecordsField
from gui.audit_findings.materiality_bar import signed
from gui.fields import ChoiceField, date_field, number_field, said, text_field, words_field
from gui.language import _, say
from gui.widgets import label, marked
from gui.wording import TONNES


@dataclass(frozen=True, slots=True)
class Known:
    """What the forms offer."""

    records: tuple[tuple[str, str], ...]
    """Ids of records of the year and how they are called."""
    owners: tuple[tuple[str, str], ...]
    """Ids and names of the people of the plant."""
    samples: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    """Ids and names of kept files that the finding names already."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an auditor stated."""

    finding: AuditFinding
    unquantified: bool
    paths: tuple[Path, ...]
    """Files to keep; their ids are not known yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the plant answered."""

    answer: Answer
    paths: tuple[Path, ...]


class FindingDialog(Stating):
    """States a finding, or states it anew."""

    def __init__(self, finding: AuditFinding, known: Known, parent: QWidget | None, *, new: bool) -> None:
        explained = _("What was found, what shows it and what it weighs. The plant answers with cause and correction.")
        super().__init__(
            _("Raise a finding") if new else _("Change the finding"), explained, _("Raise") if new else _("Save"),
            parent,
        )  # fmt: skip
        self._finding = finding
        kinds = [(key, say(words)) for key, words in KINDS.items() if not (finding.point and key == MISSTATEMENT)]
        self.kind = ChoiceField(_("Kind"), kinds, finding.kind, required=True)
        self.title = text_field(_("Title"), finding.title, _("In a few words, e.g. Bill of March ten times too high"))
        self.description = words_field(finding.description, 4)
        self.clause = text_field(_("Clause"), finding.clause, _("Of the standard, the management plan or a permit"))
        self.records = RecordsField(_("Records affected"), known.records, finding.activities)
        self.effect = number_field(
            _("Effect ({unit})", unit=TONNES), finding.effect,
            _("Reported minus supported: + too much was reported, − too little"),
        )  # fmt: skip
        self.unquantified = QCheckBox(_("Cannot be expressed in tonnes"))
        self.sample = ChoiceField(_("Found in sample"), known.samples, finding.sample)
        self.projected = QCheckBox(_("Stands for records of the sample that were not tested"))
        self.files = FilesField(_("Evidence"), known.files)
        self.owner = ChoiceField(_("Owner"), known.owners, finding.owner, _("Who answers for the plant"))
        self.due = date_field(_("Answer due"), date.fromisoformat(finding.due) if finding.due else None)
        self._lay_out(new)
        self.title.setFocus()  # the kind is the usual one

    def _lay_out(self, new: bool) -> None:
        finding = self._finding
        self.unquantified.setChecked(finding.kind == MISSTATEMENT and finding.effect is None and not new)
        self.projected.setChecked(finding.projected)
        if finding.point:  # no tonnes are wrong because of an answer
            asked = _("Asked for by: {what}", what=because_words(finding.point))
            self.fields.addWidget(marked("info", "accent", asked))
        self.fields.addWidget(self.kind)
        self.fields.addWidget(self.title)
        self.add(_("Description"), self.description)
        self.fields.addWidget(self.clause)
        self.add(_("Records affected"), self.records)
        self.fields.addWidget(self.effect)
        self.fields.addWidget(self.unquantified)
        self.fields.addWidget(self.sample)
        self.fields.addWidget(self.projected)
        self.add(_("Evidence"), self.files, _("Choose files or drop them here."))
        self.fields.addWidget(self.owner)
        self.fields.addWidget(self.due)
        self.kind.changed.connect(self._follow)
        self.sample.changed.connect(self._follow)
        self.unquantified.toggled.connect(lambda _on: self._follow())
        self._follow()

    def _follow(self) -> None:
        """What makes no sense together is switched off."""
        kind = self.kind.box.currentData()
        self.unquantified.setVisible(kind == MISSTATEMENT)
        self.effect.setEnabled(kind != "recommendation" and not self._unquantified)
        self.projected.setEnabled(bool(self.sample.box.currentText().strip()) and not self._unquantified)

    @property
    def _unquantified(self) -> bool:
        return self.unquantified.isChecked() and self.kind.box.currentData() == MISSTATEMENT

    def work(self) -> Callable[[], object]:
        due = self.due.read()
        unquantified, sample = self._unquantified, self.sample.read()
        made = replace(
            self._finding,
            kind=self.kind.read(),
            title=self.title.read() or "",
            description=said(self.description),
            clause=self.clause.read() or "",
            activities=self.records.need(),
            effect=self.effect.read() if self.effect.isEnabled() else None,
            sample=sample,
            projected=self.projected.isEnabled() and self.projected.isChecked() and bool(sample),
            evidence=self.files.kept,
            owner=self.owner.read(),
            due=due.isoformat() if due is not None else "",
        )
        paths = self.files.paths
        return lambda: Stated(made, unquantified, paths)


class AnswerDialog(Stating):
    """The plant answers: why, what was done now, what was done for good."""

    def __init__(
        self,
        finding: AuditFinding,
        number: str,
        files: Sequence[tuple[str, str]],
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            _("Answer finding {finding}", finding=number),
            _("{title}. The auditors judge the answer. Correct wrong data first, with “Correct data…”, so that the "
              "correction stays linked to the finding.", title=finding.title.rstrip(".。")),
            _("Answer"), parent,
        )  # fmt: skip
        self.cause = words_field(finding.root_cause)
        self.correction = words_field(finding.correction)
        self.action = words_field(finding.corrective_action)
        self.files = FilesField(_("Proof"), files)
        if finding.closing_note:
            self.fields.addWidget(marked("info", "accent", finding.closing_note))
        self.add(_("Root cause"), self.cause, _("Why it could happen"))
        self.add(_("Correction"), self.correction, _("What was done about this case"))
        self.add(_("Corrective action"), self.action, _("What keeps it from coming again"))
        self.add(_("Proof"), self.files, _("Choose files or drop them here."))

    def work(self) -> Callable[[], object]:
        texts, kept, paths = (
            (said(self.cause), said(self.correction), said(self.action)),
            self.files.kept,
            self.files.paths,
        )
        return lambda: Answered(Answer(*texts, kept), paths)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a misstatement is corrected, for the one who closes it."""

    corrected: int
    """Records that were corrected because of it."""
    left: Decimal | None
    """Of its effect; None where that is not known. [t CO2e]"""
    proposed: Conservative
    overstated: bool
    """Too much was reported: there is nothing to add."""


class ClosingDialog(Asking):
    """The auditor closes a finding; of a misstatement they say how it was treated."""

    def __init__(
        self,
        finding: AuditFinding,
        number: str,
        standing: Standing | None,
        day: date,
        keep: Callable[[ClosingWords], None],
        parent: QWidget | None,
    ) -> None:
        """``standing`` is None for what changes no tonnes."""
        super().__init__(
            _("Close finding {finding}", finding=number),
            _(
                "{title}. Another person closes than the one who answered or corrected.",
                title=finding.title.rstrip(".。"),
            ),
            _("Close"),
            parent,
        )
        self._keep, self._day = keep, day
        self.choices = QButtonGroup(self)
        self.treatments: dict[str, QRadioButton] = {}
        self.note = words_field("", 3)
        proposed = None if standing is None else standing.proposed.tonnes or None
        why = "" if standing is None else say(standing.proposed.why)
        self.conservative = number_field(_("Added to the total ({unit})", unit=TONNES), proposed, why)
        if standing is not None:
            self._offer(standing)
            self.fields.addWidget(self.conservative)
            for one in self.treatments.values():
                one.toggled.connect(lambda _on: self._follow())
        needs = _("Needed where nothing was corrected.") if standing is not None else _("May stay empty.")
        self.add(_("Remark"), self.note, needs)
        self.fields.addStretch(1)
        self._follow()

    def _offer(self, standing: Standing) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        explained = {
            CORRECTED: _corrected_words(standing),
            CONSERVATIVE: _("An amount is added in place of a correction; the total is never too small."),
            UNCORRECTED: _("The effect stays in the ledger of misstatements and counts against materiality."),
        }
        for key, words in TREATMENTS.items():
            one = QRadioButton(say(words))
            one.setAccessibleDescription(explained[key])
            self.choices.addButton(one)
            self.treatments[key] = one
            column.addWidget(one)
            below = label(explained[key], "muted", wrap=True)
            below.setContentsMargins(24, 0, 0, 4)
            column.addWidget(below)
        done = standing.corrected > 0 and not standing.left
        self.treatments[CORRECTED].setEnabled(done)
        self.treatments[CORRECTED].setChecked(done)
        self.treatments[CONSERVATIVE].setEnabled(not standing.overstated)
        self.add(_("Treatment"), box)

    def _follow(self) -> None:
        self.conservative.setEnabled(self._treatment == CONSERVATIVE)

    @property
    def _treatment(self) -> str:
        return next((key for key, one in self.treatments.items() if one.isChecked()), "")

    def work(self) -> Callable[[], object]:
        added = self.conservative.read() if self._treatment == CONSERVATIVE else None
        if self.treatments and not self._treatment:
            raise UserError(T("How the misstatement was treated is missing."), T("Choose one of the three."))
        words = ClosingWords(self._day, said(self.note), self._treatment, added)
        self._keep(words)  # on this thread, for it edits the session; a refusal is shown here
        return lambda: words


def _corrected_words(standing: Standing) -> str:
    if not standing.corrected:
        return _("No data were corrected because of this finding.")
    records = _("Records corrected: {count}.", count=standing.corrected)
    if standing.left is None:
        return records
    if standing.left:
        left = f"{signed(standing.left)} {TONNES}"
        return f"{records} {_('Still in the inventory: {left}', left=left)}"
    return f"{records} {_('Nothing of the effect is left.')}"
