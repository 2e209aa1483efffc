"""The rows of the library page, and how many lines of the inventory use each factor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.i18n import show_date, show_number
from core.inventory import Inventory
from core.ledger import Activity, FactorFile, Ledger, OwnFactor
from core.library import OWN, Factor, Library, own_key, own_rows
from gui.language import _, language, say
from gui.library.words import (
    FILE_ORIGINS,
    ORIGINS,
    area_name,
    brief,
    kind_of_item,
    unit_of,
    use_name,
)
from gui.tables.table import Column
from gui.wording import item_name, status_name


@dataclass(frozen=True, slots=True)
class Row:
    """A factor with its words in the language of the window."""

    id: str
    factor: Factor
    kind: str
    item: str
    use: str
    area: str
    value: str
    unit: str
    status: str
    used: int = 0
    """Lines of this year's inventory that rest on it."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A factor of the plant itself."""

    id: str
    own: OwnFactor
    factor: Factor | None
    """Its row for the first year; None when it cannot be calculated with."""
    proof: str
    """Name of the kept file."""
    used: int = 0


@dataclass(frozen=True, slots=True)
class SetRow:
    """A factor set that was brought into the plant."""

    id: str
    file: FactorFile
    factors: int
    used: int = 0


@dataclass(slots=True)
class Shelf:
    """Makes the rows of a library; as long as the library stays, they are made once."""

    _library: Library | None = None
    _language: str = ""
    _rows: dict[str, Row] = field(default_factory=dict)

    def rows(self, library: Library, used: Mapping[str, int]) -> list[Row]:
        """A row for each factor, ordered by name."""
        if library is not self._library or self._language != language():
            self._library, self._language = library, language()
            self._rows = {row.id: row for row in sorted(rows_of(library), key=_by_name)}
        return [self._with(row, used.get(row.id, 0)) for row in self._rows.values()]

    def _with(self, row: Row, used: int) -> Row:
        if row.used == used:
            return row
        made = self._rows[row.id] = Row(
            row.id, row.factor, row.kind, row.item, row.use, row.area, row.value, row.unit, row.status, used
        )
        return made


def rows_of(library: Library) -> Iterable[Row]:
    """Every factor of a library in words."""
    items: dict[str, tuple[str, str]] = {}
    uses: dict[str, str] = {}
    areas: dict[str, str] = {}
    units: dict[tuple[str, str], str] = {}
    for factor in (*library.own, *library.factors):
        if (item := items.get(factor.item)) is None:
            item = items[factor.item] = (kind_of_item(library, factor.item), item_name(library, factor.item))
        if (use := uses.get(factor.use)) is None:
            use = uses[factor.use] = use_name(factor.use)
        if (area := areas.get(factor.region)) is None:
            area = areas[factor.region] = area_name(factor.region)
        shape = (factor.unit, ".".join(factor.amounts))
        if (unit := units.get(shape)) is None:
            unit = units[shape] = unit_of(library, factor)
        name = say(factor.name) if factor.name is not None and not item[0] else item[1]
        yield Row(factor.key, factor, item[0], name, use, area, brief(factor.headline), unit,
                  status_name(factor.status))  # fmt: skip


def _by_name(row: Row) -> tuple[object, ...]:
    """Own factors first, then as one looks things up: by name, use, area, the newest year on top."""
    return (row.factor.region != OWN, not row.kind, row.item.casefold(), row.use, row.area, -row.factor.data_year)


def columns() -> tuple[Column[Row], ...]:
    """Of the table of factors."""
    return (
        Column("item", _("Item"), lambda r: r.item, width=19),
        Column("use", _("Used for"), lambda r: r.use, width=16),
        Column("area", _("Area"), lambda r: r.area, width=12),
        Column("year", _("Year"), lambda r: str(r.factor.data_year or ""), align="right",
               sort=lambda r: r.factor.data_year, width=5),
        Column("value", _("Value"), lambda r: r.value, align="right", sort=lambda r: r.factor.headline,
               plain=lambda r: f"{r.factor.headline:f}", width=11),
        Column("unit", _("Unit"), lambda r: r.unit, width=13),
        Column("used", _("Used by"), lambda r: f"{r.used:,}" if r.used else "", align="right", sort=lambda r: r.used,
               width=5),
        Column("publisher", _("Publisher"), lambda r: r.factor.set.publisher, width=20),
        Column("edition", _("Edition"), lambda r: r.factor.set.edition, width=10),
        Column("status", _("Status"), lambda r: r.status, width=9),
        Column("title", _("Publication"), lambda r: say(r.factor.set.title), width=30, hidden=True),
        Column("place", _("Where it stands"), lambda r: r.factor.place, width=20, hidden=True),
        Column("key", _("Key of the factor"), lambda r: r.id, width=40, hidden=True),
    )  # fmt: skip


