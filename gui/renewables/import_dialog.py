"""What an export of a registry holds, before it is taken up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.exchange.instruments import FoundLots
from core.ledger import Instrument
from core.ledger.records import Record
from gui.language import _, say
from gui.settings import Settings
from gui.table import Column
from gui.table_import import Numbered, TableImportDialog
from gui.widgets import label

MOST = 4
"""Reasons of rows that speak of something else."""


class InstrumentImport(TableImportDialog[Instrument]):
    """The dialog of small tables, with what is particular to registries: which one, what is held, what is left out."""

    def __init__(
        self,
        found: FoundLots[Instrument],
        columns: Sequence[Column[Numbered[Record]]],
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Import instruments"), found, columns, settings, parent)  # type: ignore[arg-type]
        self.found = found
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        for place, words in enumerate(said(found), 1):
            column.insertWidget(place, label(words, "muted", wrap=True))


def said(found: FoundLots[Instrument]) -> list[str]:
    """Sentences about the file as a whole."""
    told = [_("Recognised as: {layout}.", layout=say(found.layout))]
    if found.rows:
        told.append(_("{rows} rows become {records} instruments; consecutive certificates of one lot are one.",
                      rows=len(found.rows), records=len(found.records)))  # fmt: skip
    if found.known:
        told.append(_("{count} rows are held already; nothing is added for them.", count=len(found.known)))
    if found.passed:
        reasons = list(dict.fromkeys(say(one.reason) for one in found.passed))[:MOST]
        told.append(_("{count} rows speak of something else and are left out: {reasons}", count=len(found.passed),
                      reasons=" ".join(reasons)))  # fmt: skip
    return told
