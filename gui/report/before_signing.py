"""What stands before a signature: whether the report is signed already, what forbids it, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.checks import forbidding, open_findings
from core.i18n import show_date
from core.methods import Finding
from gui.language import _, language, say
from gui.report.issuing import Status, status_of
from gui.session import Session
from gui.widgets import button, clear, label, marked, subheading

LISTED = 6
"""Findings listed before the rest is only counted."""


class BeforeSigning(QWidget):
    """State and findings of the report of the year shown."""

    asked = Signal(object)
    """Somebody wants to see activity data: the id of a record, or None."""
    boundary_asked = Signal()
    """Somebody wants to describe the boundary."""

    def __init__(self) -> None:
        super().__init__()
        self.status, self.findings = QVBoxLayout(), QVBoxLayout()
        self.findings.setSpacing(6)
        self.links: list[QPushButton] = []
        """What the keyboard goes through, in the order of reading."""
        self._heading = subheading("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addLayout(self.status)
        column.addLayout(self.findings)

    def show_status(self, session: Session) -> Status:
        """Whether it is signed, by whom and when."""
        status = status_of(session)
        clear(self.status)
        words = _state_words(status, session.year)
        self.status.addWidget(marked("check", "good", words) if holds(status) else label(words, wrap=True))
        self._heading.setText(_state_heading(status))
        return status

    def show_findings(self, session: Session) -> Sequence[Finding]:
        """What forbids signing, which is what comes back; what will stand in the report; what is not said yet."""
        clear(self.findings)
        self.links = []
        errors = tuple(forbidding(session.findings))
        warnings = sum(f.severity == "warning" for f in open_findings(session.findings))
        if errors:
            self._list(errors)
        else:
            self.findings.addWidget(marked("check", "good", _("No finding forbids signing.")))
        if warnings:
            self.findings.addWidget(
                marked("warning", "warning", _("{count} warnings; they will stand in the report.", count=warnings))
            )
        if not session.audit.boundary:
            self.findings.addWidget(marked("info", "accent", _("The boundary is not described yet.")))
            self.findings.addWidget(self._link(_("Describe the boundary"), self.boundary_asked.emit))
        return errors

    def _list(self, errors: Sequence[Finding]) -> None:
        self.findings.addWidget(marked("error", "bad", _counted(len(errors))))
        for finding in errors[:LISTED]:
            self.findings.addWidget(self._jump(finding))
        if len(errors) > LISTED:
            more = _("{count} more on the page “Activity data”", count=len(errors) - LISTED)
            self.findings.addWidget(self._link(more, lambda: self.asked.emit(None)))

    def _link(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = button(text, act, role="link")
        self.links.append(made)
        return made

    def _jump(self, finding: Finding) -> QWidget:
        """What is wrong, what to do, and the way there."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(22, 0, 0, 4)
        column.setSpacing(1)
        column.addWidget(label(say(finding.message), wrap=True))
        column.addWidget(label(say(finding.remedy), "muted", wrap=True))
        row = QHBoxLayout()
        there = self._link(_("Go there"), lambda: self.asked.emit(finding.subject))
        there.setAccessibleName(_("Go there: {what}", what=say(finding.message)))
        row.addWidget(there)
        row.addStretch(1)
        column.addLayout(row)
        return made


def holds(status: Status) -> bool:
    """Whether what was signed is what the data say now."""
    return bool(status.revision) and not status.changed_since


def _state_words(status: Status, year: int) -> str:
    if not status.revision:
        return _("Draft. Nothing was signed for {year} yet.", year=str(year))
    if status.when is None:
        words = _("Revision {number} is signed.", number=status.revision)
    else:
        words = _(
            "Revision {number} was signed on {day} by {who}.",
            number=status.revision,
            day=show_date(status.when.date(), language()),
            who=status.who,
        )
    if status.changed_since:
        words += " " + _("The data changed since; sign again to make revision {next}.", next=status.revision + 1)
    return words


def _state_heading(status: Status) -> str:
    if not status.revision:
        return _("Before signing")
    return _("Before signing again") if status.changed_since else _("Signed")


def _counted(count: int) -> str:
    if count == 1:
        return _("1 error forbids signing.")
    return _("{count} errors forbid signing.", count=count)
