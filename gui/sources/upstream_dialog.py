"""The rows of category 3 that follow from the bills: shown before they are added, all of them or none."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_date, show_number
from core.inventory.upstream import Proposed, Upstream
from core.library import EXACT, Library
from core.methods import plain
from gui.language import _, language
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import button, heading, label, letters, marked
from gui.wording import TONNES, item_name, method_name, tonnes, unit_name


class UpstreamDialog(QDialog):
    """Accepted means: add them."""

    def __init__(self, found: Upstream, library: Library, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = _("Upstream of fuels and energy (category 3)")
        self.setWindowTitle(title)
        self.table: Table[Proposed] = Table(
            "upstream", columns(library), settings, name=title, identity=lambda one: one.activity.id
        )
        self.table.set_rows(found.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("{count} rows follow from the bills", count=len(found.rows))))
        words = _(
            "Every fuel burned and every energy bought has an upstream. These rows take dates, quantity, unit, source "
            "and proof from the record they follow from; they are added as one change that can be undone."
        )
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self.table, 1)
        if found.uncovered:
            column.addWidget(marked("warning", "warning", left_over(found, library)))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        self.go = button(_("Add {count} rows", count=len(found.rows)), self.accept, role="primary")
        self.go.setDefault(True)
        row.addWidget(self.go)
        column.addLayout(row)
        self.resize(letters(self, 144), letters(self, 84))


def left_over(found: Upstream, library: Library) -> str:
    """Of what no upstream is published."""
    names = dict.fromkeys(item_name(library, one.portion.activity.item) for one in found.uncovered)
    return _("No factor is published for {count} more rows: {items}.", count=len(found.uncovered), items=list(names))


def columns(library: Library) -> list[Column[Proposed]]:
    """A row as it would be added, with its tonnes."""

    day = 14 if language() == "zh" else 10

    def emitted(row: Proposed) -> str:
        return tonnes(_tonnes(row))

    return [
        Column("source", _("Source"), lambda r: r.activity.source, width=20, stretch=True),
        Column("method", _("Method"), lambda r: method_name(r.activity.method), width=20),
        Column("item", _("What"), lambda r: item_name(library, r.activity.item), width=16),
        Column("start", _("From"), lambda r: show_date(r.activity.start, language()),
               sort=lambda r: r.activity.start, width=day),
        Column("end", _("To"), lambda r: show_date(r.activity.end, language()), sort=lambda r: r.activity.end,
               width=day),
        Column("quantity", _("Quantity"), lambda r: show_number(r.activity.quantity), align="right",
               sort=lambda r: r.activity.quantity, plain=lambda r: plain(r.activity.quantity), width=11),
        Column("unit", _("Unit"), lambda r: unit_name(library, r.activity.unit), width=7),
        Column("tonnes", _("Emissions"), emitted, TONNES, "right", _tonnes, lambda r: plain(_tonnes(r)), width=10),
    ]  # fmt: skip


def _tonnes(row: Proposed) -> Decimal:
    total = Decimal(0)
    for line in row.lines:
        total = EXACT.add(total, line.tco2e)
    return total
