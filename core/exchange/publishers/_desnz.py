"""What the two forms of the United Kingdom's factors have in common: wording, gases, and the set they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.errors import UserError
from core.exchange.publishers._book import Book
from core.exchange.publishers._types import NOT_A_FACTOR, Published, refused
from core.i18n import Name, T
from core.library import FactorSet
from core.library.units import normal

TITLE = "UK Government GHG Conversion Factors for Company Reporting"
REGION = "GB"
GASES = {
    normal("kg CO2e"): "CO2e",
    normal("Total kg CO2e"): "CO2e",
    normal("Total kg CO2e per unit"): "CO2e",
    normal("kg CO2e per unit"): "CO2e",
    normal("kg CO2e of CO2 per unit"): "CO2",
    normal("kg CO2e of CH4 per unit"): "CH4",
    normal("kg CO2e of N2O per unit"): "N2O",
}
"""Every gas is printed as CO2e, which the set says with its GWP."""
FIRST_AR5 = 2024
"""From this edition on the GWPs are known without being said."""
_REPORTS = {"fourth": "4", "fifth": "5", "sixth": "6"}
_ASSESSMENT = re.compile(r"\bar([456])\b|\b(fourth|fifth|sixth) assessment report\b")
_SHARE, _LEAST = Decimal("0.01"), Decimal("0.0002")
_YEAR = re.compile(r"\b(20[0-9]{2})\b")


def factor_set(book: Book, year: int, form: str, version: str, words: Name) -> FactorSet:
    """The publication of one year in one form, ``flat`` or ``full``."""
    gwp = _gwp(book, year)
    edition = f"{year}, version {version}" if version else str(year)
    return FactorSet(
        key=f"uk_desnz_{year}_{form}",
        title=Name(f"{TITLE} {year}, {words.en}", f"英国政府企业报告温室气体转换系数 {year}，{words.zh}"),
        publisher="UK Department for Energy Security and Net Zero (DESNZ)",
        edition=edition,
        year=year,
        published=str(year),
        licence="Contains public sector information licensed under the Open Government Licence v3.0",
        gwp=gwp,
        note=f"CO2, CH4 and N2O are printed as kg CO2e with GWP of {gwp}.",
    )


def _gwp(book: Book, year: int) -> str:
    """The GWP set with which the gases were made CO2e, as the first sheets say; since 2024 it is that of AR5.

    Raises
    ------
    UserError
        for an older edition that does not say it: then CH4 and N2O cannot be taken apart.
    """
    texts = "\n".join(book.sheet(name).words(60) for name in book.names[:3])
    said = {f"AR{number or _REPORTS[word]}" for number, word in _ASSESSMENT.findall(texts.casefold())}
    if len(said) == 1:
        return said.pop()
    if year >= FIRST_AR5:
        return "AR5"
    raise UserError(
        T("The workbook of {year} does not say with which GWP set its gases were added.", year=year),
        T("Use an edition from {year} on, or the full set.", year=FIRST_AR5),
    )


def year_in(text: str) -> int:
    """The first year that a text names; 0 for none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else 0


def words_of(parts: Iterable[str]) -> tuple[str, ...]:
    """The headings without empty and repeated ones, in which the two forms differ."""
    kept: dict[str, str] = {}
    for part in parts:
        if part:
            kept.setdefault(normal(part), part)
    return tuple(kept.values())


def is_factor(heading: str) -> bool:
    """Whether a heading of numbers is one of emissions; energy per km is not."""
    return normal(heading) in GASES


def checked(row: Published) -> Published:
    """The row, refused where its gases do not add up: then a column is not what it seems."""
    if row.problem is not None or row.skipped is not None or not {"CO2e", "CO2", "CH4", "N2O"} <= row.amounts.keys():
        return row
    total = row.amounts["CO2e"]
    parts: Mapping[str, Decimal] = {gas: amount for gas, amount in row.amounts.items() if gas != "CO2e"}
    summed = sum(parts.values(), Decimal(0))
    if abs(summed - total) <= max(abs(total) * _SHARE, _LEAST):
        return row
    return refused(row, T("CO₂, CH₄ and N₂O make {sum}, but CO₂e is {total}.", sum=summed, total=total))


def other_number(words: tuple[str, ...], unit: str, place: str) -> Published:
    """A row with numbers that are no emissions."""
    return Published(words, unit, {}, place, REGION, skipped=NOT_A_FACTOR)
