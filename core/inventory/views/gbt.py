"""The inventory as GB/T 32150-2025 sums it up: burning, process, purchased and exported energy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised
from core.inventory.compile import Inventory
from core.inventory.totals import ZERO
from core.inventory.views.rows import Row, kind_of, nature, row_of
from core.inventory.views.titles import COMPONENT_TITLES, GBT_TITLES
from core.ledger import Evidence
from core.library import EXACT, OWN, Factor
from core.methods import INSTRUMENT, KG, Line, all_methods, exact_sum

DIRECT = ("combustion", "process", "waste", "fugitive")
PURCHASED = ("purchased_electricity", "purchased_heat")
EXPORTED = ("exported_electricity", "exported_heat")
BESIDE = ("purchased_other", "not_applied", "outside")
"""Rows in no total of the standard."""
OTHER_ENERGY = frozenset({"cooling", "compressed_air"})
"""Kinds of items that carry energy and are neither electricity nor heat."""
ALL_GASES = ("process", "waste", "fugitive")
"""Rows that count every gas; the others count CO2."""
MEASURED, DEFAULT = "measured", "default"
_NATURES = {"stationary": "combustion", "mobile": "combustion"}
_MEASURED_AS = {"ncv": "ncv", "ncv_volume": "ncv", "density": "density", "carbon": "carbon", "oxidation": "oxidation"}
"""Parameters with which a record replaces a value of the library."""


@dataclass(frozen=True, slots=True)
class Component:
    """One number that went into a line, with its proof."""

    key: str
    """``ncv``, ``carbon``, ``oxidation``, ``density``, ``biomass``, ``factor``, ``parameter`` or ``other_gases``."""
    title: Localised
    value: Decimal
    unit: str
    origin: str
    """``measured`` by the plant or its supplier, or ``default`` of a publication."""
    source: str
    """Publisher and edition, or who measured."""
    place: str
    """Table, page, number of the report."""


@dataclass(frozen=True, slots=True)
class GbtLine:
    """One line with all that a verifier asks for."""

    line: Line
    row: str
    """Key of its row."""
    counted: Decimal
    """What the standard counts. [t CO2, for process and leaks t CO2e]"""
    zero_rated: Decimal
    """What proven non-fossil electricity takes off. [t CO2]"""
    components: tuple[Component, ...]
    proof: tuple[str, ...]
    """Bill number and names of the kept files."""

    @property
    def beside(self) -> Decimal:
        """Gases that the standard leaves out of this row. [t CO2e]"""
        return EXACT.subtract(EXACT.subtract(self.line.tco2e, self.counted), self.zero_rated)


@dataclass(frozen=True, slots=True)
class GbtRow:
    """One row of the summary."""

    row: Row
    """All gases of its lines."""
    details: tuple[GbtLine, ...]
    sign: int
    """1: added, -1: subtracted (exported), 0: stated beside."""

    @property
    def counted(self) -> Decimal:
        """What the standard counts, without sign. [t]"""
        return exact_sum(d.counted for d in self.details)

    @property
    def zero_rated(self) -> Decimal:
        """What proven non-fossil electricity took off. [t CO2]"""
        return exact_sum(d.zero_rated for d in self.details)

    @property
    def beside(self) -> Decimal:
        """Gases that the standard leaves out of this row. [t CO2e]"""
        return exact_sum(d.beside for d in self.details)


@dataclass(frozen=True, slots=True)
class GbtView:
    """The summary. Every line is in exactly one row."""

    rows: tuple[GbtRow, ...]

    def row(self, key: str) -> GbtRow:
        """The row of this key."""
        return next(r for r in self.rows if r.row.key == key)

    def sum_of(self, keys: Iterable[str]) -> Decimal:
        """Rows with their sign. [t]"""
        return exact_sum(EXACT.multiply(r.counted, Decimal(r.sign)) for r in self.rows if r.row.key in keys)

    @property
    def without_energy(self) -> Decimal:
        """Total without purchased and exported energy. [t]"""
        return self.sum_of(DIRECT)

    @property
    def with_energy(self) -> Decimal:
        """Total with purchased energy, less exported energy. [t]"""
        return self.sum_of((*DIRECT, *PURCHASED, *EXPORTED))

    @property
    def biogenic(self) -> Decimal:
        """CO2 of biomass, apart. [t]"""
        return exact_sum(r.row.biogenic for r in self.rows if r.sign)


def gbt_view(inventory: Inventory) -> GbtView:
    """Rows of the summary with every line behind them.

    Parameters
    ----------
    inventory
        best compiled under the policy ``gbt-32150-2025``; the view does not choose other factors.

    Returns
    -------
    GbtView
        every line in exactly one of its rows.

    Notes
    -----
    E = Σ burning + Σ process + waste + leaks + purchased - exported. GB/T 32150-2025, 7.5.2 to 7.5.8; the sector parts
    (seen: GB/T 32151.34-2024, 3.1) count CO2 only for fuels, so CH4 and N2O of burning stand beside; biomass is
    reported apart (6). Totals with and without purchased and exported energy: GB/T 32151.34-2024, table B.1.

    Purchased energy counts location-based. Two exceptions: non-fossil electricity with a contract or certificate counts
    as zero (annex B; GB/T 32151.34-2024, D.1.1), also where it is a part of a bill; and heat whose supplier states a
    factor counts with that one (7.5.6). The other figure of the same purchase is in the row ``not_applied``. The
    standard knows purchased electricity and heat alone, so cooling and compressed air stand beside.
    """
    applied = _applied_market(inventory)
    zero = _zero_quantities(inventory)
    proofs = _proofs(inventory.evidence)
    details: dict[str, list[GbtLine]] = {key: [] for key in GBT_TITLES}
    shared: dict[int, tuple[Component, ...]] = {}  # a thousand lines share one factor
    for line in inventory.lines:
        key = _row_key(inventory, line, applied)
        numbers = shared.get(id(line.factor)) if not line.activity.parameters else components(inventory, line)
        if numbers is None:
            numbers = shared[id(line.factor)] = components(inventory, line)
        details[key].append(_detail(line, key, zero.get(line.activity.id, ZERO), numbers, proofs))
    return GbtView(tuple(_row(key, tuple(own)) for key, own in details.items()))


def _row(key: str, details: tuple[GbtLine, ...]) -> GbtRow:
    sign = 0 if key in BESIDE else -1 if key in EXPORTED else 1
    return GbtRow(row_of(key, GBT_TITLES[key], (d.line for d in details), memo=not sign), details, sign)


def _row_key(inventory: Inventory, line: Line, applied: frozenset[str]) -> str:
    if line.scope in ("scope3", "avoided"):
        return "outside"
    own = nature(inventory, line)
    if kind_of(inventory, line.activity.item) in OTHER_ENERGY and line.scope == "scope2_location":
        return "purchased_other"
    if line.scope == "scope1":
        return _NATURES.get(own, own)
    if line.scope == "exported":
        return f"exported_{own}"
    counts = (line.scope == "scope2_market") == (line.activity.id in applied)
    return f"purchased_{own}" if counts else "not_applied"


def _applied_market(inventory: Inventory) -> frozenset[str]:
    """Records of heat whose supplier states a factor: it is in the market-based line."""
    return frozenset(
        line.activity.id
        for line in inventory.lines
        if line.scope == "scope2_market" and line.factor.region == OWN and _is_heat(inventory, line)
    )


def _is_heat(inventory: Inventory, line: Line) -> bool:
    return nature(inventory, line) == "heat" and kind_of(inventory, line.activity.item) not in OTHER_ENERGY


def _zero_quantities(inventory: Inventory) -> dict[str, Decimal]:
    """Quantity with proof of non-fossil origin, by record."""
    found: dict[str, Decimal] = {}
    for line in inventory.lines:
        if line.scope == "scope2_market" and line.factor.key.startswith(INSTRUMENT) and not line.factor.value:
            found[line.activity.id] = EXACT.add(found.get(line.activity.id, ZERO), line.portion.quantity)
    return found


def _detail(
    line: Line, key: str, zero: Decimal, numbers: tuple[Component, ...], proofs: Mapping[str, tuple[str, ...]]
) -> GbtLine:
    counted, taken = _counted(line, key), ZERO
    if key == "purchased_electricity" and zero and line.portion.quantity:
        left = EXACT.subtract(line.portion.quantity, zero)
        kept = EXACT.divide(EXACT.multiply(counted, left), line.portion.quantity).quantize(KG, context=EXACT)
        counted, taken = kept, EXACT.subtract(counted, kept)
    number = line.activity.evidence.strip()
    files = proofs.get(line.activity.id, ())
    return GbtLine(line, key, counted, taken, numbers, (*((number,) if number else ()), *files))


def _counted(line: Line, key: str) -> Decimal:
    if key in ALL_GASES:
        return line.tco2e
    return ZERO if key in BESIDE else exact_sum(a.tco2e for a in line.amounts if a.gas == "CO2")


def _proofs(evidence: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
    """Names of kept files by record; the workbook they were imported from proves nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for one in evidence:
        if one.kind != "import":
            for record in one.activities:
                found[record] = (*found.get(record, ()), one.name)
    return found


