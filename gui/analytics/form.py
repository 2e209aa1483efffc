"""One analytical procedure: its formula with numbers, and what the auditor says about the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.audit.analytics import Procedure
from core.audit.figure_units import unit_title
from core.errors import UserError
from core.exchange.numbers import parse_number
from core.i18n import show_number
from gui.analytics.rows import state_words, value_words
from gui.fields import ParsedField, words_field
from gui.language import _, say
from gui.widgets import allow, button, clear, label, marked, number, rule
from gui.wording import named, shown_percent

NOTE_LINES = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said."""

    threshold: Decimal
    explanation: str
    accepted: bool
    files: tuple[Path, ...]
    """To be kept as proofs of it."""


class ProcedureForm(QWidget):
    """One procedure at a time; the page keeps what is said."""

    said = Signal(object)
    """Said: to be kept."""
    taken_back = Signal()
    """As if nothing had been said."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Procedure | None = None
        self._files: list[Path] = []
        self._names: tuple[str, ...] = ()
        self.title = label("", size=1.15, strong=True, wrap=True)
        self.state = QVBoxLayout()
        self.how = number("")
        self.how.setWordWrap(True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.threshold: ParsedField[Decimal] = ParsedField(_("Threshold (%)"), parse_number, show_number, required=True)
        self.threshold.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.explanation = words_field("", NOTE_LINES)
        self.explanation.setAccessibleName(_("Explanation"))
        self.explanation.setPlaceholderText(_("What explains the difference, and what supports it?"))
        self.accepted = QCheckBox(_("The explanation is sufficient"))
        self.proofs = label("", "muted", wrap=True)
        self.attach = button(_("Attach a proof…"), self._ask_file, picture="evidence")
        self.keep = button(_("Keep"), self._say, role="primary")
        self.back = button(_("Take back"), self.taken_back.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(self.state)
        column.addLayout(self._facts)
        column.addWidget(label(_("How it is expected"), "muted"))
        column.addWidget(self.how)
        column.addWidget(rule())
        column.addWidget(self.threshold)
        column.addWidget(label(_("Explanation")))
        column.addWidget(self.explanation)
        column.addWidget(self.accepted)
        column.addWidget(self.proofs)
        beside = QHBoxLayout()
        beside.addWidget(self.attach)
        beside.addStretch(1)
        column.addLayout(beside)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.keep)
        column.addLayout(row)
        column.addStretch(1)

    def show_procedure(self, one: Procedure | None, names: Sequence[str], *, writable: bool) -> None:
        """Show a procedure with the names of the proofs that are kept; what is being typed about the same one stays."""
        same = one is not None and self._shown is not None and one.id == self._shown.id
        kept = same and one is not None and self._shown is not None and one.expectation == self._shown.expectation
        self._shown = one
        self.setVisible(one is not None)
        if one is None:
            return
        self.title.setText(say(one.title))
        clear(self.state)
        self.state.addWidget(self._verdict(one))
        self._show_facts(one)
        self.how.setText(say(one.how) if one.missing is None else "–")
        if not kept:
            self._fill(one)
        self._show_proofs(names)
        able = writable and one.missing is None
        for widget in (self.threshold, self.explanation, self.accepted, self.attach, self.keep):
            widget.setEnabled(able)
        locked = "" if writable else _("The file is open read-only.")
        allow(self.back, locked or ("" if one.expectation is not None else _("Nothing was explained yet.")))

    def _verdict(self, one: Procedure) -> QWidget:
        if one.missing is not None:
            return marked("info", "accent", say(one.missing))
        if one.unexplained:
            words = _("Beyond the threshold of {percent} % without an accepted explanation.",
                      percent=shown_percent(one.threshold))  # fmt: skip
            return marked("warning", "warning", words)
        return marked("check", "good", state_words(one))

    def _show_facts(self, one: Procedure) -> None:
        clear(self._facts)
        percent = "" if one.percent is None else f" ({shown_percent(one.percent)} %)"
        unit = say(unit_title(one.unit))
        facts = (
            (_("Actual"), f"{value_words(one.actual)} {unit}"),
            (_("Expected"), f"{value_words(one.expected)} {unit}"),
            (_("Difference"), f"{value_words(one.difference)} {unit}{percent}"),
        )
        for row, (name, words) in enumerate(facts):
            shown = number(words)
            shown.setAccessibleName(named(name, words))
            self._facts.addWidget(label(name, "muted"), row, 0)
            self._facts.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)

    def _fill(self, one: Procedure) -> None:
        said = one.expectation
        self._files = []
        self.threshold.set(round(one.threshold, 1))
        self.explanation.setPlainText("" if said is None else said.explanation)
        self.accepted.setChecked(said is not None and said.accepted)

    def _show_proofs(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        listed = [*names, *(path.name for path in self._files)]
        self.proofs.setText(_("Proofs: {names}", names=listed) if listed else "")
        self.proofs.setVisible(bool(listed))

    def _ask_file(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach a proof…"))
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Files that are kept with what is said."""
        self._files += [path for path in paths if path not in self._files]
        self._show_proofs(self._names)

    def _say(self) -> None:
        try:
            threshold = self.threshold.need()
        except UserError:
            return  # the field says what is wrong
        words = self.explanation.toPlainText()
        self.said.emit(Said(threshold, words, self.accepted.isChecked(), tuple(self._files)))
