"""The company's own declaration as it follows from accepted ones: answers, who is lacking, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.exchange.minerals import write_rollup
from core.minerals import OwnTemplate, newest
from core.minerals.templates import TITLES, Question, answer_key
from core.minerals.words import mineral_name
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.suppliers.answer import Answer
from gui.suppliers.around import Around
from gui.suppliers.words import DASH, answer_words, few
from gui.tables.table import Column, Mark, Table
from gui.widgets import allow, button, clear, empty_state, label, marked, scrolled, subheading
from gui.wording import in_turn

MOST_SAID = 40
"""Contradictions that are listed."""
LINES = 9
"""Of the sentences that are seen at once."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answers."""

    id: str
    question: Question
    said: Mapping[str, str]
    """By mineral; of a question about the company by an empty one."""
    open: frozenset[str]
    """Minerals for which nothing answers."""
    before: Mapping[str, str]
    """What the own last declaration says."""


class OwnPart(QWidget):
    """Template, answers, sentences."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around = around
        self.template = combo(_("Template"), [])
        self.template.currentIndexChanged.connect(lambda _row: self._show())
        self.write = button(_("Export…"), self.ask_export, role="primary", picture="export",
                            tip=_("A workbook from which you fill in your own declaration"))  # fmt: skip
        self.bring = button(_("Import the own declaration…"), self.ask_own, picture="import",
                            tip=_("As you have published it last: it is compared with what suppliers say"))  # fmt: skip
        self._said = QVBoxLayout()
        self._said.setSpacing(5)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.table: _Answers | None = None
        self._minerals: tuple[str, ...] = ()
        self._figures = label("", wrap=True)
        self._content = QWidget()
        self._begin = button(_("Go to the declarations"), lambda: self.around.go("minerals"), role="primary")
        self._empty = empty_state(
            "suppliers", _("No own declaration follows yet"),
            _("Here stands what your own declaration would say, question by question, once declarations of suppliers "
              "are accepted."), self._begin,
        )  # fmt: skip
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.template)
        head.addWidget(self._figures, 1)
        head.addWidget(self.bring)
        head.addWidget(self.write)
        told = QWidget()
        inside = QVBoxLayout(told)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._said)
        inside.addStretch(1)
        area = scrolled(told)
        area.setAccessibleName(_("What is open and what contradicts"))
        area.setMinimumHeight(self.fontMetrics().height() * LINES)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._place, 3)
        column.addWidget(area, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(self._content)
        whole.addWidget(self._empty)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """From the last answer."""
        answer = self.around.known()
        found = () if answer is None else answer.own.templates
        self._content.setVisible(bool(found))
        self._empty.setVisible(answer is not None and not found)
        allow(self.bring, self.around.locked)
        before = str(self.template.currentData() or "")
        self.template.blockSignals(True)
        self.template.clear()
        for one in found:
            self.template.addItem(say(TITLES[one.template.key]), one.template.key)
        self.template.setCurrentIndex(max(0, self.template.findData(before)))
        self.template.blockSignals(False)
        if found:
            self._show()

    def shown(self) -> OwnTemplate | None:
        """The template that is chosen."""
        answer = self.around.known()
        return None if answer is None else answer.own.by(str(self.template.currentData() or ""))

    def _show(self) -> None:
        one, answer = self.shown(), self.around.known()
        if one is None or answer is None:
            return
        words = [_("{answered} of {asked} suppliers answered", answered=one.answered, asked=one.asked),
                 _("accepted {count}", count=len(one.used)),
                 _("not decided {count}", count=len(one.waiting))]  # fmt: skip
        self._figures.setText(" · ".join(words))
        if self.table is None or self._minerals != one.minerals:
            self._build(one)
        assert self.table is not None
        self.table.set_rows(self._rows(one, answer))
        self._tell(one)

    def _build(self, one: OwnTemplate) -> None:
        """Another template asks about other minerals: each has its column."""
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._minerals = one.minerals
        columns = [
            Column[AnswerRow]("number", _("No."), lambda row: row.question.key, width=5),
            Column[AnswerRow]("question", _("Question, in our words"), lambda row: say(row.question.name), width=26,
                              stretch=True),
            *(_column(mineral) for mineral in one.minerals),
            Column[AnswerRow]("company", _("The company"), lambda row: _shown(row, ""), width=14),
        ]  # fmt: skip
        self.table = _Answers(
            "own_declaration", columns, self.around.settings, name=_("Answers of the own declaration"), editable=False,
            marks=_marks,
        )  # fmt: skip
        self.table.hide_tools()
        self._place.addWidget(self.table)

    def _rows(self, one: OwnTemplate, answer: Answer) -> list[AnswerRow]:
        mine = newest(answer.declarations("")).get(("", one.template.key))
        before, open_ = dict(mine.answers) if mine is not None else {}, frozenset(one.open)
        rows = []
        for question in (*one.template.questions, *one.template.company):
            about = bool(question.about) or question.each
            keys = {mineral: answer_key(question.key, mineral) for mineral in (one.minerals if about else ("",))}
            rows.append(AnswerRow(
                question.key, question,
                {mineral: one.answers.get(key, "") for mineral, key in keys.items()},
                frozenset(mineral for mineral, key in keys.items() if key in open_),
                {mineral: before.get(key, "") for mineral, key in keys.items()},
            ))  # fmt: skip
        return rows

    def _tell(self, one: OwnTemplate) -> None:
        clear(self._said)
        if one.contradictions:
            self._said.addWidget(subheading(_("Contradictions ({count})", count=len(one.contradictions))))
            for each in one.contradictions[:MOST_SAID]:
                words = in_turn((say(each.message), say(each.remedy)))
                self._said.addWidget(marked("warning", "warning", words))
        if one.waiting:
            self._said.addWidget(marked("info", "accent", _(
                "Declarations that nobody has decided about, so that they do not count: {count}.",
                count=len(one.waiting))))  # fmt: skip
        waiting = {each.supplier for each in one.waiting}
        silent = [each.name for each in one.silent if each.id not in waiting]
        if silent:
            self._said.addWidget(
                marked("warning", "warning", _("No answer that counts: {names}", names=few(silent, 12)))
            )
        if one.open:
            words = _("Answers that stay open: {count}. What the company says of itself comes from its own last "
                      "declaration.", count=len(one.open))  # fmt: skip
            self._said.addWidget(marked("info", "accent", words))
        if not self._said.count():
            self._said.addWidget(marked("check", "good", _("Everything is answered, and nothing contradicts.")))
        self._said.addWidget(label(_("Smelters in it: {count}", count=len(one.smelters)), "muted"))

    # ------------------------------------------------------------------ act

    def ask_own(self) -> None:
        """Ask for the workbook of the own last declaration."""
        self.around.go("own declaration")

    def ask_export(self) -> None:
        """Ask where to write it."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Export"), "minerals.xlsx", "Excel (*.xlsx)")
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the workbook."""
        answer, page = self.around.known(), self.around.page
        if answer is None:
            return

        def act() -> bool:
            write_rollup(path, answer.own, answer.records, language())
            return True

        if page.attempt(act):
            page.tell("good", _("Saved {file}.", file=path.name))


class _Answers(Table[AnswerRow]):
    """As few rows as nobody searches; its columns are the minerals."""

    def hide_tools(self) -> None:
        """Only the grid stays."""
        for one in (self.search, self.count, self._columns):
            one.hide()


def _column(mineral: str) -> Column[AnswerRow]:
    return Column(f"mineral {mineral}", say(mineral_name(mineral)), lambda row: _shown(row, mineral), width=12)


def _shown(row: AnswerRow, mineral: str) -> str:
    if mineral not in row.said:
        return ""
    said = row.said[mineral]
    if said:
        return answer_words(said)
    return _("stays open") if mineral in row.open else DASH


def _marks(row: AnswerRow) -> Mapping[str, Mark]:
    found: dict[str, Mark] = {}
    for mineral, said in row.said.items():
        key = f"mineral {mineral}" if mineral else "company"
        before = row.before.get(mineral, "")
        if mineral in row.open:
            found[key] = Mark("info", _("Nothing answers it yet."))
        elif before and said and before != said:
            found[key] = Mark("warning", _("The own last declaration says: {answer}", answer=answer_words(before)))
    return found
