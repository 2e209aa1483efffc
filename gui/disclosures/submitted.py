"""What was handed in, as it was on that day: it never changes, only a later one supersedes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.submitting import submitted, superseded
from core.disclosures.value import PointValue
from core.i18n import show_date
from core.ledger import Submission
from core.library.record_words import field_name
from gui.disclosures import words
from gui.disclosures.found import Found
from gui.language import _, language, say
from gui.settings import Settings
from gui.solar.parts import facts
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state, label, marked, subheading

MOST = 40
"""Answers shown in the inspector."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One submission."""

    one: Submission
    title: str
    superseded: bool
    evidence: tuple[str, ...]
    """Names of the files."""

    @property
    def id(self) -> str:
        return self.one.id

    @property
    def answers(self) -> int:
        """Data points that were answered, each once for each question."""
        return len(submitted(self.one))


class SubmittedView(QWidget):
    """All frameworks and years, newest first."""

    chosen = Signal()
    """Another row is selected."""
    wanted = Signal()
    """Freeze what is shown now."""
    compare = Signal(str)
    """Id of what the answers are to be compared with."""
    change = Signal(str)
    """Id of one whose proofs and note are to be completed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._locked = ""
        self.table: Table[Row] = Table("disclosure_submitted", columns(), settings, name=_("Handed in"),
                                       editable=False, marks=marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._with(self.compare.emit))
        self.beside = button(_("Compare"), lambda: self._with(self.compare.emit), picture="compare")
        self.complete = button(_("Proofs and note…"), lambda: self._with(self.change.emit))
        for one in (self.beside, self.complete):
            self.table.add_tool(one)
        self.first = button(_("Freeze as handed in…"), self.wanted.emit, role="primary")
        self.table.set_empty(
            empty_state(
                "inbox", _("Nothing was handed in yet"),
                _("Freeze the answers of a framework on the day on which you hand them in: they stay as they were, and "
                  "later answers can be compared with them."), self.first,
            )
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def show_found(self, found: Found, locked: str) -> None:
        """Everything that was handed in."""
        self._locked = locked
        self.table.set_rows(rows_of(found))
        allow(self.first, locked)
        self._moved()

    def _with(self, act: Callable[[str], object]) -> None:
        row = self.table.current_record()
        if row is not None:
            act(row.id)

    def _moved(self) -> None:
        none = "" if self.table.current_record() is not None else _("Select a row first.")
        allow(self.beside, none)
        allow(self.complete, self._locked or none)
        self.chosen.emit()

    def inspect(self) -> QWidget | None:
        """What was handed in, answer by answer."""
        row = self.table.current_record()
        return None if row is None else about(row)


def rows_of(found: Found) -> list[Row]:
    """Newest first."""
    held = found.records.held(Submission)
    old = superseded(held)
    return [
        Row(one, say(found.maps[one.map].title) if one.map in found.maps else one.map, one.id in old,
            tuple(found.proofs.get(key, key) for key in one.evidence))
        for one in sorted(held, key=lambda one: (one.day, one.id), reverse=True)
    ]  # fmt: skip


def columns() -> list[Column[Row]]:
    """When, what, to whom."""
    return [
        Column("day", field("day"), lambda row: show_date(row.one.day, language()), sort=lambda row: row.one.day,
               width=15),
        Column("title", _("Framework"), lambda row: row.title, width=26, stretch=True),
        Column("year", field("year"), lambda row: str(row.one.year), sort=lambda row: row.one.year, width=8),
        Column("recipient", field("recipient"), lambda row: row.one.recipient, width=16),
        Column("by", field("by"), lambda row: row.one.by, width=14),
        Column("answers", _("Answers"), lambda row: str(row.answers), align="right", sort=lambda row: row.answers,
               width=9),
        Column("state", _("State"), state, width=18),
        Column("evidence", field("evidence"), lambda row: ", ".join(row.evidence), width=26),
        Column("note", field("note"), lambda row: row.one.note, width=20, hidden=True),
    ]  # fmt: skip


def field(key: str) -> str:
    """What a field of these records is called."""
    return say(field_name("submission", key))


def state(row: Row) -> str:
    """Whether it still stands."""
    return _("superseded") if row.superseded else _("stands")


def marks(row: Row) -> dict[str, Mark]:
    """Whether it stands, and whether there is a proof of it."""
    found = {"state": Mark("info" if row.superseded else "good", state(row))}
    if row.evidence:
        found["evidence"] = Mark("proof", ", ".join(row.evidence))
    return found


def about(row: Row) -> QWidget:
    """The whole of it."""
    one, made = row.one, QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(label(row.title, size=1.15, strong=True, wrap=True))
    column.addWidget(marked(*(("history", "muted") if row.superseded else ("check", "good")), state(row)))
    column.addLayout(facts([pair for pair in (
        (field("year"), str(one.year)), (field("edition"), one.edition), (field("day"), show_date(one.day, language())),
        (field("recipient"), one.recipient), (field("by"), one.by), (field("evidence"), ", ".join(row.evidence)),
        (field("note"), one.note),
    ) if pair[1]]))  # fmt: skip
    column.addWidget(subheading(_("Answers")))
    found = submitted(one)
    column.addLayout(facts(answers(islice(found.items(), MOST))))
    if len(found) > MOST:
        column.addWidget(label(_("and {count} more", count=len(found) - MOST), "muted"))
    return made


def answers(found: Iterable[tuple[tuple[str, str], PointValue]]) -> list[tuple[str, str]]:
    """Question with data point, and what was said."""
    return [(f"{question} {words.point_name(point)}", words.full(value)) for (question, point), value in found]
