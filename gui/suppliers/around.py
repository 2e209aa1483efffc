"""What every part of the page gets: the page to speak through, the open file, the last answer, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.minerals import Examined, examine
from gui.language import _
from gui.page import Page
from gui.settings import Settings
from gui.suppliers.answer import Answer
from gui.suppliers.desk import SupplierDesk

Known = Callable[[], Answer | None]
"""The last answer."""
Go = Callable[[str], object]
"""Goes to a record by its id."""


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """The surroundings of a part."""

    page: Page
    desk: SupplierDesk
    settings: Settings
    known: Known
    go: Go
    today: Callable[[], date]

    @property
    def locked(self) -> str:
        """Why nothing can be changed; empty: it can."""
        return "" if self.desk.writable else _("The file is open read-only.")

    def examined(self, one: MineralDeclaration) -> Examined:
        """How a declaration stands now, also before the answer after the last change has come."""
        records = self.desk.records
        return examine(one, records.held(SmelterList), records.held(Supplier), self.today())
