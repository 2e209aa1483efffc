"""What the page about products shows, worked out in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import Text
from core.inventory import Inventory
from core.ledger import AllocationKey, Ledger, Product
from core.library import Library
from core.products import Footprint, Footprints, Shared, footprints_of, together
from core.products.made import USUAL
from core.products.making import per_unit

PUBLISHED, INVENTORY = "footprint", "inventory"


@dataclass(frozen=True, slots=True)
class Row:
    """A product in the year shown."""

    product: Product
    footprint: Footprint | None
    """None when something stands in its way, or none of it was made."""
    problems: tuple[Text, ...]
    """What stands in its way."""

    @property
    def id(self) -> str:
        """Of the product."""
        return self.product.id


@dataclass(frozen=True, slots=True)
class Answer:
    """The footprints of a year."""

    found: Footprints
    rows: tuple[Row, ...]
    """One a product, the largest footprint first; those without one before them, for they need somebody."""
    effects: Mapping[str, Decimal]
    """What a component or a leg adds to a declared unit of its product, by its id. [kg CO2e]"""
    sources: tuple[Shared, ...]
    """How each source was shared, the largest first."""
    refused: UserError | None = None
    """Why the published factor of electricity was not used although it was asked for."""

    def of(self, product: str) -> Row | None:
        """The row of a product."""
        return next((one for one in self.rows if one.id == product), None)

    def name(self, product: str) -> str:
        """Of a product; the id of one that is gone."""
        row = self.of(product)
        return product if row is None else row.product.name


def answer_of(ledger: Ledger, inventory: Inventory, library: Library, view: str, electricity: str) -> Answer:
    """All of it; where no factor of electricity is published, with that of the inventory."""
    refused = None
    try:
        found = footprints_of(ledger, inventory, library, view=view, electricity=electricity)
    except UserError as error:
        if electricity != PUBLISHED:
            raise
        refused = error
        found = footprints_of(ledger, inventory, library, view=view)
    rows = [Row(one, found.of(one.id), _about(one, found)) for one in ledger.held(Product)]
    rows.sort(key=lambda row: (row.footprint is not None, -(row.footprint.per_unit if row.footprint else 0), row.id))
    effects = {
        record: per_unit(part.tonnes, one.quantity)
        for one in found.footprints for part in one.contributions if part.stage not in ("energy", "process")
        for record in part.records
    }  # fmt: skip
    sources = sorted(together(found.sources), key=lambda one: (-one.tonnes, one.source, one.stage))
    return Answer(found, tuple(rows), effects, tuple(sources), refused)


def key_of(ledger: Ledger, source: str) -> AllocationKey:
    """By which key a source is shared: its own, else the one for the rest, else by mass, for nobody chose."""
    keys = {one.source: one for one in reversed(ledger.held(AllocationKey))}
    return keys.get(source) or keys.get("") or USUAL


def _about(product: Product, found: Footprints) -> tuple[Text, ...]:
    """Problems that name a product."""
    return tuple(one for one in found.problems if one.args.get("product") == product.name)
