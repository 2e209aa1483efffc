"""A question with everything known of it, and a data point with all questions that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.disclosures.catalogue import all_points
from core.disclosures.question import Question
from core.disclosures.readiness import QuestionState, value_of
from core.disclosures.value import Origin, PointValue
from core.library.record_words import field_name
from gui.disclosures import words
from gui.disclosures.found import Found, Place
from gui.disclosures.links import link
from gui.disclosures.origins import Named, OriginList
from gui.disclosures.value_part import before_words, proof_part, value_part
from gui.icons import LEVELS
from gui.language import _, say
from gui.settings import Settings
from gui.solar.parts import facts
from gui.widgets import button, label, marked, rule, subheading
from gui.wording import named

PLACES = 12
"""Questions of other frameworks that are listed."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What links and buttons of the inspector do."""

    settings: Settings
    why_not: Callable[[str], str]
    """Why a data point cannot be answered."""
    answer: Callable[[str], object]
    decide: Callable[[Place], object]
    comment: Callable[[Place], object]
    show_point: Callable[[str], object]
    show_question: Callable[[Place], object]
    named: Callable[[Origin], Named]
    go: Callable[[PointValue, Origin, str], object]
    """Open a record behind a value."""
    proof: Callable[[str], object] | None
    """Open a kept file; None where they are not kept here."""


class Explained(QWidget):
    """Sections one below the other."""

    def __init__(self, found: Found, before: Mapping[str, PointValue] | None, ways: Ways) -> None:
        super().__init__()
        self._found, self._before, self._ways = found, before, ways
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    # ------------------------------------------------------------------ a question

    def question(self, key: str, state: QuestionState) -> Explained:
        """A question of a framework."""
        asked, question = self._found.maps[key], state.question
        self._title(named(question.id, say(question.name)), f"{asked.framework} {asked.edition}")
        level = words.LEVELS.get(state.state, "info")
        token = "accent" if level == "info" else level
        self.column.addWidget(marked(LEVELS[level], token, words.state_words(state.state)))
        if question.status in words.STATUSES:
            self.column.addWidget(marked("info", "accent", say(words.STATUSES[question.status])))
        pairs = [(_("Requirement"), words.requirement_words(question.requirement)),
                 (_("Kind"), words.kind_words(question.kind)), (_("Unit asked for"), words.unit_words(question.unit)),
                 (_("Decision"), self._decided(state)), (_("Reason"), state.reason), (_("Comment"), state.comment),
                 (say(field_name("answer", "note")), "" if question.note is None else say(question.note))]  # fmt: skip
        self.column.addLayout(facts([pair for pair in pairs if pair[1]]))
        self._question_acts((key, question.id), state)
        if not state.values:
            self.column.addWidget(marked("warning", "warning", _("No data point is linked to this question.")))
        for value in state.values:
            self.column.addWidget(rule())
            self.column.addWidget(subheading(words.point_name(value.point), wrap=True))
            self._value(value, question)
            count = len(self._found.asked.get(value.point, ()))
            told = _("Asked by questions: {count}", count=count)
            self.column.addWidget(link(told, lambda key=value.point: self._ways.show_point(key)))  # type: ignore[misc]
        return self

    @staticmethod
    def _decided(state: QuestionState) -> str:
        held = state.decision
        if held is None or not held.applies:
            return ""
        told = words.applies_words(held.applies)
        return _("{decision} ({who})", decision=told, who=held.by) if held.by else told

    def _question_acts(self, place: Place, state: QuestionState) -> None:
        row = QHBoxLayout()
        if state.question.requirement == "cond":
            row.addWidget(button(_("Decide…"), lambda: self._ways.decide(place)))
        row.addWidget(button(_("Comment…"), lambda: self._ways.comment(place)))
        row.addStretch(1)
        self.column.addLayout(row)

    # ------------------------------------------------------------------ a data point

    def point(self, key: str) -> Explained:
        """A data point, as the catalogue has it."""
        self._title(words.point_name(key), key)
        self._value(value_of(self._found.values, key))
        self.column.addWidget(rule())
        places = self._found.asked.get(key, ())
        self.column.addWidget(subheading(_("Asked by questions: {count}", count=len(places))))
        for place in places[:PLACES]:
            state = self._found.state_of(place)
            name = "" if state is None else f" {say(state.question.name)}"
            told = f"{self._found.maps[place[0]].framework} {place[1]}{name}"
            self.column.addWidget(link(told, lambda place=place: self._ways.show_question(place)))  # type: ignore[misc]
        if len(places) > PLACES:
            self.column.addWidget(label(_("and {count} more", count=len(places) - PLACES), "muted", size=0.92))
        return self

    def _title(self, title: str, below: str) -> None:
        self.column.addWidget(label(title, size=1.15, strong=True, wrap=True))
        self.column.addWidget(label(below, "muted", wrap=True))

    def _value(self, value: PointValue, question: Question | None = None) -> None:
        found, ways, point = self._found, self._ways, all_points().get(value.point)
        self.column.addWidget(value_part(value, found.words, ways.settings, self.window()))
        if told := before_words(value, self._before, found.year - 1, question):
            self.column.addWidget(label(told, "muted", wrap=True))
        self.column.addWidget(proof_part(value, found.proofs, ways.proof))
        if point is not None and point.evidence is not None and not value.proven:
            self.column.addWidget(label(_("Usually proven by: {what}", what=point.evidence), "muted", wrap=True))
        if value.missing is not None and value.derived and (who := words.who_words(value.point)):
            self.column.addWidget(label(_("Usually supplied by: {who}", who=who), wrap=True))
        if value.origins:
            self.column.addWidget(label(_("Origin"), "muted"))
            self.column.addWidget(
                OriginList(value.origins, ways.named, lambda origin, key: ways.go(value, origin, key))
            )
        self._answer(value)

    def _answer(self, value: PointValue) -> None:
        why = self._ways.why_not(value.point)
        if why:
            self.column.addWidget(label(why, "muted", size=0.92, wrap=True))
            return
        words_of = _("Change the answer…") if self._found.answer_of(value.point) is not None else _("Answer…")
        row = QHBoxLayout()
        row.addWidget(button(words_of, lambda: self._ways.answer(value.point)))
        row.addStretch(1)
        self.column.addLayout(row)
