"""What every statement of a footprint says: calculated, entered with the product, or declared by the company.

What a format requires and nobody knows is never filled: it is refused, all of it at once, each field with its remedy.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, reduce
from importlib.resources import files
from typing import TypeAlias, TypeVar
from urllib.parse import quote

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Plant, Product
from core.library import EXACT
from core.methods import exact_sum
from core.products import GATE, KEY_TITLES, STAGE_TITLES, Footprint, Footprints, mass_of, uptake
from core.products.making import per_unit

V = TypeVar("V")
STANDARDS: dict[str, Text] = {
    "ISO14067": T("ISO 14067"),
    "ISO14083": T("ISO 14083"),
    "ISO14040-44": T("ISO 14040 and 14044"),
    "GHGP-Product": T("GHG Protocol Product Standard"),
    "PEF": T("Product Environmental Footprint (EU)"),
    "PACT-3.0": T("PACT Methodology 3.0"),
}
"""Cross-sectoral standards as PACT 3.0 calls them; a company says itself by which it calculates."""
VIEW_WORDS: dict[str, Text] = {
    "market": T("Scope 2 counts market-based."),
    "location": T("Scope 2 counts location-based."),
}
"""Which figure of scope 2 was shared."""
_NOTHING, _HUNDRED = Decimal(0), Decimal(100)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}(?::\S+)?", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_CPC = re.compile(r"CPC\s*[:.]?\s*([0-9]{2,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the company declares with a footprint; nothing in the plant's data says it."""

    company_ids: tuple[str, ...] = ()
    """URNs of the company, e.g. ``urn:pact:example.com:company-id:7``; Catena-X asks for its BPNL among them."""
    domain: str = ""
    """Of the company, for product numbers that are no URN: ``example.com``."""
    standards: tuple[str, ...] = ()
    """Keys of :data:`STANDARDS` by which was calculated."""
    rules: tuple[str, ...] = ()
    """Rules of the product or sector that were followed, as they are called."""
    exempted: Decimal | None = None
    """Share of the emissions that was left out. [%]"""
    exempted_why: str = ""
    packaging: bool | None = None
    """The bill of materials contains the packaging."""
    comment: str = ""
    legal: str = ""
    """Under which conditions the footprint is given away."""
    technological: Decimal | None = None
    """Data quality rating, 1 (best) to 5."""
    temporal: Decimal | None = None
    geographical: Decimal | None = None
    valid_until: date | None = None
    incineration: str = ""
    """How burning waste is shared: one of :data:`core.exchange.catena_x.INCINERATION`."""


class NotStated(UserError):
    """A format requires what nobody knows."""

    def __init__(self, message: Text, lacking: Sequence[tuple[str, Text]]) -> None:
        said = [T("{field}: {remedy}", field=verbatim(name), remedy=remedy) for name, remedy in lacking]
        super().__init__(message, reduce(lambda first, more: T("{first} {more}", first=first, more=more), said))
        self.lacking = tuple(lacking)
        """Each field of the format with what to do, as often as something is wrong with it."""


@dataclass(slots=True)
class Needs:
    """Collects what a format requires and nobody knows."""

    product: Product
    lacking: list[tuple[str, Text]] = field(default_factory=list)

    def need(self, name: str, value: V | None, instead: V, remedy: Text) -> V:
        """The value; where there is none, the field is noted and ``instead`` stands in until the whole is refused."""
        if value is None or value in ("", ()):
            self.refuse(name, remedy)
            return instead
        return value

    def refuse(self, name: str, remedy: Text) -> None:
        """Note a field that cannot be written as it is."""
        self.lacking.append((name, remedy))

    def check(self) -> None:
        """Refuse the statement when anything is lacking.

        Raises
        ------
        NotStated
            naming each field with its remedy.
        """
        if self.lacking:
            raise NotStated(
                T("The footprint of “{product}” cannot be stated. Fields required and not known: {count}.",
                  product=self.product.name, count=len(self.lacking)),
                self.lacking,
            )  # fmt: skip


