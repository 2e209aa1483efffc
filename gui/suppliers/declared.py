"""What the inspector says of a declaration of minerals: state, every reason, answers, smelters, the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.ledger import MineralDeclaration
from core.minerals import STANDINGS
from core.minerals.asked import Asked
from core.minerals.checker import HEAD_NAMES
from core.minerals.problem import Problem
from core.minerals.templates import Question, answer_key
from gui.language import _, say
from gui.suppliers.answer import Answer
from gui.suppliers.around import Go
from gui.suppliers.desk import SupplierDesk, files_of, history_of
from gui.suppliers.inspector import Said
from gui.suppliers.words import (
    STATUS_LEVELS,
    answer_words,
    day_words,
    edition_words,
    minerals_words,
    standing_words,
    status_words,
    verdict_words,
)
from gui.widgets import button
from gui.wording import clauses, in_turn, listed, named

MOST_ROWS = 12
"""Rows of a list that are named."""


class DeclarationExplanation(Said):
    """One declaration."""

    def __init__(
        self, one: MineralDeclaration, desk: SupplierDesk, answer: Answer, go: Go, save: Callable[[str], object]
    ) -> None:
        """``save`` writes a kept file by the id of its evidence."""
        super().__init__(desk, answer, go)
        self._one, self._save = one, save
        self._examined = answer.examined[one.id]
        who = answer.names.get(one.supplier, one.supplier) if one.supplier else _("Own declaration")
        self.title(who, listed(filter(None, (edition_words(one), _day(one)))))
        self._state()
        self._problems()
        self._smelters()
        self._answers()
        self._head()
        self._files()
        self.history(history_of(desk, one), one.id)

    def _state(self) -> None:
        status = self._examined.status
        self.sign(STATUS_LEVELS[status], _("By the rules: {state}", state=status_words(status)))
        decided = verdict_words(self._one)
        if self._one.by:
            decided = _("{state}, by {who}", state=decided, who=self._one.by)
        self.words(named(_("Decision"), decided))
        if self._one.reason:
            self.words(f"“{self._one.reason}”", "muted")
        if self._one.id not in self.answer.current:
            self.words(_("A newer one of the same supplier and template has come since."), "muted")
        if self._one.supplier:
            self.link(_("Go to the supplier"), self._one.supplier)

    def _problems(self) -> None:
        if not self._examined.problems:
            return
        self.section(_("What stands against it ({count})", count=len(self._examined.problems)))
        for one in self._examined.problems:
            self.sign(
                STATUS_LEVELS[one.level], problem_words(one), in_turn(filter(None, (say(one.remedy), rows_words(one))))
            )

    def _smelters(self) -> None:
        if not self._examined.smelters:
            return
        self.section(_("Smelters ({count})", count=len(self._examined.smelters)))
        found = [one.standing.key for one in self._examined.smelters]
        self.pairs([(standing_words(key), str(found.count(key))) for key in STANDINGS if key in found])

    def _answers(self) -> None:
        sheet = Asked.of(self._one)
        rows = list(answer_rows(sheet))
        if rows:
            self.section(_("Answers"))
            self.pairs(rows)

    def _head(self) -> None:
        header = dict(self._one.header)
        rows = [
            (say(HEAD_NAMES["company"]), self._one.company),
            (say(HEAD_NAMES["scope"]), scope_words(self._one.scope)),
        ]
        rows += [(say(name), header.get(key, "")) for key, name in HEAD_NAMES.items()
                 if key not in ("company", "scope", "minerals")]  # fmt: skip
        rows.append((_("Products listed"), str(len(self._one.products)) if self._one.products else ""))
        rows.append((_("Received"), day_words(self._one.received)))
        self.section(_("Head of the declaration"))
        self.pairs([(name[:1].upper() + name[1:], value) for name, value in rows])

    def _files(self) -> None:
        held = files_of(self.answer.records, self._one.evidence)
        if not held:
            return
        self.section(_("The workbook as it came"))
        for file in held:
            self.words(file.name)
            self.column.addWidget(button(_("Save a copy…"), lambda key=file.id: self._save(key), role="link"))  # type: ignore[misc]


def scope_words(key: str) -> str:
    """Which part of the company declares."""
    known = {"A": _("the whole company"), "B": _("products"), "C": _("own definition")}
    return f"{key} – {known[key]}" if key in known else key


def problem_words(one: Problem) -> str:
    """Where and what."""
    return named(say(one.place), say(one.message))


def rows_words(one: Problem) -> str:
    """Which rows of the list it is about, where the sentence does not say it."""
    if not one.rows or "{rows}" in getattr(one.message, "msgid", ""):
        return ""
    shown = [str(row) for row in one.rows[:MOST_ROWS]]
    more = len(one.rows) - len(shown)
    words = listed([*shown, _("{count} more", count=more)] if more else shown)
    return _("Rows of the list: {rows}.", rows=words)


def answer_rows(sheet: Asked) -> Iterator[tuple[str, str]]:
    """Each question with its answers; minerals with one answer stand together."""
    for question in sheet.template.questions:
        yield f"{question.key} {say(question.name)}", _by_answer(sheet, question, sheet.minerals)
    for question in sheet.template.company:
        minerals = sheet.minerals if question.each else ("",)
        yield f"{question.key} {say(question.name)}", _by_answer(sheet, question, minerals)


def _by_answer(sheet: Asked, question: Question, minerals: tuple[str, ...]) -> str:
    found: dict[str, list[str]] = {}
    for mineral in minerals:
        if said := sheet.answers.get(answer_key(question.key, mineral), ""):
            found.setdefault(said, []).append(mineral)
    if minerals == ("",):
        return clauses(answer_words(said) for said in found)
    return clauses(named(answer_words(said), minerals_words(own)) for said, own in found.items())


def _day(one: MineralDeclaration) -> str:
    return day_words(one.effective) if one.effective else _("without date")