def own_columns(library: Library) -> tuple[Column[OwnRow], ...]:
    """Of the table of the plant's own factors."""
    return (
        Column("name", _("Name"), lambda r: r.own.name, width=18),
        Column("item", _("Item"), lambda r: item_name(library, r.own.item), width=15),
        Column("use", _("Used for"), lambda r: use_name(r.own.use), width=14),
        Column("value", _("Value"), lambda r: brief(r.factor.headline) if r.factor else "", align="right",
               sort=lambda r: r.factor.headline if r.factor else 0, width=9),
        Column("unit", _("Unit"), lambda r: unit_of(library, r.factor) if r.factor else r.own.unit, width=13),
        Column("from", _("Valid from"), lambda r: show_date(r.own.valid_from, language()),
               sort=lambda r: r.own.valid_from, width=13),
        Column("to", _("Valid to"), lambda r: show_date(r.own.valid_to, language()), sort=lambda r: r.own.valid_to,
               width=13),
        Column("origin", _("Origin"), lambda r: say(ORIGINS[r.own.origin]) if r.own.origin in ORIGINS else "", width=9),
        Column("publisher", _("Stated by"), lambda r: r.own.publisher, width=16),
        Column("document", _("Document"), lambda r: r.own.document, width=14),
        Column("evidence", _("Evidence"), lambda r: r.proof, width=16),
        Column("used", _("Used by"), lambda r: f"{r.used:,}" if r.used else "", align="right",
               sort=lambda r: r.used, width=6),
        Column("uncertainty", _("Uncertainty"), lambda r: show_number(r.own.uncertainty) if r.own.uncertainty else "",
               unit="± %", align="right", sort=lambda r: r.own.uncertainty, width=8, hidden=True),
        Column("note", _("Remark"), lambda r: r.own.note, width=20, hidden=True),
    )  # fmt: skip


def set_columns() -> tuple[Column[SetRow], ...]:
    """Of the table of factor sets that were brought in."""
    return (
        Column("name", _("File"), lambda r: r.file.name, width=26),
        Column("publisher", _("Publisher"), lambda r: r.file.publisher, width=26),
        Column("edition", _("Edition"), lambda r: r.file.edition, width=18),
        Column("origin", _("Origin"),
               lambda r: say(FILE_ORIGINS[r.file.origin]) if r.file.origin in FILE_ORIGINS else r.file.origin,
               width=18),
        Column("signer", _("Signed by"), lambda r: r.file.signer, width=16),
        Column("factors", _("Factors"), lambda r: f"{r.factors:,}", align="right", sort=lambda r: r.factors, width=8),
        Column("used", _("Used by"), lambda r: f"{r.used:,}" if r.used else "", align="right",
               sort=lambda r: r.used, width=8),
        Column("key", _("Key of the set"), lambda r: r.id, width=22),
    )  # fmt: skip


def used_by(inventory: Inventory) -> Counter[str]:
    """Lines of the inventory that rest on each factor, by its key."""
    return Counter(key for line in inventory.lines for key in set(line.factor.parts))


def users_of(inventory: Inventory, keys: Iterable[str]) -> list[Activity]:
    """Records whose lines rest on one of these factors, in the order of the lines."""
    wanted = frozenset(keys)
    found = (line.activity for line in inventory.lines if not wanted.isdisjoint(line.factor.parts))
    return list({one.id: one for one in found}.values())


def own_of(ledger: Ledger, used: Mapping[str, int]) -> list[OwnRow]:
    """The plant's own factors in the order in which they were entered."""
    names = {file.id: file.name for file in ledger.evidence}
    made = []
    for own in ledger.own_factors:
        rows = own_rows((own,))
        count = sum(used.get(row.key, 0) for row in rows)
        made.append(OwnRow(own.id, own, rows[0] if rows else None, names.get(own.evidence, ""), count))
    return made


def sets_of(ledger: Ledger, rows: Sequence[Row]) -> list[SetRow]:
    """The factor sets of the plant with what is in them."""
    held: dict[str, list[Row]] = {file.id: [] for file in ledger.factor_files}
    for row in rows:
        if row.factor.set.key in held:
            held[row.factor.set.key].append(row)
    return [
        SetRow(file.id, file, len(held[file.id]), sum(row.used for row in held[file.id]))
        for file in ledger.factor_files
    ]


def own_of_factor(ledger: Ledger, factor: Factor) -> OwnFactor | None:
    """The record behind a factor of the plant; None for a published one."""
    return next((own for own in ledger.own_factors if own_key(own) == factor.set.key), None)