Asking: TypeAlias = "Callable[[Footprint, Plant, Needs], None]"
"""Notes what one format requires beyond the others."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A footprint in the terms of those who exchange it; all masses for one declared unit."""

    plant: Plant
    footprint: Footprint
    start: datetime
    end: datetime
    """The first moment that is no longer part of the period."""
    gwp_set: str
    company: str
    company_ids: tuple[str, ...]
    product_ids: tuple[str, ...]
    classifications: tuple[str, ...]
    description: str
    mass: Decimal
    """[kg]"""
    excluding: Decimal
    """Without what biomass took up. [kg CO2e]"""
    including: Decimal
    """With it. [kg CO2e]"""
    fossil: Decimal
    """[kg CO2e]"""
    biogenic_gases: Decimal
    """Methane and nitrous oxide of biomass. [kg CO2e]"""
    uptake: Decimal
    """[kg CO2e]"""
    fossil_carbon: Decimal
    """[kg C]"""
    biogenic_carbon: Decimal
    """[kg C]"""
    outbound: Decimal | None
    """The way to the customer; None: not part of what is stated. [kg CO2e]"""
    standards: tuple[str, ...]
    exempted: Decimal
    packaging: bool
    sharing: str
    """How the plant's emissions were shared, in words."""
    processes: str
    """What belongs to the footprint, in words."""
    comment: str
    secondary: tuple[tuple[str, str], ...]
    """Sources of average factors, with their editions."""


def footprint_of(footprints: Footprints, product: str) -> Footprint:
    """The footprint of a product.

    Raises
    ------
    UserError
        with what stands in its way.
    """
    found = footprints.of(product)
    if found is None:
        raise UserError(
            T("There is no footprint of “{product}” in {year}.", product=product, year=str(footprints.year)),
            footprints.problems[0] if footprints.problems else T("Enter the product and how much of it was made."),
        )
    return found


def stated(footprints: Footprints, product: str, declared: Declared, asking: Asking | None = None) -> Stated:
    """What formats share.

    Parameters
    ----------
    footprints
        of the year.
    product
        id of the product.
    declared
        what the company says itself.
    asking
        notes what one format requires beyond this.

    Raises
    ------
    UserError
        when something stands in the way of the footprint itself, or naming every required field that nobody knows.

    Notes
    -----
    With uptake = without uptake − 44/12 × biogenic carbon; fossil = without uptake − methane and nitrous oxide of
    biomass. PACT Technical Specifications 3.0, ``CarbonFootprint``.
    """
    one = footprint_of(footprints, product)
    plant, period = footprints.plant, footprints.period
    assert plant is not None and period is not None
    needs = Needs(one.product)
    if asking is not None:
        asking(one, plant, needs)
    made, at_product = one.product, T("Enter it at the product; 0 where there is none.")
    biogenic = needs.need("biogenicCarbonContent", made.biogenic, _NOTHING, at_product)
    gases, taken = _of_biomass(one), uptake(biogenic)
    found = Stated(
        plant=plant,
        footprint=one,
        start=_moment(period.start),
        end=_moment(period.end + timedelta(days=1)),
        gwp_set=footprints.gwp_set,
        company=needs.need("companyName", plant.organisation.strip(), "", T("Enter the legal entity at the plant.")),
        company_ids=_company_ids(declared, needs),
        product_ids=_product_ids(one, declared, needs),
        classifications=_classifications(one, declared, needs),
        description=needs.need("productDescription", made.description.strip(), "",
                               T("Enter the description at the product.")),
        mass=needs.need("productMassPerDeclaredUnit", mass_of(made), _NOTHING, T("Enter the mass at the product.")),
        excluding=one.per_unit,
        including=EXACT.add(one.per_unit, taken),
        fossil=EXACT.subtract(one.per_unit, gases),
        biogenic_gases=gases,
        uptake=taken,
        fossil_carbon=needs.need("fossilCarbonContent", made.carbon, _NOTHING, at_product),
        biogenic_carbon=biogenic,
        outbound=one.outbound if any(part.stage == "outbound" for part in one.contributions) else None,
        standards=_standards(declared, needs),
        exempted=_exempted(declared, needs),
        packaging=needs.need("packagingEmissionsIncluded", declared.packaging, False,
                             T("Say whether the bill of materials contains the packaging.")),
        sharing=_sharing(footprints),
        processes="; ".join(str(STAGE_TITLES[stage]) for stage, kg in one.stages if stage in GATE and kg),
        comment=_comment(footprints, declared),
        secondary=_secondary(one, needs),
    )  # fmt: skip
    needs.check()
    return found


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def stamp(moment: datetime) -> str:
    """As both formats write moments.

    >>> stamp(datetime(2026, 1, 31, 8, 5, tzinfo=UTC))
    '2026-01-31T08:05:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_biomass(one: Footprint) -> Decimal:
    return per_unit(exact_sum(part.biogenic_gases for part in one.contributions if part.stage in GATE), one.quantity)


def _company_ids(declared: Declared, needs: Needs) -> tuple[str, ...]:
    name, remedy = "companyIds", T("Declare the company as a URN, e.g. urn:pact:example.com:company-id:7.")
    if not declared.company_ids or not all(map(is_urn, declared.company_ids)):
        needs.refuse(name, remedy)
    return tuple(dict.fromkeys(declared.company_ids))


def is_urn(text: str) -> bool:
    """A uniform resource name as RFC 8141 has it, or as Catena-X writes that of a company, without a second colon.

    >>> [is_urn(text) for text in ("urn:gtin:4712345060507", "urn:BPNL000000000DWF", "4712345060507", "urn:a b")]
    [True, True, False, False]
    """
    return _URN.fullmatch(text) is not None


def _product_ids(one: Footprint, declared: Declared, needs: Needs) -> tuple[str, ...]:
    number = one.product.number.strip()
    if not number:
        needs.refuse("productIds", T("Enter the product number at the product."))
        return ()
    return _named(number, "supplier-id", "productIds", declared, needs)


def _classifications(one: Footprint, declared: Declared, needs: Needs) -> tuple[str, ...]:
    code = one.product.code.strip()
    if not code:
        return ()
    if (cpc := _CPC.fullmatch(code)) is not None:
        return (f"urn:cpc:{cpc[1]}",)
    return _named(code, "category-id", "productClassifications", declared, needs)


def _named(text: str, kind: str, name: str, declared: Declared, needs: Needs) -> tuple[str, ...]:
    """A URN as it is; else one in the name space that PACT recommends, of the company's domain."""
    if is_urn(text):
        return (text,)
    domain = declared.domain.strip().casefold()
    if _DOMAIN.fullmatch(domain) is None:
        needs.refuse(name, T("Declare the domain of the company, e.g. example.com, or enter “{text}” as a URN.",
                             text=verbatim(text[:60])))  # fmt: skip
        return ()
    return (f"urn:pact:{domain}:{kind}:{quote(text, safe='')}",)


