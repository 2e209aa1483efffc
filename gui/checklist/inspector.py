"""What the inspector says of a question: its answer and proof, whom it serves, what was raised because of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.disclosures.checklist import Checked, answers_to
from core.disclosures.value import Origin, PointValue
from gui.checklist import words
from gui.checklist.state import Checks, value_at
from gui.disclosures import words as said
from gui.disclosures.links import link
from gui.disclosures.origins import Named, OriginList
from gui.disclosures.value_part import proof_part, value_part
from gui.icons import LEVELS
from gui.language import _, say
from gui.settings import Settings
from gui.widgets import button, label, marked, rule, subheading
from gui.wording import named

MOST = 30
"""Plants that are listed."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What links and buttons do."""

    settings: Settings
    why_not: Callable[[str], str]
    """Why a question cannot be answered here."""
    answer: Callable[[str], object]
    named: Callable[[Origin], Named]
    go: Callable[[PointValue, Origin, str], object]
    """Open a record behind a value."""
    framework: Callable[[tuple[str, str]], object]
    """Show a question of a framework."""
    finding: Callable[[str], object]
    report: Callable[[str], object]
    """Show the report of a plant, by its hash."""
    proof: Callable[[str], object] | None
    """Open a kept file; None where they are not kept here."""


class QuestionExplanation(QWidget):
    """Sections one below the other."""

    def __init__(self, one: Checked, checks: Checks, today: date, ways: Ways) -> None:
        super().__init__()
        self._one, self._checks, self._today, self._ways = one, checks, today, ways
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self._head()
        self._value()
        self._answer()
        self._serves()
        if checks.of_plant:
            self._actions()
        else:
            self._plants()

    def _head(self) -> None:
        question, level = self._one.question, words.LEVELS[self._one.state]
        title = named(question.code, say(question.point.name))
        self.column.addWidget(label(title, size=1.15, strong=True, wrap=True))
        area = next(each for each in self._checks.areas if each.key == question.area)
        self.column.addWidget(label(say(area.title), "muted", wrap=True))
        token = "accent" if level == "info" else level
        self.column.addWidget(marked(LEVELS[level], token, words.state_words(self._one.state)))

    def _value(self) -> None:
        found, ways, value, point = self._checks.found, self._ways, self._one.value, self._one.question.point
        self.column.addWidget(value_part(value, found.words, ways.settings, self.window()))
        self.column.addWidget(proof_part(value, found.proofs, ways.proof))
        if point.evidence is not None and not value.proven:
            self.column.addWidget(label(_("Usually proven by: {what}", what=say(point.evidence)), "muted", wrap=True))
        if value.missing is not None and self._one.who is not None:
            self.column.addWidget(label(_("Usually supplied by: {who}", who=say(self._one.who)), wrap=True))
        if held := words.answer_behind(found.records, value):
            if held.year != found.year:
                told = _("Answered for {year}; it holds for later years too.", year=str(held.year))
                self.column.addWidget(label(told, "muted", wrap=True))
            if held.note:
                self.column.addWidget(label(held.note, wrap=True))
        if value.origins and self._checks.of_plant:
            self.column.addWidget(label(_("Origin"), "muted"))
            self.column.addWidget(
                OriginList(value.origins, ways.named, lambda origin, key: ways.go(value, origin, key))
            )

    def _answer(self) -> None:
        point = self._one.question.point.key
        if why := self._ways.why_not(point):
            self.column.addWidget(label(why, "muted", size=0.92, wrap=True))
            return
        told = _("Change the answer…") if self._checks.found.answer_of(point) is not None else _("Answer…")
        row = QHBoxLayout()
        row.addWidget(button(told, lambda: self._ways.answer(point)))
        row.addStretch(1)
        self.column.addLayout(row)

    def _serves(self) -> None:
        places = answers_to(self._one.question, self._checks.found.maps)
        other = self._one.question.other
        if not places and other is None:
            return
        self.column.addWidget(rule())
        self.column.addWidget(subheading(_("Helps to answer")))
        for asked, question in places:
            told = f"{asked.framework} {named(question.id, say(question.name))}"
            place = (asked.key, question.id)
            self.column.addWidget(link(told, lambda place=place: self._ways.framework(place)))  # type: ignore[misc]
        if other is not None:
            self.column.addWidget(label(say(other), wrap=True))

    def _actions(self) -> None:
        """Findings of the audit that were raised because of it, with their state."""
        if not self._one.findings and not self._one.wanting:
            return
        self.column.addWidget(rule())
        self.column.addWidget(subheading(_("Corrective actions")))
        for one in self._one.findings:
            told = f"{words.finding_words(self._checks.found.records, one, self._today)} · {one.title}"
            self.column.addWidget(link(told, lambda key=one.id: self._ways.finding(key)))  # type: ignore[misc]
        if self._one.open_findings:
            return
        if self._one.wanting:
            told = _("It asks for a corrective action, and none is open.")
            self.column.addWidget(marked("warning", "warning", told))
        else:
            self.column.addWidget(label(_("None is open."), "muted"))

    def _plants(self) -> None:
        """What each plant answered, with the way to its report."""
        group, point = self._checks.found.group, self._one.question.point.key
        if group is None or not group.plants:
            return
        self.column.addWidget(rule())
        self.column.addWidget(subheading(_("Plants")))
        for key in sorted(group.plants, key=lambda key: group.names.get(key, key).casefold())[:MOST]:
            name, value = group.names.get(key, key), value_at(self._checks.found, key, point)
            told = named(name, plant_words(value))
            filed = group.reports.get(key)
            if filed is None:
                self.column.addWidget(label(told, "muted", wrap=True))
            else:
                sha256 = filed.sha256
                self.column.addWidget(link(told, lambda sha256=sha256: self._ways.report(sha256)))  # type: ignore[misc]
        if (more := len(group.plants) - MOST) > 0:
            self.column.addWidget(label(_("and {count} more", count=more), "muted", size=0.92))


def plant_words(value: PointValue | None) -> str:
    """What a plant answered, and whether it can prove it."""
    if value is None:
        return _("not reported")
    if value.missing is not None:
        return words.state_words("missing")
    if value.expired:
        return words.state_words("expired")
    return _("{answer}, {proof}", answer=said.brief(value) or _("said"), proof=said.said_nothing(value))
