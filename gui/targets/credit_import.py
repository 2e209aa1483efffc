"""What an export of a registry of credits holds, before it is taken up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.exchange.instruments import FoundLots
from core.ledger import Credit
from core.ledger.records import Record
from gui.language import _, say
from gui.settings import Settings
from gui.table import Column
from gui.table_import import Numbered, TableImportDialog
from gui.widgets import label


class CreditImport(TableImportDialog[Credit]):
    """The dialog of small tables, with which registry it is and what is held already."""

    def __init__(
        self,
        found: FoundLots[Credit],
        columns: Sequence[Column[Numbered[Record]]],
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Import carbon credits"), found, columns, settings, parent)  # type: ignore[arg-type]
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        for place, sentence in enumerate(said(found), 1):
            column.insertWidget(place, label(sentence, "muted", wrap=True))


def said(found: FoundLots[Credit]) -> list[str]:
    """Sentences about the file as a whole."""
    told = [_("Recognised as: {layout}.", layout=say(found.layout))]
    if found.rows:
        told.append(_("{rows} rows become {records} records of credits.", rows=len(found.rows),
                      records=len(found.records)))  # fmt: skip
    if found.known:
        told.append(_("{count} rows are held already; nothing is added for them.", count=len(found.known)))
    if found.passed:
        reasons = " ".join(dict.fromkeys(say(one.reason) for one in found.passed))
        told.append(_("{count} rows speak of something else and are left out: {reasons}", count=len(found.passed),
                      reasons=reasons))  # fmt: skip
    return told
