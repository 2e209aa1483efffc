"""What follows from the open plant: its library, the inventory and findings of the year shown, those of other years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from core.checks import Memo as ReviewMemo
from core.checks import review
from core.inventory import Inventory, Memo, choices_of, compile_inventory
from core.library import Library, load_library, own_rows
from core.methods import Finding
from core.store import PlantFile
from gui.closed_years import ClosedYears


class Reckoning:
    """Of a plant file, from its ledger as it is when :meth:`show` is called."""

    def __init__(self, plant: PlantFile, year: int) -> None:
        self._plant = plant
        self._memos: defaultdict[int, Memo] = defaultdict(Memo)
        self._reviewed = ReviewMemo()
        self._held: tuple[tuple[str, str], ...] = ()
        self.closed_years = ClosedYears(plant)
        self.library: Library = load_library()
        """What the program was shipped with, the factor sets that the plant took up, and its own factors."""
        self.year = year
        self.inventory: Inventory
        """Of the year shown; of a closed year what was closed, whatever its records and factors became since."""
        self.findings: tuple[Finding, ...]
        self.show(year)

    def show(self, year: int) -> None:
        """Calculate this year, again when the ledger became another."""
        self.year = year
        self.library = self._known()
        self.inventory = self.closed_years.show(self._plant.ledger.closing(year)) or self.current()
        self.findings = review(self.inventory, self._reviewed)

    def current(self) -> Inventory:
        """The year shown as its records are now, closed or not."""
        return self._compiled(self.year)

    def of(self, year: int) -> Inventory:
        """Any year, for comparison: a closed one as it was closed."""
        if year == self.year:
            return self.inventory
        closing = self._plant.ledger.closing(year)
        return self._compiled(year) if closing is None else self.closed_years.inventory(closing)

    def to_inventory_of(self, year: int) -> Callable[[], Inventory]:
        """The question for ``of``, for another thread: the file is read now, the rest is worked out there."""
        ledger, library, shown = self._plant.ledger, self.library, self.inventory
        if year == self.year:
            return lambda: shown
        closing = ledger.closing(year)
        if closing is None:
            return lambda: compile_inventory(ledger, choices_of(ledger.audit(year), year), library)
        return self.closed_years.to_inventory(closing)

    def _compiled(self, year: int) -> Inventory:
        ledger = self._plant.ledger
        return compile_inventory(ledger, choices_of(ledger.audit(year), year), self.library, self._memos[year])

    def _known(self) -> Library:
        """The plant's library; its sets are read again only when it holds others."""
        ledger, library = self._plant.ledger, self.library
        held = tuple((file.id, file.sha256) for file in ledger.factor_files)
        if held != self._held:
            from core.exchange.factor_import import library_of

            library = library_of(ledger, self._plant.blob, load_library())
            self._held = held
        return library.with_own(own_rows(ledger.own_factors))