def components(inventory: Inventory, line: Line) -> tuple[Component, ...]:
    """The numbers behind a line's factor: what the plant measured, and the library's for the rest.

    Parameters
    ----------
    inventory
        for its library.
    line
        one of its lines.

    Returns
    -------
    tuple of Component
        calorific value, carbon content and oxidation rate first, where it has them.
    """
    measured = _measured(line) if line.activity.parameters else []
    known = {c.key for c in measured}
    published = _published_parts(inventory, line.factor.parts, "carbon" in known)
    found = [*measured, *(c for c in published if c.key not in known)]
    if not any(c.key in ("factor", "carbon") for c in found):
        found.append(_applied(line))
    order = list(COMPONENT_TITLES)
    return tuple(sorted(found, key=lambda c: order.index(c.key)))


def _published_parts(inventory: Inventory, parts: tuple[str, ...], carbon_measured: bool) -> list[Component]:
    factors = [f for f in map(inventory.library.factor, parts) if f is not None]
    by_carbon = carbon_measured or any(f.use == "carbon" for f in factors)
    return [_published(f, by_carbon) for f in factors]


def _measured(line: Line) -> list[Component]:
    method, activity = all_methods().get(line.activity.method), line.activity
    found = []
    for key, text in activity.parameters:
        kind = "biomass" if key == "biomass_share" else _MEASURED_AS.get(key)
        parameter = None if method is None else method.parameter(key)
        if kind is not None and parameter is not None:
            found.append(
                Component(kind, COMPONENT_TITLES[kind], Decimal(text), parameter.unit, MEASURED, activity.source,
                          activity.evidence)
            )  # fmt: skip
    return found


