"""Closing a year and restating it: what state it is in, and the two dialogs. Both acts want a reason and are final."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.checks import forbidding
from core.errors import UserError
from core.i18n import T, show_date, show_number
from core.inventory.closing import Candidate
from core.inventory.waterfall import CAUSES, TITLES
from core.ledger import Change
from gui.asking import Asking
from gui.chart import Chart
from gui.compare.comparing import PLACES, VIEWS, CauseRow, Question, chart_of, compared, signed, waiting_records
from gui.fields import words_field
from gui.icons import LEVELS, pixmap
from gui.language import _, language, say
from gui.notices import Level
from gui.session import Session
from gui.widgets import button, card, clear, label, number, rule
from gui.wording import TONNES, named


def numbers(whole: CauseRow, titles: tuple[str, str], *, every: bool = True) -> QWidget:
    """The waterfall in exact numbers: before, each cause (or only those that matter), after, change."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(5)
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(0, 1)
    causes = whole.causes
    rows = [(titles[0], show_number(whole.before, PLACES), True)]
    rows += [(say(TITLES[cause]), signed(causes[cause]), False) for cause in CAUSES if every or causes[cause]]
    rows += [(titles[1], show_number(whole.after, PLACES), True)]
    rows += [(_("Change"), signed(whole.change), True)]
    grid.addWidget(label(TONNES, "muted", size=0.92), 0, 1, Qt.AlignmentFlag.AlignRight)
    place = 1
    for name, text, strong in rows:
        if name == titles[1]:
            grid.addWidget(rule(), place, 0, 1, 2)
            place += 1
        grid.addWidget(label(name, "" if strong or text != "0" else "muted", strong=strong, wrap=True), place, 0)
        figure = number(text, strong=strong)
        figure.setAccessibleName(named(name, f"{text} {TONNES}"))
        grid.addWidget(figure, place, 1, Qt.AlignmentFlag.AlignRight)
        place += 1
    return made


class State(QFrame):
    """One line: whether the year is open or closed, what waits, and the button for the next act."""

    def __init__(self, session: Session, act: Callable[[], object], compare: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("card")
        self._sign = QLabel()
        self._words = label("", strong=True, wrap=True)
        self._more = label("", "muted", wrap=True)
        self.compare = button(_("Show the difference"), compare)
        self.act = button("", act)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._words)
        words.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self.compare)
        row.addWidget(self.act)

    def show_state(self, waits: Candidate | None) -> None:
        """Of the year shown; ``waits`` is what a restatement would make of it."""
        level, words, more = told(self._session, waits)
        self._sign.setPixmap(pixmap(LEVELS[level], "accent" if level == "info" else level, 16))
        self._words.setText(words)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.compare.setVisible(waits is not None)
        closed = self._session.closing is not None
        self.act.setText(_("Restate…") if closed else _("Close the year…"))
        self.act.setAccessibleName(self.act.text())
        self.act.setVisible(waits is not None or not closed)
        why = "" if self._session.writable else _("This file is open for reading only.")
        self.act.setEnabled(not why)
        self.act.setToolTip(why)


def told(session: Session, waits: Candidate | None) -> tuple[Level, str, str]:
    """How grave the state is, the state in words, and more about it."""
    year, closing = str(session.year), session.closing
    if closing is None:
        errors = len(forbidding(session.findings))
        words = _("{year} is open: every edit changes its numbers.", year=year)
        if errors:
            return "info", words, _("{count} open errors forbid closing.", count=errors)
        return "info", words, "" if session.writable else _("This file is open for reading only.")
    since = _("{year} is closed since {day}, version {number}: its factors and numbers stay.", year=year,
              day=show_date(closing.closed, language()), number=closing.revision)  # fmt: skip
    if session.trouble is not None:
        return "bad", since, say(session.trouble)
    if waits is None:
        return "good", since, _("Reason: {reason}", reason=closing.reason)
    return "warning", since, waiting_words(session, waits)


