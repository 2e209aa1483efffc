"""What the sections get: the package, the inventory that follows from it, and how words and numbers are written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from core.i18n import Localised, Name, T, Text, show_date, show_number
from core.inventory import Inventory, Package, Period, months_of
from core.inventory.evidence import EvidenceCoverage, evidence_coverage
from core.inventory.quality import Quality, quality_of
from core.inventory.uncertainty import Uncertainty
from core.inventory.views import (
    CATEGORY_TITLES,
    GbtView,
    GhgpView,
    IsoView,
    Matrix,
    Node,
    completeness,
    gbt_view,
    ghgp_view,
    iso_view,
    matrix,
)
from core.inventory.views.titles import WITHOUT_CATEGORY
from core.library import Policy, policy_named
from core.library.places import countries, regions
from core.methods import AppliedFactor, Line, TraceStep

if TYPE_CHECKING:
    from core.disclosures.value import PointValue
    from core.report.plans.gather import Plans

BOTH = "both"
TONNES = 3
"""Decimals of tonnes in tables: kilograms. All digits stand in the attached data."""

_TRACED = 9
"""Decimals of a number inside a worked example; shares of a molar mass have 34 digits."""

SCOPE_NAMES: dict[str, Text] = {
    "scope1": T("Scope 1: direct emissions"),
    "scope2_location": T("Scope 2: purchased energy, location-based"),
    "scope2_market": T("Scope 2: purchased energy, market-based"),
    "scope3": T("Scope 3: other indirect emissions"),
    "exported": T("Energy sold to others (memo)"),
    "avoided": T("Avoided by own generation (memo)"),
}
APPROACH_NAMES: dict[str, Text] = {
    "operational_control": T("Operational control"),
    "financial_control": T("Financial control"),
    "equity_share": T("Equity share"),
}
REPORTED = ("scope1", "scope2_location", "scope2_market", "scope3")
"""Scopes that enter a total."""
SEVERITY_NAMES: dict[str, Text] = {"error": T("Error"), "warning": T("Warning"), "info": T("Note")}
ROLE_NAMES: dict[str, Text] = {"Auditor": T("Auditor"), "PlantManager": T("Plant manager")}
"""By the name of the signature field."""
STATUS_NAMES: dict[str, Text] = {
    "VERIFIED": T("seen in the source"),
    "VERIFIED_SECONDARY": T("seen in a secondary source"),
    "DERIVED": T("derived"),
    "USER": T("entered by the plant"),
}


@dataclass(frozen=True)
class ReportData:
    """Everything a section may show; nothing else reaches it."""

    package: Package

    @cached_property
    def inventory(self) -> Inventory:
        """Calculated again from the package, so the report shows nothing that does not follow from the data."""
        return self.package.inventory()

    @cached_property
    def attached(self) -> bytes:
        """The package as the file carries it; writing it takes a second for ten thousand records, so once."""
        return self.package.bytes

    @cached_property
    def seal(self) -> str:
        """SHA-256 of the attached package."""
        return hashlib.sha256(self.attached).hexdigest()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the report's parts, in their order."""
        language = self.package.issue.language
        return ("zh", "en") if language == BOTH else (language,)

    @property
    def period(self) -> Period:
        return self.inventory.choices.period

    @property
    def months(self) -> tuple[Period, ...]:
        return months_of(self.period)

    @cached_property
    def counted(self) -> tuple[Line, ...]:
        """Lines that enter a total; memos (energy sold, emissions avoided) are left out."""
        return tuple(line for line in self.inventory.lines if line.scope in REPORTED)

    @cached_property
    def memo(self) -> tuple[Line, ...]:
        """Lines of avoided emissions."""
        return tuple(line for line in self.inventory.lines if line.scope == "avoided")

    @cached_property
    def policy(self) -> Policy:
        """Which chose the factors."""
        return policy_named(self.package.audit.policy)

    @cached_property
    def completeness(self) -> tuple[Node, ...]:
        """The tree scope, category, source."""
        return completeness(self.inventory)

    @cached_property
    def ghgp(self) -> GhgpView:
        return ghgp_view(self.inventory)

    @cached_property
    def iso(self) -> IsoView:
        return iso_view(self.inventory)

    @cached_property
    def gbt(self) -> GbtView | None:
        """The Chinese summary; only for plants in China, or under a policy that asks for it."""
        asked = self.policy.view == "gbt" or self.inventory.plant.country == "CN"
        return gbt_view(self.inventory) if asked else None

    @cached_property
    def matrix(self) -> Matrix:
        """Location-based."""
        return matrix(self.inventory)

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """By formula."""
        return self.package.uncertainty

    @cached_property
    def quality(self) -> Quality:
        return quality_of(self.inventory)

    @cached_property
    def evidence(self) -> EvidenceCoverage:
        return evidence_coverage(self.inventory)

    @cached_property
    def plans(self) -> Plans:
        """Renewable electricity, targets, actions: gathered from the package when a section asks."""
        from core.report.plans.gather import Plans

        return Plans(self.package)

    @cached_property
    def points(self) -> Mapping[str, PointValue] | None:
        """Data points of those who ask, as they follow from the package; None where records are none of this form."""
        from core.disclosures.values import values_of
        from core.report.plans.asked import known_of_plans, tried

        return tried(lambda: values_of(known_of_plans(self.plans)))

    def category_name(self, number: int, lang: str) -> str:
        """``3.4 Inbound and paid transport``; of scope 3."""
        return f"3.{number}\u2002{self.tr(CATEGORY_TITLES.get(number, WITHOUT_CATEGORY), lang)}"

    @cached_property
    def factors(self) -> tuple[AppliedFactor, ...]:
        """Every factor that was applied, once, those of a set together; its place here is its number in the report."""
        found: dict[tuple[str, Decimal, str], AppliedFactor] = {}
        for line in sorted(self.inventory.lines, key=lambda line: (line.scope, line.activity.item, line.factor.key)):
            found.setdefault(_identity(line.factor), line.factor)
        sets = list(dict.fromkeys(_set_of(factor) for factor in found.values()))
        return tuple(sorted(found.values(), key=lambda factor: sets.index(_set_of(factor))))

    @cached_property
    def _factor_numbers(self) -> dict[tuple[str, Decimal, str], str]:
        return {_identity(factor): f"F{number}" for number, factor in enumerate(self.factors, 1)}

    def factor_number(self, factor: AppliedFactor) -> str:
        """``F3``: the row of the table of factors."""
        return self._factor_numbers[_identity(factor)]

    def kilowatt_hours(self, line: Line) -> Decimal:
        """The quantity of a line of electricity. [kWh]"""
        return self.package.library.units.convert(line.portion.quantity, line.activity.unit, "kWh")

    def unit(self, text: str) -> str:
        """A unit as it is printed: ``t CO2/10⁴ m³`` for ``t CO2/e4m3``; symbols are the same in both languages."""
        return "/".join(" ".join(self._symbol(word) for word in part.split(" ")) for part in text.split("/"))

    def _symbol(self, word: str) -> str:
        unit = self.package.library.units.all.get(word)
        return unit.name.en if unit else word

    def formula(self, step: TraceStep) -> str:
        """A step of a calculation with its numbers and units put in."""
        return step.form.format(*(self._measured(value, self.unit(unit)) for value, unit in step.numbers))

    def _measured(self, value: Decimal, unit: str) -> str:
        """``2,132 L``; a unit that is a power of ten, as 10⁴ m³, would read as part of the number without its sign."""
        number, sign = exact(value, _TRACED), "×\u00a0" if unit[:1].isdigit() else ""
        return f"{number}\u00a0{sign}{unit}" if unit else number

    def item_name(self, key: str) -> Localised:
        """Name of what was used, by its key."""
        item = self.package.library.items.get(key)
        return item.name if item else T("{name}", name=key)

    def tr(self, text: Localised, lang: str, between: str = " ") -> str:
        """``text`` in a language; for ``both`` Chinese and English one after the other, once when they are equal."""
        return translated(text, lang, between)

    def span(self, start_and_end: Period, lang: str) -> str:
        """``2024-01-01 – 2024-12-31``."""
        first = "zh" if lang == BOTH else lang
        return f"{show_date(start_and_end.start, first)} – {show_date(start_and_end.end, first)}"

    def month_names(self, lang: str) -> list[str]:
        """Short names of the months for the axis of a chart, with the year when there are several; for ``both`` Chinese
        above English."""
        if lang == BOTH:
            return ["\n".join(pair) for pair in zip(self.month_names("zh"), self.month_names("en"), strict=True)]
        years = len({month.start.year for month in self.months}) > 1
        names = []
        for month in self.months:
            name = f"{month.start.month}月" if lang == "zh" else _MONTHS[month.start.month - 1]
            names.append(f"{name} {month.start:%y}" if years else name)
        return names


