"""A list of findings: what is wrong, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.methods import Finding
from gui.icons import LEVELS, pixmap
from gui.language import _, say
from gui.widgets import button, clear, label, marked, subheading
from gui.wording import SEVERITIES

MOST = 3
"""Findings shown, without their remedies, before somebody asks for all."""


class FindingList(QWidget):
    """Counts by severity, the gravest findings first."""

    def __init__(self, open_one: Callable[[Finding], None], most: int = MOST) -> None:
        super().__init__()
        self._open, self._most = open_one, most
        self._all = False
        self._findings: tuple[Finding, ...] = ()
        self._title = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_findings(self, findings: Sequence[Finding], title: str) -> None:
        """Show these, already ordered."""
        self._findings, self._title = tuple(findings), title
        self._show()

    def _show(self) -> None:
        clear(self._column)
        self._column.addLayout(self._head())
        if not self._findings:
            self._column.addWidget(marked("check", "good", _("Nothing. All rules of the review are satisfied.")))
        shown = self._findings if self._all else self._findings[: self._most]
        for finding in shown:
            self._column.addWidget(self._row(finding))
        if not self._all and len(self._findings) > 1:
            words = _("What to do about all {count}", count=len(self._findings))
            self._column.addWidget(button(words, self._show_all, role="link"), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(subheading(self._title))
        head.addStretch(1)
        for severity, (level, word) in SEVERITIES.items():
            count = sum(finding.severity == severity for finding in self._findings)
            if count:
                sign = QLabel()
                sign.setPixmap(pixmap(LEVELS[level], "accent" if level == "info" else level, 16))
                head.addWidget(sign)
                number = label(str(count))
                number.setAccessibleName(f"{say(word)}: {count}")
                number.setToolTip(say(word))
                head.addWidget(number)
        return head

    def _row(self, finding: Finding) -> QWidget:
        level, word = SEVERITIES[finding.severity]
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        sign = QLabel()
        sign.setPixmap(pixmap(LEVELS[level], "accent" if level == "info" else level, 16))
        sign.setToolTip(say(word))
        sign.setAccessibleName(say(word))
        words = QVBoxLayout()
        words.setSpacing(1)
        message = label(say(finding.message), wrap=True)
        message.setToolTip(say(finding.remedy))
        message.setAccessibleDescription(say(finding.remedy))
        words.addWidget(message)
        if self._all or len(self._findings) == 1:
            words.addWidget(label(say(finding.remedy), "muted", wrap=True))
        sign.setContentsMargins(0, 2, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        show = button(_("Show"), lambda: self._open(finding), role="link")
        show.setAccessibleName(_("Show: {what}", what=say(finding.message)))
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _show_all(self) -> None:
        self._all = True
        self._show()