def _published(factor: Factor, by_carbon: bool) -> Component:
    """A row of the library; where CO2 follows from the carbon content, a row of gases can only be for the others."""
    key, value, unit = factor.use, factor.headline, factor.unit
    if factor.amounts:
        key = "other_gases" if by_carbon or not {"CO2", "CO2e"}.intersection(factor.amounts) else "factor"
        wanted = ("CH4", "N2O") if key == "other_gases" else ("CO2e", "CO2")
        gas = next(g for g in (*wanted, *factor.amounts) if g in factor.amounts)
        value, unit = factor.amounts[gas], f"{factor.of} {gas}/{factor.per}"
    elif key not in COMPONENT_TITLES:
        key = "parameter"
    origin = MEASURED if factor.region == OWN else DEFAULT
    source = f"{factor.set.publisher}, {factor.set.edition}".rstrip(", ")
    return Component(key, COMPONENT_TITLES[key], value, unit, origin, source, factor.place)


def _applied(line: Line) -> Component:
    """The factor of a line that no row of the library carries: a contract, a composition, a mass balance."""
    applied = line.factor
    origin = MEASURED if applied.status == "USER" else DEFAULT
    source = f"{applied.publisher}, {applied.edition}".rstrip(", ")
    return Component("factor", COMPONENT_TITLES["factor"], applied.value, applied.unit, origin, source, applied.place)


def unproven(view: GbtView) -> tuple[GbtLine, ...]:
    """Counted lines without bill number or kept file, most tonnes first."""
    found = [d for r in view.rows if r.sign for d in r.details if not d.proof]
    return tuple(sorted(found, key=lambda d: (-d.counted, d.line.id)))