def translated(text: Localised, lang: str, between: str = " ") -> str:
    """``text`` in a language; for ``both`` Chinese and English one after the other, once when they are equal."""
    if lang != BOTH:
        return text.in_language(lang)
    chinese, english = text.in_language("zh"), text.in_language("en")
    return chinese if chinese == english else f"{chinese}{between}{english}"


def _identity(factor: AppliedFactor) -> tuple[str, Decimal, str]:
    return factor.key, factor.value, factor.unit


def _set_of(factor: AppliedFactor) -> tuple[str, str, str]:
    return factor.key.partition(".")[0], str(factor.title), factor.publisher


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def tonnes(value: Decimal) -> str:
    """Tonnes as tables show them: to the kilogram."""
    return minus(show_number(value, TONNES))


def big_tonnes(value: Decimal) -> str:
    """Tonnes as a large figure: whole above a hundred, to the kilogram below one."""
    size = abs(value)
    if not size:
        return "0"
    return minus(show_number(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else TONNES))


def kilograms(value: Decimal) -> str:
    """The mass of a gas: whole from a hundred kilograms on, for nobody weighs millions to the gram."""
    return big_tonnes(value)


def moment(when: datetime) -> str:
    """``2026-11-23 04:39 UTC``."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def comma(lang: str) -> str:
    """What stands between the parts of an address."""
    return "，" if lang == "zh" else ", "


def place_name(country: str, region: str, lang: str) -> str:
    """``Beijing (CN-BJ)``, ``北京市（CN-BJ）``; a region without a known name has its country's."""
    code = region or country
    name = regions().get(region) or countries().get(country)
    if name is None:
        return code
    return bracketed(f"{name.zh} {name.en}" if lang == BOTH else name.in_language(lang), code, lang)