def waiting_words(session: Session, waits: Candidate) -> str:
    """``Changes that wait for a restatement: 3; +1.234 t CO2e location-based, …``."""
    if waits.waterfall.empty:
        return _("Changes wait for a restatement; no tonne differs.")
    count = waiting_records(session.closed, waits) if session.closed is not None else 0
    return _(
        "Changes that wait for a restatement: {count}; {tonnes} t CO₂e location-based, {market} t CO₂e market-based.",
        count=count,
        tonnes=signed(waits.waterfall.change()),
        market=signed(waits.waterfall.change(VIEWS["market"][1])),
    )


def may_seal(session: Session) -> bool:
    """Whether the year shown may be closed or restated, asked before anybody types a reason.

    Raises
    ------
    UserError
        for a file that is only read, a year without data, and open errors.
    """
    year = str(session.year)
    if not session.writable:
        raise UserError(T("This file is open for reading only."), T("Open it where it can be changed."))
    if session.closing is None and not session.inventory.activities:
        raise UserError(
            T("There is no activity data for {year}.", year=year), T("Import or enter the bills of the year first.")
        )
    if session.closing is None and (errors := forbidding(session.findings)):
        raise UserError(
            T("{count} errors forbid closing, first: {finding}", count=len(errors), finding=errors[0].message),
            T("Correct them on the page “Activity data”, then close the year."),
        )
    return True


class _Sealing(Asking):
    """Shows what will be final, asks why, works it out in a job and confirms it."""

    def __init__(self, session: Session, title: str, explained: str, do: str, parent: QWidget | None) -> None:
        super().__init__(title, explained, do, parent)
        self._session = session
        self.reason = words_field()

    def ask_why(self, hint: str) -> None:
        """The last field."""
        self.add(_("Reason"), self.reason, hint)
        self.reason.setFocus()

    @property
    def said(self) -> str:
        return self.reason.toPlainText().strip()

    def needed(self) -> str:
        if not self.said:
            raise UserError(T("A reason is missing."), T("Say why, in words that an auditor understands years later."))
        return self.said

    def succeeded(self, result: object) -> None:
        change, blob = cast("tuple[Change, bytes]", result)
        try:
            self._session.seal(change, blob)
        except UserError as error:
            self.complain(error)
            return
        self.accept()


class CloseDialog(_Sealing):
    """Close the year shown."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        year = str(session.year)
        explained = _(
            "The factors and numbers of {year} stay for ever as they are now. A later correction waits until somebody "
            "restates the year. Closing cannot be undone.",
            year=year,
        )
        super().__init__(session, _("Close {year}", year=year), explained, _("Close the year"), parent)
        frame, inside = card()
        totals = session.inventory.totals
        for name, value in ((_("Total, location-based"), totals.location), (_("Total, market-based"), totals.market)):
            row = QHBoxLayout()
            row.addWidget(label(name))
            row.addStretch(1)
            row.addWidget(number(f"{show_number(value, PLACES)} {TONNES}", strong=True))
            inside.addLayout(row)
        self.fields.addWidget(frame)
        self.ask_why(_("For example that the report was verified."))

    def work(self) -> Callable[[], object]:
        return self._session.to_close(self.needed())


class RestateDialog(_Sealing):
    """Show what a restatement changes, and restate."""

    def __init__(self, session: Session, waits: Candidate, parent: QWidget | None) -> None:
        year = str(session.year)
        explained = _(
            "The numbers of {year} are replaced by those of today. The closed ones stay in the history of the file. "
            "Restating cannot be undone.",
            year=year,
        )
        super().__init__(session, _("Restate {year}", year=year), explained, _("Restate the year"), parent)
        question = Question("closed")
        found = compared(question, session.inventory, waits.inventory, waits.waterfall)
        self.chart = Chart(_("What makes the difference"))
        self.chart.show_data(chart_of(found, "location"))
        self.chart.setMinimumHeight(self.fontMetrics().height() * 13)
        self.fields.addWidget(self.chart)
        self.fields.addWidget(numbers(found.views["location"].whole, question.titles(), every=False))
        self.ask_why(_("For example which bill was wrong, and how that was noticed."))

    def work(self) -> Callable[[], object]:
        return self._session.to_restate(self.needed())


def cleared(layout: QVBoxLayout, made: QWidget) -> None:
    """Put a fresh widget in the place of the old one."""
    clear(layout)
    layout.addWidget(made)
