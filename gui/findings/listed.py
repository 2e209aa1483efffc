"""A list of findings: what is wrong, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.checks import open_findings
from core.checks.required_evidence import RULE as REQUIRED
from core.i18n import Text
from core.methods import Finding
from gui.findings.dismissing import Dismissing
from gui.icons import LEVELS, pixmap
from gui.language import _, say
from gui.widgets import button, clear, label, marked, rule, subheading
from gui.wording import SEVERITIES, named, said, shortened

MOST = 3
"""Findings shown, without their remedies, before somebody asks for all."""


class FindingList(QWidget):
    """Counts by severity, the gravest findings first; those that somebody dismissed apart, with the reason."""

    def __init__(
        self,
        open_one: Callable[[Finding], None],
        most: int = MOST,
        *,
        dismissing: Dismissing | None = None,
        open_all: Callable[[], None] | None = None,
    ) -> None:
        """``open_all`` goes to where all of them stand; without it they unfold in place."""
        super().__init__()
        self._open, self._most, self._dismissing, self._open_all = open_one, most, dismissing, open_all
        self._all, self._all_dismissed = False, False
        self._dismissed: tuple[Finding, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._title = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_findings(self, findings: Sequence[Finding], title: str) -> None:
        """Show these, already ordered."""
        self._findings, self._title = open_findings(findings), title
        self._dismissed = tuple(finding for finding in findings if finding.dismissed)
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
        self._show_dismissed()
        self._column.addStretch(1)

    def _show_dismissed(self) -> None:
        if not self._dismissed:
            return
        if not self._all_dismissed:
            words = _("{count} dismissed, with reasons", count=len(self._dismissed))
            link = button(words, self._show_all_dismissed, role="link")
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            return
        self._column.addWidget(rule())
        self._column.addWidget(subheading(_("Dismissed")))
        for finding in self._dismissed:
            self._column.addWidget(self._dismissed_row(finding))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(subheading(self._title))
        head.addStretch(1)
        head.addLayout(counts(self._findings))
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
        words.addWidget(_message(finding, finding.remedy))
        whole = self._all or len(self._findings) == 1
        if whole:
            words.addWidget(label(say(finding.remedy), "muted", wrap=True))
        sign.setContentsMargins(0, 2, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        acts = QVBoxLayout()
        acts.setSpacing(0)
        show = button(_("Show"), lambda: self._open(finding), role="link")
        show.setAccessibleName(_("Show: {what}", what=say(finding.message)))
        acts.addWidget(show)
        if whole and self._dismissing is not None and self._dismissing.possible(finding):
            acts.addWidget(self._act(_("Dismiss…"), finding, self._dismissing.ask))
        acts.addStretch(1)
        row.addLayout(acts)
        return made

    def _dismissed_row(self, finding: Finding) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(_message(finding, role="muted"))
        words.addWidget(label(_("Reason: {reason}", reason=finding.dismissed), wrap=True))
        row.addLayout(words, 1)
        if self._dismissing is not None and self._dismissing.possible(finding):
            back = self._act(_("Take back"), finding, self._dismissing.take_back)
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _act(self, title: str, finding: Finding, act: Callable[[Finding], None]) -> QPushButton:
        """A link that may end its own row, so the click has to be over before it acts."""
        made = button(title, lambda: QTimer.singleShot(0, self, lambda: act(finding)), role="link")
        made.setAccessibleName(f"{title} {say(finding.message)}")
        return made

    def _show_all_dismissed(self) -> None:
        if self._open_all is not None:
            self._open_all()
            return
        self._all_dismissed = True
        self._show()

    def _show_all(self) -> None:
        if self._open_all is not None:
            self._open_all()
            return
        self._all = True
        self._show()


def _message(finding: Finding, *more: Text, role: str = "") -> QLabel:
    """Of many names it says the first and counts the others; the whole sentence stands beside it, with what is more."""
    short = shortened(finding.message)
    made = label(say(short), role, wrap=True)
    beside = said(*more) if short is finding.message else said(finding.message, *more)
    made.setToolTip(beside)
    made.setAccessibleDescription(beside)
    return made


def counts(findings: Iterable[Finding]) -> QHBoxLayout:
    """How many of each gravity: icon and number."""
    row = QHBoxLayout()
    row.setSpacing(8)
    held = tuple(findings)
    for severity, (level, word) in SEVERITIES.items():
        count = sum(finding.severity == severity for finding in held)
        if count:
            sign = QLabel()
            sign.setPixmap(pixmap(LEVELS[level], "accent" if level == "info" else level, 16))
            row.addWidget(sign)
            number = label(str(count))
            number.setAccessibleName(named(say(word), str(count)))
            number.setToolTip(say(word))
            row.addWidget(number)
    return row


def place_of(finding: Finding) -> tuple[str, str]:
    """The page that shows what a finding is about, and what to show there."""
    subject = finding.subject
    kind, sign, _rest = subject.partition(":")
    if subject == "inventory":
        return "quality", subject
    if finding.rule == REQUIRED.key:
        return "evidence", subject  # where the files are attached that it asks for
    if subject == "scope2":
        return "sources", "scope2_market"
    if sign and kind in ("base_year", "closing", "year"):
        return "compare", subject
    return ("sources" if kind == "scope3" else "activity"), subject
