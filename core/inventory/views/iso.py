"""The inventory as ISO 14064-1:2018 sees it: six categories, each indirect one with its significance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T, Text, verbatim
from core.inventory.compile import Inventory
from core.inventory.views.rows import Row, gathered, judged, nature, percent, row_of
from core.inventory.views.titles import ISO_PART_TITLES, ISO_TITLES
from core.ledger import Judgement
from core.methods import Line, exact_sum

SIGNIFICANT, NOT_SIGNIFICANT, UNKNOWN = "significant", "not_significant", "unknown"
THRESHOLD = Decimal(1)
"""Share of the total from which a category is proposed as significant. [%]"""
SUBCATEGORY = {
    1: "4.1", 2: "4.2", 3: "4.1", 4: "3.1", 5: "4.3", 6: "3.5", 7: "3.3", 8: "4.4",
    9: "3.2", 10: "5.1", 11: "5.1", 12: "5.3", 13: "5.2", 14: "5.2", 15: "5.4",
}  # fmt: skip
"""Where each category of scope 3 goes; see :func:`iso_view`."""
_DIRECT = {"stationary": "1.1", "mobile": "1.2", "process": "1.3", "waste": "1.4", "fugitive": "1.4"}
_MEMOS = ("market", "exported", "avoided")


@dataclass(frozen=True, slots=True)
class IsoCategory:
    """One of the six."""

    number: int
    row: Row
    """All lines of the category."""
    parts: tuple[Row, ...]
    """Its subcategories that have lines; together they are :attr:`row`."""
    share: Decimal
    """Of the location-based total. [%]"""
    significance: str
    """``significant``, ``not_significant``, or ``unknown``: nothing is recorded, so nothing can be proposed. Direct
    emissions are always ``significant``."""
    decided: bool
    """A person decided; else it is a proposal."""
    reason: Text
    """Why."""


@dataclass(frozen=True, slots=True)
class IsoView:
    """Six categories. Every line is in exactly one row of :attr:`rows`."""

    categories: tuple[IsoCategory, ...]
    memos: tuple[Row, ...]
    """Imported energy market-based, energy sold, avoided emissions: stated beside, in no total."""
    threshold: Decimal
    """From which share a category is proposed as significant. [%]"""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The finest rows."""
        return (*(part for c in self.categories for part in c.parts), *self.memos)

    @property
    def total(self) -> Decimal:
        """Categories 1 to 6, imported energy location-based. [t CO2e]"""
        return exact_sum(c.row.tco2e for c in self.categories)

    @property
    def total_market(self) -> Decimal:
        """The same with imported energy market-based. [t CO2e]"""
        return exact_sum((*(c.row.tco2e for c in self.categories if c.number != 2), self.memos[0].tco2e))

    @property
    def biogenic(self) -> Decimal:
        """CO2 of biomass, apart. [t]"""
        return exact_sum(c.row.biogenic for c in self.categories)


def iso_view(inventory: Inventory, threshold: Decimal = THRESHOLD) -> IsoView:
    """Categories 1 to 6 with subcategories, by gas, biogenic CO2 apart.

    Parameters
    ----------
    inventory
        its lines and judgements (about ``iso:N``).
    threshold
        share of the total from which a category without judgement is proposed as significant. [%]

    Returns
    -------
    IsoView
        every line in exactly one of its rows.

    Notes
    -----
    ISO 14064-1:2018, 5.2.4 (categories), 5.2.3 (significance), 9.3.1 (report), annex B (subcategories), annex E
    (imported electricity location-based; market-based may be stated beside). The threshold is the organisation's own
    criterion, which the standard asks to document; 1 % is our default.

    ========================  ====  ===========================================================================
    scope 1                   1     by what happens: combustion in place or in vehicles, process, leaks
    scope 2                   2     electricity 2.1, other energy 2.2; only the making of the energy
    scope 3: 1, 2             4     4.1 bought goods and services, 4.2 capital goods
    scope 3: 3                4     4.1: annex B keeps in category 2 only what arises where the energy is made, so
                                    extraction, refining and grid losses are bought with the energy. Some
                                    organisations report grid losses in 2 and fuel supply in 3.
    scope 3: 4, 9             3     3.1 towards, 3.2 away from the organisation; who pays decides in the GHG
                                    Protocol, the direction in ISO. We keep the side the record names.
    scope 3: 5                4     4.3
    scope 3: 6, 7             3     3.5, 3.3. Hotel nights and work at home stay with travel and commuting, as
                                    the Scope 3 Standard has them; some put them in 4.5 and 6.
    scope 3: 8                4     4.4
    scope 3: 10, 11, 12, 13   5     5.1, 5.1, 5.3, 5.2. Annex B has no place for processing; it happens to the
                                    product after it is sold, as its use does.
    scope 3: 14               5     5.2. Not named in annex B; others run what the organisation lends them, as
                                    with leased assets. Some report it in 6.
    scope 3: 15               5     5.4
    without category          6     what fits nowhere else
    ========================  ====  ===========================================================================
    """
    filed = gathered((_part(inventory, line), line) for line in inventory.lines)
    total, decided = inventory.totals.location, judged(inventory)
    categories = tuple(_category(n, filed, total, threshold, decided.get(f"iso:{n}")) for n in ISO_TITLES)
    memos = tuple(row_of(key, ISO_PART_TITLES[key], filed.get(key, ()), memo=True) for key in _MEMOS)
    return IsoView(categories, memos, threshold)


def _part(inventory: Inventory, line: Line) -> str:
    """Key of the row a line belongs to."""
    if line.scope == "scope1":
        return _DIRECT[nature(inventory, line)]
    if line.scope == "scope2_location":
        return "2.1" if nature(inventory, line) == "electricity" else "2.2"
    if line.scope == "scope2_market":
        return "market"
    return SUBCATEGORY.get(line.category, "6.1") if line.scope == "scope3" else line.scope


def _category(
    number: int, filed: dict[str, list[Line]], total: Decimal, threshold: Decimal, judgement: Judgement | None
) -> IsoCategory:
    keys = [key for key in ISO_PART_TITLES if key.startswith(f"{number}.")]
    parts = tuple(row_of(key, ISO_PART_TITLES[key], filed[key]) for key in keys if key in filed)
    row = row_of(str(number), ISO_TITLES[number], (line for part in parts for line in part.lines))
    share = percent(row.tco2e, total)
    significance, decided, reason = _significance(number, bool(parts), share, threshold, judgement)
    return IsoCategory(number, row, parts, share, significance, decided, reason)


def _significance(
    number: int, recorded: bool, share: Decimal, threshold: Decimal, judgement: Judgement | None
) -> tuple[str, bool, Text]:
    if number == 1:
        return SIGNIFICANT, True, T("Direct emissions are always reported.")
    if judgement is not None and judgement.verdict in (SIGNIFICANT, NOT_SIGNIFICANT):
        return judgement.verdict, True, verbatim(judgement.reason)
    if not recorded:
        return UNKNOWN, False, T("Nothing is recorded, so its significance is not known.")
    shown, limit = round(share, 2), threshold
    if share >= threshold:
        return SIGNIFICANT, False, T("{share} % of the total, from {limit} % on.", share=shown, limit=limit)
    return NOT_SIGNIFICANT, False, T("{share} % of the total, below {limit} %.", share=shown, limit=limit)