def bracketed(name: str, code: str, lang: str) -> str:
    """A name with its code in the brackets of the language."""
    return f"{name}（{code}）" if lang == "zh" else f"{name} ({code})"


_BILINGUAL = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff、]*) \(([A-Z, ]+)\)")


def publisher_name(text: str) -> Localised:
    """The name as the report's language has it: data name Chinese offices with their English initials in brackets."""
    if not _BILINGUAL.search(text):
        return Name(text, text)
    return Name(_BILINGUAL.sub(r"\2", text), _BILINGUAL.sub(r"\1", text).replace("; ", "；"))


def exact(value: Decimal, most: int = 6) -> str:
    """A quantity or factor with its own digits, at most so many decimals; very small ones keep four figures."""
    if value == value.to_integral_value():
        return minus(show_number(value, 0))
    if 0 < abs(value) < Decimal(10) ** -most:
        return minus(f"{value:.3E}".replace("E-0", "E-"))
    places = min(most, max(0, -int(value.normalize().as_tuple().exponent)))
    return minus(show_number(value, places))


def minus(number: str) -> str:
    """A typographic minus, as wide as a figure."""
    return "−" + number[1:] if number.startswith("-") else number


def signed_tonnes(value: Decimal, unit: str = "t CO2e") -> str:
    """A large figure with its unit, for sentences."""
    return f"{big_tonnes(value)}\u00a0{unit}"


def percent(part: Decimal, whole: Decimal) -> str:
    """``12.3%``; a dash when there is nothing to compare with."""
    return "–" if not whole else f"{minus(f'{part / whole * 100:.1f}')}%"


def percent_of(value: Decimal, places: int = 1) -> str:
    """A share that is a percentage already: ``12.3%``."""
    return f"{minus(f'{value:.{places}f}')}%"
