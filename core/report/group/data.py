"""What the sections of a group's report get: the package, sums of its cells, and how words and numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.i18n import Localised, Name, T, Text, verbatim
from core.inventory.totals import LOCATION, MARKET
from core.inventory.views import CATEGORY_TITLES
from core.inventory.views.titles import WITHOUT_CATEGORY
from core.ledger import Group
from core.library import GASES
from core.library.places import countries
from core.methods import BIOGENIC, OTHER, SCOPES
from core.report.data import BOTH, percent, translated
from core.report.group.package import KINDS, Contents, GroupPackage, PlantYear

ZERO = Decimal(0)
REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
VIEWS: Mapping[str, tuple[str, ...]] = {"location": LOCATION, "market": MARKET}
OUTSIDE = "outside_basket"
SHORT_SCOPES: Mapping[str, Text] = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
}
Cell = tuple[int, str, int, str, int, int, int]
"""Plant, scope, category, gas, month, transfer, billionths of a tonne."""
Key = Callable[[Cell], str | int]


@dataclass(frozen=True)
class GroupData:
    """Everything a section may show; nothing else reaches it."""

    package: GroupPackage

    @property
    def contents(self) -> Contents:
        return self.package.contents

    @property
    def group(self) -> Group:
        """The reporting organisation."""
        return self.package.register.group

    @property
    def plants(self) -> tuple[PlantYear, ...]:
        return self.contents.plants

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the report's parts, in their order."""
        language = self.contents.issue.language
        return ("zh", "en") if language == BOTH else (language,)

    @property
    def year(self) -> str:
        return str(self.contents.year)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells with names in place of places."""
        held = self.contents.cells
        return tuple(
            (plant, SCOPES[scope], category, KINDS[gas], month, transfer, amount)
            for plant, scope, category, gas, month, transfer, amount in zip(
                held.plant, held.scope, held.category, held.gas, held.month, held.transfer, held.amounts, strict=True
            )
        )

    @cached_property
    def totals(self) -> dict[str, Decimal]:
        """Tonnes CO2e by scope, memos included."""
        found = self.sums(lambda cell: cell[1], SCOPES)
        return {scope: found.get(scope, ZERO) for scope in SCOPES}

    @cached_property
    def memos(self) -> dict[str, Decimal]:
        """Biogenic CO2 and gases outside the seven. [t]"""
        amounts = {BIOGENIC: 0, OTHER: 0}
        for _, scope, _, gas, _, _, amount in self.cells:
            if gas in amounts and scope in LOCATION:
                amounts[gas] += amount
        return {gas: tonnes_of(amount) for gas, amount in amounts.items()}

    @cached_property
    def location(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3. [t CO2e]"""
        return sum((self.totals[scope] for scope in LOCATION), ZERO)

    @cached_property
    def market(self) -> Decimal:
        """Scopes 1, 2 (market-based) and 3. [t CO2e]"""
        return sum((self.totals[scope] for scope in MARKET), ZERO)

    def sums(self, key: Key, scopes: tuple[str, ...] = LOCATION) -> dict[str | int, Decimal]:
        """Tonnes CO2e of the seven gases in some scopes, by whatever a cell has."""
        wanted, gases = frozenset(scopes), frozenset(GASES)
        found: dict[str | int, int] = {}
        for cell in self.cells:
            if cell[1] in wanted and cell[3] in gases:
                name = key(cell)
                found[name] = found.get(name, 0) + cell[6]
        return {name: tonnes_of(amount) for name, amount in found.items()}

    def laid_out(self, attribute: str) -> dict[str, dict[str, Decimal]]:
        """Tonnes by an attribute of plants and scope, the largest total first."""
        names = [str(getattr(plant, attribute)) for plant in self.plants]
        found: dict[str, dict[str, Decimal]] = {name: dict.fromkeys(REPORTED, ZERO) for name in names}
        for scope in REPORTED:
            for name, value in self.sums(lambda cell: names[cell[0]], (scope,)).items():
                found[str(name)][scope] = value
        return dict(sorted(found.items(), key=lambda one: (-total(one[1]), one[0])))

    @cached_property
    def by_plant(self) -> tuple[tuple[int, dict[str, Decimal]], ...]:
        """Place of each plant and its tonnes by scope, the largest first."""
        found: dict[int, dict[str, Decimal]] = {at: dict.fromkeys(REPORTED, ZERO) for at in range(len(self.plants))}
        for scope in REPORTED:
            for place, value in self.sums(lambda cell: cell[0], (scope,)).items():
                found[int(place)][scope] = value
        return tuple(sorted(found.items(), key=lambda one: (-total(one[1]), self.plants[one[0]].name)))

    def share(self, plant: PlantYear) -> str:
        """Which part of a plant counts: ``100%``, ``0–50%`` where it changed within the year."""
        parts = sorted(set(plant.shares.values()))
        if not parts:
            return "–"
        shown = [_percent(part) for part in (parts[0], parts[-1])]
        return f"{shown[-1]}%" if shown[0] == shown[-1] else f"{shown[0]}–{shown[-1]}%"

    def tr(self, text: Localised, lang: str, between: str = " ") -> str:
        """See :func:`core.report.data.translated`."""
        return translated(text, lang, between)

    def scope_heading(self, scope: str, lang: str) -> str:
        """A scope above a narrow column, broken where its name allows it."""
        return self.tr(SHORT_SCOPES[scope], lang).replace(", ", ",\n").replace("（", "\n（")

    def category_name(self, number: int, lang: str) -> str:
        """``3.4 Inbound and paid transport``; of scope 3."""
        return f"3.{number}\u2002{self.tr(CATEGORY_TITLES.get(number, WITHOUT_CATEGORY), lang)}"

    def country_name(self, code: str) -> Localised:
        """A country by its code."""
        return countries().get(code, Name(code, code))

    def company_name(self, plant_or_company: str) -> Localised:
        """A company; without one the group itself holds the plant."""
        return verbatim(plant_or_company) if plant_or_company else T("The group itself")


def total(scopes: Mapping[str, Decimal], view: str = "location") -> Decimal:
    """Of the scopes of a view. [t CO2e]"""
    return sum((scopes.get(scope, ZERO) for scope in VIEWS[view]), ZERO)


def change_of(before: Decimal, after: Decimal) -> str:
    """``+3.1%``; a dash without anything to compare with."""
    text = percent(after - before, abs(before))
    return f"+{text}" if after > before and before else text


def tonnes_of(billionths: int) -> Decimal:
    """Exact, without the context's limit on digits.

    >>> tonnes_of(1_500_000_000)
    Decimal('1.500000000')
    """
    sign, digits = (1 if billionths < 0 else 0), tuple(map(int, str(abs(billionths))))
    return Decimal((sign, digits, -9))


def _percent(part: Decimal) -> str:
    text = f"{part * 100:.1f}"
    return text.removesuffix(".0")
