"""What an export of a registry holds, before it is taken up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.exchange.instruments import FoundLots
from core.ledger import Credit, Instrument
from core.ledger.records import Record
from gui.language import _, say
from gui.settings import Settings
from gui.tables.import_dialog import Numbered, TableImportDialog
from gui.tables.table import Column
from gui.widgets import label

R = TypeVar("R", Instrument, Credit)


class LotsImport(TableImportDialog[R]):
    """The dialog of small tables, with what is particular to registries: which one, what is held, what is left out."""

    def __init__(
        self,
        title: str,
        found: FoundLots[R],
        becomes: str,
        columns: Sequence[Column[Numbered[Record]]],
        settings: Settings,
        parent: QWidget | None = None,
        *,
        most: int | None = None,
    ) -> None:
        """``becomes`` says how many records the rows become; ``most`` limits the reasons of rows that are left out."""
        super().__init__(title, found, columns, settings, parent)  # type: ignore[arg-type]
        self.found: FoundLots[R] = found
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        for place, words in enumerate(_said(found, becomes, most), 1):
            column.insertWidget(place, label(words, "muted", wrap=True))


def _said(found: FoundLots[R], becomes: str, most: int | None) -> list[str]:
    """Sentences about the file as a whole."""
    told = [_("Recognised as: {layout}.", layout=say(found.layout))]
    if found.rows:
        told.append(becomes)
    if found.known:
        told.append(_("{count} rows are held already; nothing is added for them.", count=len(found.known)))
    if found.passed:
        reasons = list(dict.fromkeys(say(one.reason) for one in found.passed))[:most]
        told.append(_("{count} rows speak of something else and are left out: {reasons}", count=len(found.passed),
                      reasons=" ".join(reasons)))  # fmt: skip
    return told
