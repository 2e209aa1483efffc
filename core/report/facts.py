"""What sections about energy have in common: subtitles, facts in two columns, remarks, shares, megawatt-hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.i18n import Localised, T, Text
from core.library import EXACT
from core.report.data import ReportData, exact, minus, percent_of
from core.report.flow import Block, Chapter, Flowable, heading
from core.report.style import BODY, SUBTITLE
from core.report.table import Column, Row, Table

OWNERS: dict[str, Text] = {"plant": T("The plant"), "other": T("Somebody else"), "": T("not stated")}
"""Of a roof, a system or its certificates."""
_BREAKS = re.compile(r"[\r\n\t]+")
_KEY = 40
"""Letters of an id that enter the name of a bookmark."""


def subtitle(name: str, section: str, key: str, lang: str, *company: Flowable) -> Chapter:
    """The name of one of the things a section tells of, as a bookmark, on the page of its ``company``."""
    return Chapter(short(name), f"{section}-{key[:_KEY]}-{lang}", 1, SUBTITLE, company)


def short(name: str, most: int = 120) -> str:
    """A name that somebody typed, in a heading, a label or a unit, where there is no room for a page of it."""
    line = _BREAKS.sub(" ", name)
    return line if len(line) <= most else line[: most - 1] + "…"


def facts(rows: Sequence[tuple[str, str]], wide: float = 118, of: str = "") -> Table:
    """Names at the left, what they are at the right; ``of`` stands above them, again where they go on."""
    columns = [Column("", wide, fixed=True, most=4), Column(of, 1.0, most=12)]
    return Table(columns, [Row(row) for row in rows], header=bool(of), pad=2.2)


def remarks(report: ReportData, title: Text, said: Sequence[Localised], key: str, lang: str) -> list[Any]:
    """A heading and sentences below it, each with a dash before it; nothing without any."""
    if not said:
        return []
    return [
        heading(report.tr(title, lang), f"{key}-{lang}"),
        *(Block(f"–\u2002{report.tr(one, lang)}", BODY.but(after=3)) for one in said),
    ]


def owner(report: ReportData, key: str, lang: str) -> str:
    """Who owns something; a name that the program does not know stands as it is."""
    return report.tr(OWNERS[key], lang) if key in OWNERS else key


def mwh(kwh: Decimal | None, places: int = 1) -> str:
    """Kilowatt-hours as megawatt-hours; a dash for what is not known."""
    return "–" if kwh is None else exact(EXACT.divide(kwh, Decimal(1000)), places)


def share(part: Decimal | None, places: int = 1) -> str:
    """A ratio as a percentage; a dash for what is not known."""
    return "–" if part is None else percent_of(part * 100, places)


def signed(value: Decimal, places: int) -> str:
    """With its sign, plus as well."""
    return ("+" if value > 0 else "") + minus(f"{value:.{places}f}")


def against(part: Decimal | None, whole: Decimal | None) -> str:
    """By how much something is above or below another: ``+3.2%``; a dash without one of them."""
    if part is None or not whole:
        return "–"
    return signed(EXACT.divide(EXACT.subtract(part, whole), abs(whole)) * 100, 1) + "%"


def number(value: Decimal | None, places: int) -> str:
    """With thousands and so many decimals; a dash for what is not known."""
    return "–" if value is None else minus(f"{value:,.{places}f}")
