"""Whose work is inside, in which version and under which licence, with the texts."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.running.third_party import Component, licence_texts, third_party
from gui.language import _
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import as_large, button, divided, heading


class LicencesDialog(QDialog):
    """A table above, the text of the chosen one below."""

    def __init__(self, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Licences"))
        self.table: Table[Component] = Table(
            "licences", _columns(), settings, name=_("Licences"), editable=False, identity=lambda one: one.name
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the licence"))
        self.table.current.connect(self._show)
        self.table.set_rows(third_party())
        self._show(third_party()[0])
        self.close_it = button(_("Close"), self.accept, role="primary")
        self.close_it.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("Licences")))
        column.addWidget(divided(self.table, self.text, upright=True), 1)
        column.addLayout(row)
        as_large(self, 110, 90)

    def _show(self, one: Component | None) -> None:
        if one is not None:
            texts = licence_texts(one) or (("", one.note),)
            self.text.setPlainText("\n\n".join(f"{file}\n\n{text}".strip() for file, text in texts))


def _columns() -> list[Column[Component]]:
    return [
        Column("name", _("Name"), lambda r: r.name, width=22),
        Column("version", _("Version"), lambda r: r.version, width=12),
        Column("licence", _("Licence"), lambda r: r.licence, width=30, stretch=True),
        Column("home", _("Home of its source"), lambda r: r.home, width=30),
    ]
