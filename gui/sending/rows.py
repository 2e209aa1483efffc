"""Rows of a request: typed, pasted, or read from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core.audit.figure_units import unit_kept, unit_title
from core.audit.key_figures import KNOWN, figure_title, named
from core.errors import UserError
from core.group.out.sending import read_rows
from core.handover.notice_rows import COLUMNS
from core.i18n import T, Text
from core.methods import all_methods
from gui.language import _, say
from gui.settings import Settings
from gui.tables.kinds import table_kinds
from gui.tables.table import Column, Edits, Table
from gui.widgets import button

WHATS: Mapping[str, Text] = {
    "figure": T("Key figure"),
    "records": T("Activity data"),
    "report": T("Signed report"),
    "words": T("Answer in words"),
}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it is typed."""

    id: int
    cells: Mapping[str, str]

    def with_cell(self, key: str, text: str) -> Draft:
        """The same with another word in one cell."""
        return replace(self, cells={**self.cells, key: text})


class RowsPart(QWidget):
    """A small table with an empty last row, a file and the clipboard beside it."""

    refused = Signal(object)
    """UserError: why something typed or read was not taken."""

    def __init__(self, settings: Settings, year: int) -> None:
        super().__init__()
        self._year, self._numbers = year, count(1)
        self.rows: list[Draft] = []
        self.table: Table[Draft] = Table("sending_request", _columns(), settings, name=_("What is asked"),
                                         blank=self._blank)  # fmt: skip
        self.table.asked.connect(self._typed)
        self.table.refused.connect(lambda found: self.refused.emit(found[0].error))
        headings = ", ".join(COLUMNS["request"])
        tip = _("With the columns {columns}", columns=headings)
        self.file = button(_("From a file…"), self.ask_file, picture="import", tip=tip)
        self.paste = button(_("Paste a table"), self.read_clipboard, picture="paste", tip=tip)
        self.take = button(_("Remove"), self.remove_chosen, picture="delete")
        for one in (self.file, self.paste, self.take):
            self.table.add_tool(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)

    def read(self) -> tuple[dict[str, str], ...]:
        """The rows as they are sent."""
        return tuple(dict(one.cells) for one in self.rows)

    def _blank(self) -> Draft:
        cells = dict.fromkeys(COLUMNS["request"], "") | {"what": "figure", "years": str(self._year)}
        return Draft(next(self._numbers), cells)

    def _typed(self, edits: Edits[Draft]) -> None:
        for edit in edits.edits:
            if edit.before is None and edit.after is not None:
                self.rows.append(edit.after)
            elif edit.before is not None:
                place = next(at for at, one in enumerate(self.rows) if one.id == edit.before.id)
                self.rows[place : place + 1] = [] if edit.after is None else [edit.after]
        self.table.set_rows(tuple(self.rows))

    def remove_chosen(self) -> None:
        """Take the selected rows out."""
        gone = {one.id for one in self.table.chosen}
        self.rows = [one for one in self.rows if one.id not in gone]
        self.table.set_rows(tuple(self.rows))

    # ------------------------------------------------------------------ tables

    def ask_file(self) -> None:
        """Ask for a csv or xlsx with the columns of a request."""
        kinds = table_kinds()
        name, _kind = QFileDialog.getOpenFileName(self, _("From a file…"), "", kinds)
        if name:
            self.add(Path(name))

    def read_clipboard(self) -> None:
        """Rows with their headings, as copied in Excel."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.add(text.encode())
        else:
            self.refused.emit(UserError(T("Nothing was copied. Copy the rows with their headings first.")))

    def add(self, source: Path | bytes) -> None:
        """Put the rows of a table below those that are there; all or none."""
        try:
            found = read_rows(source)
        except UserError as error:
            self.refused.emit(error)
            return
        self.rows += [Draft(next(self._numbers), row) for row in found if any(row.values())]
        self.table.set_rows(tuple(self.rows))


def _columns() -> list[Column[Draft]]:
    return [
        _column("what", _("Kind"), _what, lambda _row: [say(words) for words in WHATS.values()], _what_shown, 15),
        _column("subject", _("Figure or method"), _subject, _subjects, _subject_shown, 20),
        _column(
            "unit",
            _("Unit"),
            lambda _row, text: unit_kept(text.strip()),
            shown=lambda row: say(unit_title(row.cells["unit"])),
            width=10,
        ),
        _column("years", _("Years"), _years, width=12),
        _column("words", _("Words"), width=24, stretch=True),
    ]


def _column(
    key: str,
    title: str,
    meant: Callable[[Draft, str], str] | None = None,
    choices: Callable[[Draft], Sequence[str]] | None = None,
    shown: Callable[[Draft], str] | None = None,
    width: int = 12,
    stretch: bool = False,
) -> Column[Draft]:
    def edit(row: Draft, text: str) -> Draft:
        return row.with_cell(key, text.strip() if meant is None else meant(row, text))

    return Column(key, title, shown or (lambda row: row.cells[key]), edit=edit, choices=choices, width=width,
                  stretch=stretch)  # fmt: skip


def _what(_row: Draft, text: str) -> str:
    wanted = text.strip().casefold()
    for key, words in WHATS.items():
        if wanted in (key, *(words.in_language(lang).casefold() for lang in ("en", "zh"))):
            return key
    raise UserError(T("“{what}” is nothing that can be asked for.", what=text[:40]),
                    T("Write one of: {choices}.", choices=list(WHATS.values())))  # fmt: skip


def _what_shown(row: Draft) -> str:
    words = WHATS.get(row.cells["what"])
    return row.cells["what"] if words is None else say(words)


def _subject(row: Draft, text: str) -> str:
    wanted = text.strip()
    if row.cells["what"] == "figure":
        return named(wanted)
    for key, method in all_methods().items() if row.cells["what"] == "records" else ():
        if wanted.casefold() in (key, *(method.title.in_language(lang).casefold() for lang in ("en", "zh"))):
            return key
    return wanted


def _subjects(row: Draft) -> Sequence[str]:
    if row.cells["what"] == "figure":
        return [say(kind.title) for kind in KNOWN.values()]
    return [say(method.title) for method in all_methods().values()] if row.cells["what"] == "records" else []


def _subject_shown(row: Draft) -> str:
    what, subject = row.cells["what"], row.cells["subject"]
    if what == "figure":
        return say(figure_title(subject))
    method = all_methods().get(subject) if what == "records" else None
    return subject if method is None else say(method.title)


def _years(_row: Draft, text: str) -> str:
    found = _YEAR.findall(text)
    if not found:
        raise UserError(T("“{text}” are no years.", text=text[:40]), T("Write them like 2024 2025."))
    return " ".join(dict.fromkeys(found))
