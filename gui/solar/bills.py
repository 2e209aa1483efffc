"""What the bills say of the generation: months, chart, and what that avoided, with the factor behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.library import load_library
from core.methods import AppliedFactor
from core.solar import SolarFigures, SolarSummary
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.solar.words import THOUSAND, month_name, mwh, percent, plain
from gui.tables.table import Column
from gui.theme import tokens
from gui.widgets import label, marked, number, rule, subheading
from gui.wording import TONNES, named, region_name, tonnes, unit_words


@dataclass(frozen=True, slots=True)
class Row:
    """One month, or all of them."""

    id: str
    """``2024-03``; ``total``."""
    title: str
    figures: SolarFigures


def columns() -> list[Column[Row]]:
    """Of the table of months."""

    def energy(key: str, title: str, *, hidden: bool = False) -> Column[Row]:
        def value(row: Row) -> Decimal:
            return getattr(row.figures, key)  # type: ignore[no-any-return]

        return Column(
            key,
            title,
            lambda r: mwh(value(r)),
            "MWh",
            "right",
            value,
            lambda r: plain(value(r) / THOUSAND),
            hidden=hidden,
        )

    def memo(key: str, title: str) -> Column[Row]:
        def value(row: Row) -> Decimal:
            return getattr(row.figures, key)  # type: ignore[no-any-return]

        return Column(
            key, title, lambda r: tonnes(value(r)), TONNES, "right", value, lambda r: plain(value(r)), width=14
        )

    def ratio(row: Row) -> Decimal:
        return row.figures.share_of_use or Decimal(0)

    return [
        Column("month", _("Month"), lambda r: r.title, sort=lambda r: r.id, width=14),
        energy("generated", _("Generated")),
        energy("self_used", _("Used on site")),
        energy("fed_in", _("Fed in")),
        energy("unassigned", _("Use unknown"), hidden=True),
        Column("ratio", _("Self-consumption"), lambda r: percent(r.figures.share_of_use), "%", "right", ratio),
        memo("avoided_self_used", _("Avoided by own use")),
        memo("avoided_fed_in", _("Avoided by feed-in")),
    ]


def monthly(found: SolarSummary, months: tuple[SolarFigures, ...]) -> BarData:
    """The stacked bars."""
    colours = tokens().series
    series = [
        Series(_("Used on site"), tuple(f.self_used / THOUSAND for f in months), colours[0]),
        Series(_("Fed in"), tuple(f.fed_in / THOUSAND for f in months), colours[1]),
    ]
    if any(f.unassigned > 0 for f in months):
        rest = tuple(max(f.unassigned, Decimal(0)) / THOUSAND for f in months)
        series.append(Series(_("Use unknown"), rest, tokens().edge))
    names = tuple(month_name(m.start.month) for m in found.months)
    return BarData(_("Generation by month"), names, tuple(series), "MWh", _("Energy"))


def avoided(total: SolarFigures, year: int) -> list[QWidget]:
    """Self-used and fed in apart, each with its factor; and what the tonnes are not."""
    same = total.factors_fed_in == total.factors_self_used
    return [
        subheading(_("Avoided elsewhere")),
        stream(_("By using it on site"), total.self_used, total.avoided_self_used, total.implied_self_used,
               total.factors_self_used),
        rule(),
        stream(_("By feeding it in"), total.fed_in, total.avoided_fed_in, total.implied_fed_in, total.factors_fed_in,
               print_factors=not same),
        rule(),
        *other_years(total.factors, year),
        marked("info", "accent", _("Avoided emissions are a memo beside the inventory: they never change a total. "
                                   "What was used on site has already lowered the purchased electricity.")),
    ]  # fmt: skip


def other_years(factors: tuple[AppliedFactor, ...], year: int) -> list[QWidget]:
    """Say when a factor describes another year than the one shown."""
    others = sorted({factor.year for factor in factors} - {year})
    if not others:
        return []
    words = _("The grid factor describes {there}, not {here}.", there=", ".join(map(str, others)), here=str(year))
    return [marked("warning", "warning", words)]


def stream(
    title: str,
    kwh: Decimal,
    avoided_t: Decimal,
    implied: Decimal | None,
    factors: tuple[AppliedFactor, ...],
    *,
    print_factors: bool = True,
) -> QWidget:
    """Tonnes of one stream, how they come about, and who published the factor."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(2)
    head = QHBoxLayout()
    head.addWidget(label(title))
    head.addStretch(1)
    head.addWidget(number(f"{tonnes(avoided_t)} {TONNES}", size=1.15, strong=True))
    column.addLayout(head)
    if implied is not None:
        formula = f"{mwh(kwh)} MWh × {show_number(implied, 4)} t/MWh"
        line = number(formula)
        line.setProperty("role", "muted")
        line.setAccessibleName(_("Calculated as {formula}", formula=formula))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(line)
    for factor in factors if print_factors else ():
        column.addSpacing(2)
        for words in described(factor):
            column.addWidget(label(words, "muted", size=0.92, wrap=True))
    if kwh and not factors:
        column.addWidget(marked("warning", "warning", _("No factor fits, so nothing is counted as avoided.")))
    return made


def described(factor: AppliedFactor) -> list[str]:
    """Value, place and year; title; publisher and where it stands."""
    place = factor.place if factor.place.startswith(factor.edition) else f"{factor.edition}, {factor.place}"
    return [
        f"{show_number(factor.value)} {_unit(factor.unit)} · {region_name(factor.region)} · {factor.year}",
        say(factor.title),
        f"{factor.publisher} · {place}",
    ]


def _unit(text: str) -> str:
    return unit_words(load_library(), text)


def explained(row: Row) -> QWidget:
    """All digits of a month, for the inspector."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(4)
    grid.addWidget(subheading(row.title), 0, 0, 1, 2)
    f = row.figures
    lines = [
        (_("Generated"), f"{show_number(f.generated)} kWh"),
        (_("Used on site"), f"{show_number(f.self_used)} kWh"),
        (_("Fed in"), f"{show_number(f.fed_in)} kWh"),
        (_("Use unknown"), f"{show_number(f.unassigned)} kWh"),
        (_("Avoided by own use"), f"{show_number(f.avoided_self_used)} {TONNES}"),
        (_("Avoided by feed-in"), f"{show_number(f.avoided_fed_in)} {TONNES}"),
        (_("Implied constant"), f"{show_number(f.implied, 6)} t/MWh" if f.implied is not None else "–"),
    ]
    for place, (name, value) in enumerate(lines, start=1):
        grid.addWidget(label(name, "muted", wrap=True), place, 0)
        cell = number(value)
        cell.setWordWrap(True)
        cell.setAccessibleName(named(name, value))
        cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(cell, place, 1)
    last = len(lines) + 1
    for place, factor in enumerate(f.factors):
        grid.addWidget(label("\n".join(described(factor)), "muted", wrap=True), last + place, 0, 1, 2)
    return made
