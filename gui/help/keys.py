"""All keys on one sheet, made of the commands themselves; filtered as you type, and printable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.language import _
from gui.pdf.preview import Preview
from gui.plots.tools import Plot
from gui.tables.table import Table
from gui.widgets import as_large, as_search, button, clear, heading, label, scrolled, subheading

if TYPE_CHECKING:
    from core.report.letters.seen import Seen
    from gui.page import Page
    from gui.window import Window

COLUMNS = 2
"""Of sections beside each other."""


@dataclass(frozen=True, slots=True)
class Key:
    """What happens when it is pressed."""

    keys: str
    """As people read them on this computer."""
    what: str


@dataclass(frozen=True, slots=True)
class Section:
    """Keys that belong together."""

    title: str
    keys: tuple[Key, ...]


def sections(window: Window) -> list[Section]:
    """Keys of the window, of the page shown and of what stands on it."""
    page = window.page(window.place)
    found = [
        Section(_("Everywhere"), tuple(_everywhere(window))),
        Section(_("Go to a place"), tuple(_of(c.shortcut, c.title) for c in window.commands if _goes(c.shortcut))),
        Section(_("On this page"), tuple(_of_page(page))),
    ]
    if page.findChild(Table) is not None:
        found.append(Section(_("In tables"), tuple(_of(keys, what) for keys, what in grid_keys())))
    if page.findChild(Plot) is not None:
        found.append(Section(_("In plots"), tuple(_of(keys, what) for keys, what in plot_keys())))
    if page.findChild(Preview) is not None:
        found.append(Section(_("In a PDF"), tuple(_of(keys, what) for keys, what in pdf_keys())))
    return [section for section in found if section.keys]


def _everywhere(window: Window) -> Iterable[Key]:
    for command in window.commands:
        if command.shortcut and not _goes(command.shortcut):
            yield _of(command.shortcut, command.title.rstrip("…"))
            if command.shortcut == REDO:
                yield _of(REDO_TOO, command.title)


REDO, REDO_TOO = "Ctrl+Shift+Z", "Ctrl+Y"


def _goes(keys: str) -> bool:
    """Whether they are the number of a place."""
    return keys.removeprefix("Ctrl+").isdecimal()


def _of_page(page: Page) -> Iterable[Key]:
    named = {command.shortcut: command.title for command in page.commands() if command.shortcut}
    for keys, what in named.items():
        yield _of(keys, what)
    words = page_keys()
    seen = dict.fromkeys(one.key().toString() for one in page.findChildren(QShortcut))
    for keys in seen:
        if keys in words and keys not in named:
            yield _of(keys, words[keys])


def page_keys() -> dict[str, str]:
    """What keys do in lists of records and questions, wherever they are heard."""
    return {
        "Ins": _("Add"),
        "F2": _("Change or answer"),
        "Return": _("Answer"),
        "Ctrl+Return": _("Change, answer, accept or agree"),
        "Del": _("Take back"),
        "Ctrl+Del": _("Remove or take back"),
        "Ctrl+Down": _("Next item"),
        "Ctrl+Up": _("Item before"),
        "Ctrl+Shift+Return": _("Reject"),
        "Alt+Down": _("Look inside, or show the report"),
        "Ctrl+F": _("Filter"),
        "Ctrl+V": _("Paste files or a table"),
    }


def grid_keys() -> tuple[tuple[str, str], ...]:
    """What a grid hears."""
    return (
        ("F2", _("Edit the cell")),
        ("Return", _("Finish the cell and go down, or open the row")),
        ("Tab", _("Go to the next cell")),
        ("Ctrl+C", _("Copy")),
        ("Ctrl+Shift+C", _("Copy with headings")),
        ("Ctrl+V", _("Paste")),
        ("Ctrl+D", _("Fill down")),
        ("Del", _("Empty cells")),
        ("Ctrl+Del", _("Delete rows")),
        ("Ctrl+F", _("Filter")),
        ("Ctrl+A", _("Select everything")),
    )


def plot_keys() -> tuple[tuple[str, str], ...]:
    """What a plot hears."""
    return (
        ("Left", _("Move back")),
        ("Right", _("Move on")),
        ("+", _("Zoom in")),
        ("-", _("Zoom out")),
        ("Home", _("Show everything")),
        ("Ctrl+Right", _("Read value by value")),
        ("Ctrl+C", _("Copy as picture")),
    )


def pdf_keys() -> tuple[tuple[str, str], ...]:
    """What the view of a PDF hears."""
    return (
        ("Ctrl++", _("Larger")),
        ("Ctrl+-", _("Smaller")),
        ("Home", _("First page")),
        ("End", _("Last page")),
    )


def _of(keys: str, what: str) -> Key:
    return Key(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText), what)


class KeysDialog(QDialog):
    """The sheet."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self.sections = window, sections(window)
        self.search = QLineEdit()
        as_search(self.search, _("Filter"), _("Filter {table}", table=_("Keys")))
        self.search.textChanged.connect(self._fill)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 4, 12, 8)
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(14)
        area = scrolled(content)
        area.setAccessibleName(_("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading(_("Keys")), 1)
        top.addWidget(self.search)
        column.addLayout(top)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.print_button = button(_("Print…"), self._print, picture="print")
        self.print_button.setAutoDefault(False)
        row.addWidget(self.print_button)
        close = button(_("Close"), self.close)
        close.setAutoDefault(False)
        row.addWidget(close)
        column.addLayout(row)
        self._fill()
        as_large(self, 118, 84)
        self.search.setFocus()

    def shown(self) -> list[Section]:
        """What the filter leaves."""
        words = self.search.text().casefold().split()
        found = []
        for section in self.sections:
            keys = tuple(k for k in section.keys if all(word in f"{k.keys} {k.what}".casefold() for word in words))
            if keys:
                found.append(Section(section.title, keys))
        return found

    def _fill(self) -> None:
        clear(self._grid)
        lengths = [0] * COLUMNS
        for section in self.shown():
            column = lengths.index(min(lengths))
            self._grid.addWidget(_box(section), lengths[column], column, len(section.keys) + 2, 1,
                                 Qt.AlignmentFlag.AlignTop)  # fmt: skip
            lengths[column] += len(section.keys) + 2
        self._grid.setRowStretch(max(lengths) + 1, 1)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def seen(self) -> Seen:
        """The sheet for paper."""
        from core.report.letters.seen import Grid, Seen

        heads = (_("Keys"), _("What it does"))
        grids = tuple(
            Grid(section.title, heads, [(key.keys, key.what) for key in section.keys], (30.0, 70.0))
            for section in self.shown()
        )
        return Seen(_("Keys"), self._window.page(self._window.place).accessibleName(), "Plant Carbon Audit", "", grids)

    def _print(self) -> None:
        from pathlib import Path

        from gui.printing.dialog import PrintDialog, Thing

        dialog = PrintDialog([Thing(_("Keys"), self.seen())], Path.home(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()


def _box(section: Section) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    grid.addWidget(subheading(section.title), 0, 0, 1, 2)
    for row, key in enumerate(section.keys, 1):
        cap = label(key.keys, "badge", size=0.92)
        grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(key.what, wrap=True), row, 1)
    grid.setColumnMinimumWidth(0, made.fontMetrics().horizontalAdvance("0") * 15)
    return made
