"""A published list of smelters on its way in: what the file does not say is asked, then its rows are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.exchange.key_figures import TableChange
from core.exchange.minerals import FoundList, read_smelter_list, taking_up_list
from core.exchange.tables import Found
from core.ledger import Evidence
from core.minerals.words import ACTIVE, CONFORMANT
from gui.asking import Asking, PathField
from gui.fields import ChoiceField, Field, date_field, text_field
from gui.language import _
from gui.suppliers.around import Around
from gui.suppliers.words import minerals_words, standing_words
from gui.tables.import_dialog import TableImportDialog, of_record
from gui.tables.table import Column

Row = tuple[str, ...]
"""Number, mineral, name, country, standing as published."""


class ListDialog(Asking):
    """File, name, day, standing; ``done_well`` carries the FoundList."""

    def __init__(self, path: Path, around: Around, parent: QWidget) -> None:
        super().__init__(
            _("Import a list of smelters"),
            _("A list that somebody publishes, as csv or xlsx: smelters by number, with what is said of them. Columns "
              "are found by their headings. A newer list of the same name replaces the older one."),
            _("Read"), parent,
        )  # fmt: skip
        self._around = around
        self.file = PathField(_("File"), f"{_('Excel and CSV files')} (*.csv *.xlsx *.xlsm)")
        self.file.set_path(path)
        self.title = text_field(_("Name of the list"), "", _("Empty: the name of the file."))
        self.day = date_field(_("Published or downloaded on"), around.today(), required=True)
        self.standing = ChoiceField(
            _("Standing of the smelters"),
            [("*", _("As the list says")), (CONFORMANT, standing_words(CONFORMANT)), (ACTIVE, standing_words(ACTIVE))],
            "*", _("Only for a list without such a column."), required=True,
        )  # fmt: skip
        self.where = text_field(_("Downloaded from"), "", _("Address of the page, so that others find it again."))
        self.fields.addWidget(Field(_("File"), self.file))
        for one in (self.title, self.day, self.standing, self.where):
            self.fields.addWidget(one)

    @property
    def source(self) -> str:
        """Where it was downloaded."""
        return self.where.read() or ""

    def work(self) -> Callable[[], object]:
        path, day, records = self.file.needed(), self.day.need(), self._around.desk.records
        title, standing = self.title.read() or "", self.standing.read().strip("*")
        return lambda: read_smelter_list(path, records, day, "", title, standing)


class ListPreview(TableImportDialog[Row]):
    """Its rows, or each refused one; accepted means: take it up."""

    def __init__(self, found: FoundList, source: str, around: Around, parent: QWidget) -> None:
        self.found, self._source, self._around = found, source, around
        already = None
        if found.already is not None and found.already.evidence:
            held = around.desk.records.get("evidence", found.already.evidence[0])
            already = held if isinstance(held, Evidence) else None
        rows = () if found.refused else tuple(enumerate(found.list.smelters, 1))
        shown = Found(found.name, rows, found.refused, found.ignored, already, found.sha256, found.media_type,
                      found.data)  # fmt: skip
        super().__init__(_("Import a list of smelters"), shown, of_record(_columns()), around.settings, parent)

    def change(self) -> TableChange:
        """The change that takes it up."""
        return taking_up_list(self.found, self._around.desk.records, self._source)


def _columns() -> list[Column[Row]]:
    def cell(key: str, place: int, title: str, width: int, *, stretch: bool = False) -> Column[Row]:
        return Column(key, title, lambda one: one[place], width=width, stretch=stretch)

    return [
        cell("number", 0, _("Smelter ID"), 12),
        Column("mineral", _("Mineral"), lambda one: minerals_words((one[1],)) if one[1] else "", width=14),
        cell("name", 2, _("Name"), 28, stretch=True),
        cell("country", 3, _("Country"), 16),
        cell("standing", 4, _("Standing"), 18),
    ]
