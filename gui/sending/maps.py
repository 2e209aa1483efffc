"""The disclosure map that goes to plants: one that head office has, or one from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core.disclosures.maps import maps_of
from core.disclosures.question import DisclosureMap, Question
from core.errors import UserError
from core.exchange.disclosure_maps import read_map_file
from core.i18n import T
from gui.asked.columns import map_columns
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import button, label

if TYPE_CHECKING:
    from gui.office.office import Office


class MapsPart(QWidget):
    """Which map, and its questions."""

    changed = Signal()
    refused = Signal(object)
    """UserError: why a file was not taken."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._maps: dict[str, DisclosureMap] = dict(maps_of(office.register, office.file.blob))
        self.which = combo(_("Disclosure map"), [(_("None chosen yet"), ""), *map(_named, self._maps.values())])
        self.which.currentIndexChanged.connect(lambda _row: self._show())
        self.file = button(_("From a file…"), self.ask_file, picture="import",
                           tip=_("A csv in the form that is described under “Head office”"))  # fmt: skip
        self.table: Table[Question] = Table("sending_map", map_columns(), settings, name=_("Questions"),
                                            editable=False)  # fmt: skip
        self.words = label("", "muted", wrap=True)
        self.table.bar.addWidget(label(_("Disclosure map"), "muted"))
        for one in (self.which, self.file):
            self.table.add_tool(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        self._show()

    @property
    def key(self) -> str:
        """Of the map, which is its title; empty: none is chosen."""
        return str(self.which.currentData())

    def read(self) -> DisclosureMap:
        """The map as it is sent.

        Raises
        ------
        UserError
            when none is chosen.
        """
        if not self.key:
            raise UserError(T("No disclosure map is chosen."), T("Choose one from the list, or take one from a file."))
        return self._maps[self.key]

    def ask_file(self) -> None:
        """Ask for a csv."""
        name, _kind = QFileDialog.getOpenFileName(self, _("From a file…"), "", _("Disclosure maps (*.csv)"))
        if name:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Offer the map of a file, in the place of one of the same key, and choose it."""
        try:
            found = read_map_file(path, path.name)
        except UserError as error:
            self.refused.emit(error)
            return
        self._maps[found.key] = found
        words, at = _named(found)[0], self.which.findData(found.key)
        if at < 0:
            self.which.addItem(words, found.key)
        else:
            self.which.setItemText(at, words)
        self.which.setCurrentIndex(self.which.findData(found.key))
        self._show()

    def _show(self) -> None:
        found = self._maps.get(self.key)
        self.table.set_rows(() if found is None else found.questions)
        self.words.setText(
            _("Plants that take it up see their numbers and proofs beside its questions.") if found is None
            else _("{framework}, {edition}: {count} questions", framework=found.framework, edition=found.edition,
                   count=len(found.questions))
        )  # fmt: skip
        self.changed.emit()


def _named(one: DisclosureMap) -> tuple[str, str]:
    return f"{say(one.title)} · {one.edition}" if one.edition else say(one.title), one.key