def _standards(declared: Declared, needs: Needs) -> tuple[str, ...]:
    if not declared.standards or any(one not in STANDARDS for one in declared.standards):
        needs.refuse("crossSectoralStandards",
                     T("Declare by which standards was calculated: {known}.", known=list(STANDARDS)))  # fmt: skip
    return tuple(dict.fromkeys(declared.standards))


def _exempted(declared: Declared, needs: Needs) -> Decimal:
    found = declared.exempted
    if found is None or not 0 <= found <= _HUNDRED:
        needs.refuse("exemptedEmissionsPercent",
                     T("Declare what share of the emissions was left out, from 0 to 100 %."))  # fmt: skip
        return _NOTHING
    if found and not declared.exempted_why.strip():
        needs.refuse("exemptedEmissionsDescription", T("Say what was left out, and why."))
    return found


def _sharing(footprints: Footprints) -> str:
    """``Mass: Boiler, Main meter (Presses work by mass).``"""
    groups: dict[tuple[str, str], dict[str, None]] = {}
    for one in footprints.sources:
        groups.setdefault((one.key, one.reason), {})[one.source] = None
    said = (
        f"{KEY_TITLES.get(key, KEY_TITLES['own'])}: {', '.join(sources)}" + (f" ({reason})" if reason else "")
        for (key, reason), sources in groups.items()
    )
    return "; ".join(said)


def _comment(footprints: Footprints, declared: Declared) -> str:
    view = VIEW_WORDS[footprints.view]
    return " ".join(filter(None, (declared.comment.strip(), str(view), *map(str, footprints.notes))))


def _secondary(footprint: Footprint, needs: Needs) -> tuple[tuple[str, str], ...]:
    """Each source of averages once; what the plant, its suppliers and contracts state is none."""
    gate = (part for part in footprint.contributions if part.stage in GATE)
    average = {one: None for part in gate for one in part.cited if not one.own}
    for one in average:
        if not one.edition:
            remedy = T("Enter the source “{source}” with its edition behind a comma.", source=one.name)
            needs.refuse("secondaryEmissionFactorSources", remedy)
    return tuple((one.name, one.edition) for one in average)


@cache
def subregions() -> dict[str, str]:
    """The United Nations' sub-region of each country."""
    text = (files("resources") / "subregions.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["country"]: row["subregion"] for row in rows}
