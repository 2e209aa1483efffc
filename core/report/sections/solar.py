"""What the roof generated, what was used on site, what was fed in, and what that avoided elsewhere: a memo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.inventory.period import Period, share
from core.methods import Line
from core.report.charts import Series, month_stack
from core.report.data import ReportData, exact, percent, publisher_name, signed_tonnes, tonnes
from core.report.flow import Figure, Figures, Remark, headed, heading, lead
from core.report.style import BODY, GUTTER, SOLAR, SOLAR_DEEP, WIDTH
from core.report.table import Column, Row, Table

TITLE = T("Solar electricity")
ORDER = 30

SELF_USED, FED_IN = "solar_self_used", "solar_fed_in"
_NAMES: dict[str, Text] = {SELF_USED: T("Used on site"), FED_IN: T("Fed into the grid")}


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when the plant generates nothing."""
    lines = [line for line in report.memo if line.activity.item in _NAMES]
    if not lines:
        return []
    energy = {
        item: sum((report.kilowatt_hours(li) for li in lines if li.activity.item == item), Decimal(0))
        for item in _NAMES
    }
    generated = sum(energy.values(), Decimal(0))
    opening = T(
        "The plant generated {energy} MWh and used {share} of it on site.",
        energy=exact(generated / 1000, 1),
        share=percent(energy[SELF_USED], generated),
    )
    return [
        lead(report.tr(opening, lang)),
        _figures(report, energy, lang),
        *headed(
            report.tr(T("Use of the generated electricity by month"), lang),
            f"solar-months-{lang}",
            _chart(report, lines, lang),
        ),
        heading(report.tr(T("Avoided emissions and the factor behind each"), lang), f"solar-avoided-{lang}"),
        _table(report, lines, lang),
        Remark(
            report.tr(
                T(
                    "Electricity used on site already lowers the purchased kilowatt-hours. The avoided {avoided} are "
                    "stated apart and are never subtracted from any total.",
                    avoided=signed_tonnes(report.inventory.totals.avoided),
                ),
                lang,
            ),
            BODY,
            SOLAR,
        ),
    ]


def _figures(report: ReportData, energy: dict[str, Decimal], lang: str) -> Figures:
    generated = sum(energy.values(), Decimal(0))
    figures = [
        Figure(report.tr(T("Generated"), lang), exact(generated / 1000, 1), "MWh", "", SOLAR),
        *(
            Figure(report.tr(name, lang), exact(energy[item] / 1000, 1), "MWh", percent(energy[item], generated), SOLAR)
            for item, name in _NAMES.items()
        ),
        Figure(
            report.tr(T("Avoided (memo)"), lang), exact(report.inventory.totals.avoided, 1), "t CO2e", "", SOLAR_DEEP
        ),
    ]
    return Figures(figures, GUTTER / 2, size=18)


def _chart(report: ReportData, lines: list[Line], lang: str) -> Any:
    sums = {item: [Decimal(0)] * len(report.months) for item in _NAMES}
    for line in lines:
        portion = Period(line.portion.start, line.portion.end)
        energy = report.kilowatt_hours(line) / 1000
        for index, month in enumerate(report.months):
            inside = month.overlap(portion)
            if inside is not None:
                sums[line.activity.item][index] += share(energy, inside.days, portion.days)
    series = [
        Series(report.tr(name, lang), tuple(sums[item]), colour, hatched)
        for (item, name), (colour, hatched) in zip(_NAMES.items(), ((SOLAR, False), (SOLAR_DEEP, True)), strict=True)
    ]
    return month_stack(series, report.month_names(lang), WIDTH, 170, report.tr(T("Electricity, MWh per month"), lang))


def _origin(number: str, line: Line) -> Text:
    return T(
        "{number}: {publisher}, {year}",
        number=number,
        publisher=publisher_name(line.factor.publisher),
        year=line.factor.year,
    )


def _table(report: ReportData, lines: list[Line], lang: str) -> Table:
    """One row for each source, use and factor."""
    sums: dict[tuple[str, str, str], tuple[Line, Decimal, Decimal]] = {}
    for line in lines:
        key = (line.activity.source, line.activity.item, report.factor_number(line.factor))
        _, energy, avoided = sums.get(key, (line, Decimal(0), Decimal(0)))
        sums[key] = (line, energy + report.kilowatt_hours(line), avoided + line.tco2e)
    columns = [
        Column(report.tr(T("Source"), lang), 1.1),
        Column(report.tr(T("Use"), lang), 0.9),
        Column(report.tr(T("Electricity, kWh"), lang), 76, "right", fixed=True),
        Column(report.tr(T("Factor"), lang), 48, "right", fixed=True),
        Column("", 62, fixed=True),
        Column(report.tr(T("Factor from"), lang), 1.5),
        Column(report.tr(T("Avoided, t CO2e"), lang), 62, "right", fixed=True),
    ]
    rows = [
        Row((
            source, report.tr(_NAMES[item], lang), exact(energy, 1),
            exact(line.factor.value), report.unit(line.factor.unit),
            report.tr(_origin(number, line), lang), tonnes(avoided),
        ))
        for (source, item, number), (line, energy, avoided) in sums.items()
    ]  # fmt: skip
    energy = sum((e for _, e, _ in sums.values()), Decimal(0))
    avoided = sum((a for _, _, a in sums.values()), Decimal(0))
    whole = (report.tr(T("Total"), lang), "", exact(energy, 1), "", "", "", tonnes(avoided))
    return Table(columns, [*rows, Row(whole, "total")], after=6)
