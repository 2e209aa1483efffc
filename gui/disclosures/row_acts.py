"""What is done with the row one stands on: the next step of a question, an answer, a comparison, proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from core.disclosures.readiness import QuestionState
from core.entering.plant import FORMS
from core.inventory.judging import Decision
from gui.disclosures import words
from gui.disclosures.acts import Acts
from gui.disclosures.found import Found
from gui.disclosures.frame import Frame
from gui.entering.form import RecordForm
from gui.entering.part import state
from gui.language import _


class RowActs(QObject):
    """Hears what the tables ask."""

    def __init__(self, acts: Acts, frame: Frame, found: Callable[[], Found | None]) -> None:
        super().__init__(acts)
        self._acts, self._frame, self._found = acts, frame, found
        self.dialog: RecordForm
        """The form of what was handed in that was opened last."""
        frame.questions.asked.connect(self.of_question)
        frame.points.asked.connect(self.of_point)
        frame.submitted.change.connect(self.complete)

    def of_question(self, what: str, key: str) -> None:
        """``answer``, ``decide``, ``comment``, ``take_back``, or ``open``: the next step."""
        place, found = (self._frame.frameworks.key, key), self._found()
        one = None if found is None else found.state_of(place)
        if one is None:
            return
        if what == "open" and one.state == "undecided":
            what = "decide"
        if what == "decide":
            self._acts.decide(place)
        elif what == "comment":
            self._acts.comment(place)
        elif what == "take_back":
            self._acts.take_back(one.question.points)
        else:
            self._answer(one, what)

    def _answer(self, one: QuestionState, what: str) -> None:
        """The data points that people answer; where there are several, which."""
        acts, button = self._acts, self._frame.questions.answer
        points = [key for key in one.question.points if not acts.why_not(key)]
        if len(points) == 1:
            acts.answer(points[0])
        elif points:
            self.answer_menu(one, points).popup(button.mapToGlobal(QPoint(0, button.height())))
        else:
            if what == "answer" and one.question.points:
                acts.page.tell("info", acts.why_not(one.question.points[0]))
            acts.page.inspector_wanted.emit()

    def answer_menu(self, one: QuestionState, points: Sequence[str]) -> QMenu:
        """What is not known yet first."""
        known = {value.point for value in one.values if value.known}
        menu = QMenu(self._acts.page)
        for key in sorted(points, key=lambda key: key in known):
            told = words.point_name(key)
            act = menu.addAction(told if key in known else _("{what} (missing)", what=told))
            act.triggered.connect(lambda _on=False, key=key: self._acts.answer(key))
        return menu

    def of_point(self, what: str, key: str) -> None:
        """``answer``, ``take_back``, or ``open``: an answer where people give it, else where it comes from."""
        if what == "take_back":
            self._acts.take_back([key])
        elif what == "open" and self._acts.why_not(key):
            self._acts.page.inspector_wanted.emit()
        else:
            self._acts.answer(key)

    def complete(self, submission: str) -> None:
        """The proofs of what was handed in, and the note."""
        acts = self._acts
        held = acts.desk.records.get("submission", submission)
        if held is None or acts.locked:
            return
        self.dialog = form = RecordForm(acts.desk.records, FORMS["submission"], held, acts.page)

        def stated(decision: Decision) -> None:
            state(form, acts.page, acts.desk, decision)

        form.stated.connect(stated)
        form.open()
