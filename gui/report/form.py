"""What the person decides about a report: everything but the language is kept in the audit record of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from core.i18n import Localised, T, Text
from core.ledger import Audit
from core.library import all_policies
from gui.fields import Field
from gui.language import _, say
from gui.session import Session

APPROACHES: dict[str, Text] = {
    "operational_control": T("Operational control"),
    "financial_control": T("Financial control"),
    "equity_share": T("Equity share"),
}
LANGUAGES: dict[str, Text] = {
    "both": T("Chinese and English"),
    "zh": T("Chinese"),
    "en": T("English"),
}


class LongText(QPlainTextEdit):
    """A few lines; finished when the person goes on. Tab goes on, too."""

    finished = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 18)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class AuditForm(QWidget):
    """The fields; each is one change of the plant when the person leaves it."""

    chosen = Signal(object)
    """The Audit record as it should be now."""
    language_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Audit | None = None
        self.language, self.approach, self.gwp, self.policy = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.preparer = QLineEdit()
        self.boundary, self.criteria = LongText(5), LongText(2)
        _fill(self.language, LANGUAGES)
        _fill(self.approach, APPROACHES)
        _fill(self.gwp, {key: gwp.title for key, gwp in session.library.gwp.items()})
        _fill(self.policy, {policy.key: policy.title for policy in all_policies()})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for name, widget in (
            (_("Language of the report"), self.language),
            (_("Prepared by"), self.preparer),
            (_("Boundary: what belongs to the site"), self.boundary),
            (_("Criteria"), self.criteria),
            (_("Consolidation approach"), self.approach),
            (_("Global warming potentials"), self.gwp),
            (_("Choice of emission factors"), self.policy),
        ):
            column.addWidget(Field(name, widget))
        self.language.activated.connect(lambda _row: self.language_changed.emit())
        for box in (self.approach, self.gwp, self.policy):
            box.activated.connect(lambda _row: self.commit())
        self.preparer.editingFinished.connect(self.commit)
        for text in (self.boundary, self.criteria):
            text.finished.connect(self.commit)

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self.language, self.preparer, self.boundary, self.criteria, self.approach, self.gwp, self.policy]

    def refresh(self) -> None:
        """Show the audit of the year; what somebody is typing stays."""
        audit = self._session.audit
        if audit == self._shown:
            return
        self._shown = audit
        self.preparer.setText(audit.preparer)
        for long, text in ((self.boundary, audit.boundary), (self.criteria, audit.criteria)):
            if long.toPlainText() != text:
                long.setPlainText(text)
        for box, key in ((self.approach, audit.approach), (self.gwp, audit.gwp_set), (self.policy, audit.policy)):
            box.setCurrentIndex(box.findData(key))
        for widget in (self.preparer, self.boundary, self.criteria, self.approach, self.gwp, self.policy):
            widget.setEnabled(self._session.writable)

    def commit(self) -> None:
        """Ask for the change if something differs."""
        wanted = self.wanted()
        if self._session.writable and wanted != self._session.audit:
            self.chosen.emit(wanted)

    def wanted(self) -> Audit:
        """The record as the fields say."""
        return replace(
            self._session.audit,
            preparer=self.preparer.text().strip(),
            boundary=self.boundary.toPlainText().strip(),
            criteria=self.criteria.toPlainText().strip(),
            approach=str(self.approach.currentData()),
            gwp_set=str(self.gwp.currentData()),
            policy=str(self.policy.currentData()),
        )


def _fill(box: QComboBox, choices: Mapping[str, Localised]) -> None:
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    for key, title in choices.items():
        box.addItem(say(title), key)
    box.currentTextChanged.connect(box.setToolTip)  # for what is longer than its field
    box.setToolTip(box.currentText())
