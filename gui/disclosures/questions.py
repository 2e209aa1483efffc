"""The questions of one framework: what is answered, what is missing and who can say it, and the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.readiness import QuestionState, Readiness
from gui.disclosures import words
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state

ALL, MISSING, UNDECIDED, EXPIRED, ANSWERED, UNPROVEN = "all", "missing", "undecided", "expired", "answered", "unproven"
FILTERS: dict[str, Callable[[QuestionState], bool]] = {
    ALL: lambda one: True,
    MISSING: lambda one: one.state in ("missing", "part"),
    UNDECIDED: lambda one: one.state == "undecided",
    EXPIRED: lambda one: one.state == "expired",
    ANSWERED: lambda one: one.state == "answered",
    UNPROVEN: lambda one: one.state == "answered" and not one.proven,
}


class QuestionsView(QWidget):
    """A table to read, filter and work off."""

    chosen = Signal()
    """Another row is selected."""
    asked = Signal(str, str)
    """What is wanted (``answer``, ``decide``, ``comment``, ``open``, ``take_back``) and the id of the question."""

    def __init__(self, settings: Settings, why_not: Callable[[str], str]) -> None:
        """``why_not`` says why a data point cannot be answered."""
        super().__init__()
        self._why_not = why_not
        self._ready: Readiness | None = None
        self._locked = ""
        self.shown = combo(_("Which questions"), [
            (_("All"), ALL), (_("Missing"), MISSING), (_("To be decided"), UNDECIDED), (_("Expired"), EXPIRED),
            (_("Answered"), ANSWERED), (_("Answered without proof"), UNPROVEN),
        ])  # fmt: skip
        self.shown.setMinimumContentsLength(8)
        self.shown.setSizeAdjustPolicy(self.shown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[QuestionState] = Table(
            "disclosure_questions", columns(), settings, name=_("Questions of the framework"), editable=False,
            identity=lambda one: one.question.id, marks=words.marks,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._ask("open"))
        self.answer = button(_("Answer…"), lambda: self._ask("answer"), role="primary",
                             tip=_("F2 or Ctrl+Enter; or double-click the row"))  # fmt: skip
        self.decide = button(_("Decide…"), lambda: self._ask("decide"),
                             tip=_("Whether a conditional question applies"))  # fmt: skip
        self.comment = button(_("Comment…"), lambda: self._ask("comment"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.table.add_tool(self.shown)
        self.table.add_tool(self.answer)
        for one in (self.decide, self.comment):
            self.table.add_spare_tool(one)
        keys = {"F2": "answer", "Ctrl+Return": "answer", "Ctrl+Enter": "answer", "Delete": "take_back",
                "Ctrl+Delete": "take_back"}  # fmt: skip
        for key, what in keys.items():
            QShortcut(QKeySequence(key), self.table.view, lambda what=what: self._ask(what),
                      context=Qt.ShortcutContext.WidgetShortcut)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ show

    def show_ready(self, ready: Readiness | None, locked: str) -> None:
        """The questions of a framework; place and filter are kept."""
        if self._ready is None and ready is not None:
            self.table.set_empty(self._nothing())
        self._ready, self._locked = ready, locked
        self._fill()

    def _nothing(self) -> QWidget:
        return empty_state(
            "check", _("No question of this kind"), _("Another choice above shows the other questions."),
            button(_("Show all questions"), lambda: self.show_kind(ALL)),
        )  # fmt: skip

    def show_kind(self, kind: str) -> None:
        """One of ``FILTERS``."""
        self.shown.setCurrentIndex(self.shown.findData(kind))
        self._fill()

    def _fill(self) -> None:
        keep = FILTERS[str(self.shown.currentData())]
        self.table.set_rows([one for one in self._ready.questions if keep(one)] if self._ready is not None else [])
        self._moved()

    def show_question(self, key: str) -> bool:
        """Go to a question; a filter that hides it is lifted."""
        if self.table.show_record(key):
            return True
        self.show_kind(ALL)
        return self.table.show_record(key)

    @property
    def current(self) -> QuestionState | None:
        """The question the person stands on."""
        return self.table.current_record()

    # ------------------------------------------------------------------ act

    def _ask(self, what: str) -> None:
        if self.current is not None:
            self.asked.emit(what, self.current.question.id)

    def _moved(self) -> None:
        one = self.current
        none = "" if one is not None else _("Select a row first.")
        allow(self.answer, self._locked or none or self._unanswerable(one))
        conditional = one is not None and one.question.requirement == "cond"
        allow(self.decide, self._locked or none or ("" if conditional else _("It is asked of everybody.")))
        allow(self.comment, self._locked or none)
        self.chosen.emit()

    def _unanswerable(self, one: QuestionState | None) -> str:
        """Why nobody answers a question; empty: one of its data points is answered by people."""
        if one is None or not one.question.points:
            return _("No data point is linked to this question.")
        reasons = [self._why_not(key) for key in one.question.points]
        return reasons[0] if all(reasons) else ""


def columns() -> list[Column[QuestionState]]:
    """Number, our label, state, answer, what is missing."""
    return [
        Column("id", _("Question"), lambda one: one.question.id, width=9, sort=lambda one: natural(one.question.id)),
        Column("name", _("Label"), lambda one: say(one.question.name), width=22, stretch=True),
        Column("state", _("State"), lambda one: words.state_words(one.state), width=15,
               sort=lambda one: words.ORDER[one.state]),
        Column("value", _("Answer"), words.answer_words, width=16),
        Column("missing", _("What is missing"), words.missing_words, width=22, stretch=True),
        Column("requirement", _("Requirement"), lambda one: words.requirement_words(one.question.requirement),
               width=14, hidden=True),
        Column("comment", _("Comment"), lambda one: one.comment, width=24, hidden=True),
    ]  # fmt: skip


def natural(key: str) -> tuple[tuple[int, int | str], ...]:
    """Numbers of questions as people order them: 7.6 before 7.30.

    >>> natural("7.6") < natural("7.30") < natural("7.30.1") < natural("C1")
    True
    """
    parts = "".join(sign if sign.isalnum() else " " for sign in key).split()
    return tuple((0, int(one)) if one.isascii() and one.isdecimal() else (1, one) for one in parts)
