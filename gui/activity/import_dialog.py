"""Import of a file: the mapped columns, what each row becomes, why others cannot; then all of it or nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from core.exchange.columns import BY_KEY, column_name
from core.exchange.outcome import Preview, Ready, Remark
from core.i18n import show_date, show_number
from core.library import Library
from gui.language import _, language, say
from gui.settings import Settings
from gui.tables.import_parts import Complaint, closing_row, complaints, verdict
from gui.tables.table import Column, Table
from gui.widgets import heading, label, letters
from gui.wording import item_name, method_name, unit_name


class ImportDialog(QDialog):
    """Shows a preview; accepted means: import it."""

    def __init__(self, found: Preview, library: Library, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = found
        self.setWindowTitle(_("Import activity data"))
        self.possible = bool(found.ready) and not found.refused and found.already is None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(say(found.summary)))
        column.addWidget(verdict(found.already, refused=bool(found.refused), rows=bool(found.ready)))
        column.addWidget(label(self._mapping(), "muted", wrap=True))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        if found.refused:
            self._add(self._complaints("refused", found.refused, settings), _("Refused cells"), len(found.refused))
        if found.remarks:
            self._add(self._complaints("remarks", found.remarks, settings), _("Remarks"), len(found.remarks))
        if found.ready:
            self._add(self._rows(library, settings), _("Rows that can be imported"), len(found.ready))
        self.tabs.setVisible(self.tabs.count() > 0)
        column.addWidget(self.tabs, 1)
        buttons, self.go_on = closing_row(self.accept, self.reject, len(found.ready) if self.possible else 0)
        column.addLayout(buttons)
        self.resize(letters(self, 136), letters(self, 80))

    def _mapping(self) -> str:
        found = self._found
        pairs = [f"{one.letter} “{one.heading}” → {say(column_name(one.key))}" for one in found.columns]
        words = _("Columns: {pairs}.", pairs=("；" if language() == "zh" else "; ").join(pairs))
        if found.sheet:
            words = _("Sheet “{sheet}”.", sheet=found.sheet) + " " + words
        if found.unknown:
            comma = "、" if language() == "zh" else ", "
            words += " " + _("Not read: {headings}.", headings=comma.join(f"“{one}”" for one in found.unknown))
        return words

    def _add(self, table: QWidget, title: str, count: int) -> None:
        self.tabs.addTab(table, f"{title} ({count:,})")

    def _complaints(self, key: str, found: tuple[Remark, ...], settings: Settings) -> QWidget:
        rows = [
            Complaint(place, one.row, say(column_name(one.column)) if one.column else "", say(one.reason),
                      say(one.remedy))
            for place, one in enumerate(found)
        ]  # fmt: skip
        title = _("Refused cells") if key == "refused" else _("Remarks")
        return complaints(f"import_{key}", title, rows, settings)

    def _rows(self, library: Library, settings: Settings) -> QWidget:
        def day(one: Ready, end: bool) -> str:
            return show_date(one.activity.end if end else one.activity.start, language())

        title = _("Rows that can be imported")
        titles = {key: say(column.name) for key, column in BY_KEY.items()}
        width = 15 if language() == "zh" else 11
        columns = (
            Column[Ready]("row", _("Row"), lambda r: str(r.row), align="right", sort=lambda r: r.row, width=6),
            Column[Ready]("source", titles["source"], lambda r: r.activity.source, width=20),
            Column[Ready]("method", titles["method"], lambda r: method_name(r.activity.method), width=18),
            Column[Ready]("item", titles["item"], lambda r: item_name(library, r.activity.item), width=18),
            Column[Ready]("start", titles["start"], lambda r: day(r, False), sort=lambda r: r.activity.start,
                          width=width),
            Column[Ready]("end", titles["end"], lambda r: day(r, True), sort=lambda r: r.activity.end, width=width),
            Column[Ready]("quantity", titles["quantity"], lambda r: show_number(r.activity.quantity), align="right",
                          sort=lambda r: r.activity.quantity, width=12),
            Column[Ready]("unit", titles["unit"], lambda r: unit_name(library, r.activity.unit), width=8),
            Column[Ready]("evidence", titles["evidence"], lambda r: r.activity.evidence, width=16),
            Column[Ready]("note", titles["note"], lambda r: r.activity.note, width=20),
        )  # fmt: skip
        table: Table[Ready] = Table("import_rows", columns, settings, name=title, identity=lambda r: r.row)
        table.set_rows(self._found.ready)
        return table
