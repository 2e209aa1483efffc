"""Avoided emissions: what other power plants did not emit, by a factor that is named.

Which factor is right is a question of what is claimed, so every answer carries its basis, publisher, edition and year.
None of it is ever subtracted from an inventory: self-used electricity lowers the purchased kilowatt-hours by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import Localised, T, Text
from core.library import EXACT, SHIPPED, Factor, Library, Want, policy_named
from core.library.editions import gas_of
from core.methods import KG, exact_sum
from core.solar.claims import FAMILIES

ELECTRICITY, GENERATED, FOOTPRINT = "electricity", "solar_generated", "footprint"
POLICY = "ghg-protocol"
"""The matching year of the smallest area, which no rule set of inventories narrows."""
GASES = ("CO2", "CO2e")
NOTE = T(
    "Avoided emissions are a memo beside the inventory: they never change a total. What was used on site has already "
    "lowered the purchased electricity."
)
"""What has to be said beside every number of this module."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A kind of factor, and the question it answers."""

    key: str
    title: Text
    uses: tuple[str, ...]
    """Of the library, best first."""
    question: Text


BASES: Mapping[str, Basis] = {
    one.key: one
    for one in (
        Basis(
            "location",
            FAMILIES["location"],
            ("location",),
            T("What an average kilowatt-hour of the grid emits: fits a location-based inventory."),
        ),
        Basis(
            "residual",
            FAMILIES["residual"],
            ("residual",),
            T("What a kilowatt-hour that nobody has claimed emits: fits a market-based inventory."),
        ),
        Basis(
            "operating_margin",
            FAMILIES["operating_margin"],
            ("operating_margin",),
            T("What the plants that follow the load emit: for projects, next to the build margin."),
        ),
        Basis(
            "combined_margin",
            FAMILIES["combined_margin"],
            ("combined_margin",),
            T("What running and new plants would have emitted: the usual baseline of projects."),
        ),
        Basis(
            "life_cycle",
            FAMILIES["life_cycle"],
            (FOOTPRINT, "life_cycle"),
            T("What a kilowatt-hour emits with fuel supply and construction: next to the life cycle of modules."),
        ),
    )
}
"""By key, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Named:
    """A factor in tonnes per megawatt-hour, with everything that names it."""

    basis: str
    """A key of :data:`BASES`, ``modules`` or ``hourly``."""
    title: Localised
    value: Decimal
    """[t/MWh]"""
    gas: str
    """``CO2`` or ``CO2e``."""
    publisher: str
    edition: str
    year: int
    """Which the number describes; 0: it does not depend on one."""
    place: str
    """Page or table."""
    key: str
    """Of the library; empty for a table of the user."""
    status: str
    other_year: bool = False
    """It describes another year than the generation's."""

    @property
    def text(self) -> Text:
        """The factor as a sentence names it."""
        return T(
            "{title}: {value} t {gas}/MWh, {year} ({publisher}, {edition})",
            title=self.title,
            value=self.value,
            gas=self.gas,
            year=str(self.year) if self.year else "-",
            publisher=self.publisher,
            edition=self.edition,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is for one basis."""

    basis: Basis
    factor: Named | None
    """None where none is published that may be used."""
    proposal: Named | None = None
    """A weaker number, shown and never used by itself."""
    reason: Text | None = None
    """Why there is no factor."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Energy times a named factor."""

    energy: Decimal
    """[kWh]"""
    factor: Named
    tonnes: Decimal
    """[t of the factor's gas]"""


@dataclass(frozen=True, slots=True)
class Balance:
    """Avoided emissions less those of making the modules."""

    self_used: Avoided
    fed_in: Avoided
    """Apart, for its attributes may belong to somebody else."""
    modules: Avoided | None
    """Life-cycle emissions of the generated electricity; None where no factor is published."""
    note: Text = NOTE

    @property
    def avoided(self) -> Decimal:
        """Self-used and fed in together. [t]"""
        return EXACT.add(self.self_used.tonnes, self.fed_in.tonnes)

    @property
    def net(self) -> Decimal | None:
        """Less the life-cycle emissions of the modules; None where those are not known. [t]"""
        return None if self.modules is None else EXACT.subtract(self.avoided, self.modules.tonnes)

    @property
    def mixed(self) -> Text | None:
        """What has to be said of a net of different gases or bounds."""
        if self.modules is None or self.self_used.factor.basis == "life_cycle":
            return None
        return T(
            "The factor of the grid counts operation alone, that of the modules their life cycle: the net is an "
            "underestimate."
        )


def answers(library: Library, regions: Sequence[str], year: int) -> tuple[Answer, ...]:
    """For each basis the factor that fits a place and a year.

    Parameters
    ----------
    library
        the plant's or the shipped one; own factors come first.
    regions
        areas of the plant, smallest first, the country and ``World`` last (:func:`core.library.library.regions_of`).
    year
        of the generation.

    Returns
    -------
    tuple of Answer
        one for each basis, in order.

    Notes
    -----
    The smallest area for which there is one, then the same year or the nearest before. Numbers that are not verified
    are proposals.

    Examples
    --------
    >>> from core.library import load_library
    >>> found = answers(load_library(), ("CN.north", "CN-HE", "CN", "World"), 2023)
    >>> [(one.basis.key, str(one.factor.value)) for one in found if one.factor]
    [('location', '0.6361'), ('residual', '0.6096'), ('operating_margin', '0.9419'), ('life_cycle', '0.6205')]
    """
    return tuple(_answer(library, basis, regions, year) for basis in BASES.values())


def modules_factor(library: Library, regions: Sequence[str], year: int) -> Named | None:
    """Life-cycle emissions of PV electricity, mostly of making the modules.

    Parameters
    ----------
    library, regions, year
        as :func:`answers`; an own factor for the item ``solar_generated`` and the use ``footprint`` comes first.

    Returns
    -------
    Named or None
        None where none is published: no other country's stands in.

    Examples
    --------
    >>> from core.library import load_library
    >>> str(modules_factor(load_library(), ("CN", "World"), 2023).value)
    '0.0545'
    """
    return _chosen(library, "modules", GENERATED, (FOOTPRINT,), regions, year)


def avoided(energy: Decimal, factor: Named) -> Avoided:
    """Emissions of a named factor for some energy.

    Parameters
    ----------
    energy
        [kWh]
    factor
        [t/MWh]

    Returns
    -------
    Avoided

    Notes
    -----
    t = E/1000 × EF, to nine decimals. GHG Protocol Corporate Standard, ch. 8: reported apart, never subtracted.

    Examples
    --------
    >>> from core.library import load_library
    >>> grid = answers(load_library(), ("CN", "World"), 2023)[0].factor
    >>> str(avoided(Decimal(1_200_000), grid).tonnes)
    '636.720000000'
    """
    tonnes = EXACT.divide(EXACT.multiply(energy, factor.value), Decimal(1000))
    return Avoided(energy, factor, EXACT.quantize(tonnes, KG))


def balance(self_used: Decimal, fed_in: Decimal, factor: Named, modules: Named | None) -> Balance:
    """Avoided by self-used and by fed-in electricity, and what making the modules cost.

    Parameters
    ----------
    self_used, fed_in
        [kWh]
    factor
        for both. [t/MWh]
    modules
        life-cycle emissions of all that was generated; None: not known. [t/MWh]

    Returns
    -------
    Balance

    Notes
    -----
    net = (E_self + E_fed) EF - (E_self + E_fed) EF_modules. What a battery or a curtailment lost is in neither.

    Examples
    --------
    >>> from core.library import load_library
    >>> library, place = load_library(), ("CN", "World")
    >>> grid = answers(library, place, 2023)[0].factor
    >>> found = balance(Decimal(800_000), Decimal(200_000), grid, modules_factor(library, place, 2023))
    >>> str(found.avoided), str(found.net)
    ('530.600000000', '476.100000000')
    """
    total = exact_sum((self_used, fed_in))
    return Balance(
        avoided(self_used, factor), avoided(fed_in, factor), None if modules is None else avoided(total, modules)
    )


def _answer(library: Library, basis: Basis, regions: Sequence[str], year: int) -> Answer:
    found = _chosen(library, basis.key, ELECTRICITY, basis.uses, regions, year)
    if found is not None:
        return Answer(basis, found)
    weak = [
        factor
        for use in basis.uses
        for factor in library.about(ELECTRICITY, use)
        if factor.region in regions and factor.status not in SHIPPED and any(gas in factor.amounts for gas in GASES)
    ]
    weak.sort(key=lambda one: (list(regions).index(one.region), abs(one.data_year - year), one.key))
    reason = (
        T("The published number is not verified: enter it as an own factor with its source to use it.")
        if weak
        else T("No such factor is published for this place.")
    )
    return Answer(basis, None, _named(library, basis.key, weak[0], year) if weak else None, reason)


def _chosen(
    library: Library, basis: str, item: str, uses: tuple[str, ...], regions: Sequence[str], year: int
) -> Named | None:
    want = Want(item, uses, year, tuple(regions), per="energy", gases=GASES)
    choice = library.choose(want, policy_named(POLICY))
    return None if choice is None else _named(library, basis, choice.factor, year)


def _named(library: Library, basis: str, factor: Factor, year: int) -> Named:
    gas = gas_of(factor)
    if gas not in GASES:
        raise UserError(
            T("The factor {factor} has neither CO2 nor CO2e.", factor=factor.key), T("Choose another factor.")
        )
    value = library.units.convert(library.units.convert(factor.amounts[gas], factor.of, "t"), "MWh", factor.per)
    return Named(
        basis,
        factor.name or factor.set.title,
        EXACT.add(value.normalize(EXACT), Decimal(0)),
        gas,
        factor.set.publisher,
        factor.set.edition,
        factor.data_year,
        factor.place,
        factor.key,
        factor.status,
        factor.data_year not in (0, year),
    )
