"""Footprints of what the plant makes: each with its stages, what goes in, how sources were shared, and the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.i18n import T, Text, labelled, verbatim
from core.ledger import Product
from core.methods import exact_sum
from core.products import (
    GATE,
    KEY_TITLES,
    STAGE_TITLES,
    STAGES,
    UNIT_TITLES,
    Contribution,
    Footprint,
    Footprints,
    Shared,
    together,
)
from core.products.making import per_unit
from core.report.charts import Series, month_stack
from core.report.data import ReportData, big_tonnes, exact, minus, percent_of, tonnes
from core.report.facts import remarks, short
from core.report.flow import Figure, Figures, Gap, Remark, headed, lead, note
from core.report.plans.words import titled, word
from core.report.style import ACCENT, BODY, GUTTER, SCOPE1, SCOPE2, SCOPE3, SOLAR_DEEP, WIDTH, Colour
from core.report.table import Column, Row, Table

TITLE = T("Footprints of products")
ORDER = 48
MOST = 60
"""Products or problems that are printed; all of them stand in the attached data."""
DRAWN = 8
"""Most bars of the chart."""
PARTS = 12
"""Most lines of the bill of materials and legs of one product."""

_LOOK: dict[str, tuple[Colour, bool]] = {
    "materials": (SCOPE3, False), "inbound": (SCOPE3, True), "energy": (SCOPE2, False), "process": (SCOPE1, False),
}  # fmt: skip


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when no product is entered."""
    plans = report.plans
    if not plans.of_products:
        return []
    found = plans.footprints
    unverified = T("These footprints were not verified by a third party. What is signed here is the inventory; they "
                   "are calculated from it.")  # fmt: skip
    return [
        lead(report.tr(_opening(report, found), lang)),
        Remark(report.tr(unverified, lang), BODY, ACCENT),
        _figures(report, found, lang),
        *remarks(report, T("What stands in the way"), found.problems[:MOST], "products-open", lang),
        *_products(report, found, lang),
        *_stages(report, found, lang),
        *_purchased(report, found, lang),
        *_sharing(report, found, lang),
        *remarks(report, T("How the footprints are calculated"), _method(found), "products-method", lang),
    ]


def _opening(report: ReportData, found: Footprints) -> Text:
    return T(
        "Products with a footprint in {year}: {count} of {all}. It reaches from the cradle to the gate of the plant: "
        "what is purchased, its way to the plant, and what the plant itself emits.",
        year=str(found.year),
        count=len(found.footprints),
        all=len(report.plans.ledger.held(Product)),
    )


def _figures(report: ReportData, found: Footprints, lang: str) -> Figures:
    """What is shared and what is apart are the plant."""
    whole = exact_sum((found.shared, found.apart))
    parts = (
        (T("Shared among products"), found.shared, SCOPE2),
        (T("Apart"), found.apart, SCOPE3),
        (T("Together: emitted by the plant"), whole, SOLAR_DEEP),
    )
    figures = [Figure(report.tr(name, lang), big_tonnes(value), "t CO2e", "", colour) for name, value, colour in parts]
    return Figures(figures, GUTTER, size=18)


# ---------------------------------------------------------------------- products


def _products(report: ReportData, found: Footprints, lang: str) -> list[Any]:
    if not found.footprints:
        return []
    columns = [
        Column(report.tr(T("Product"), lang), 1.5, most=4),
        Column(report.tr(T("Made"), lang), 66, "right", fixed=True),
        Column(report.tr(T("Declared unit"), lang), 62, fixed=True),
        Column(f"{report.tr(T('Footprint'), lang)}\nkg CO2e", 60, "right", fixed=True),
        Column(f"{report.tr(T('Biogenic CO₂, apart'), lang)}\nkg CO2", 62, "right", fixed=True),
        Column(report.tr(T("Primary data"), lang), 48, "right", fixed=True),
    ]
    rows = [
        Row((_called(one), exact(one.quantity), _unit(report, one, lang), _kg(one.per_unit), _kg(one.biogenic_per_unit),
             percent_of(one.primary_share)))
        for one in found.footprints[:MOST]
    ]  # fmt: skip
    flow = titled(report.tr(T("Footprint of a declared unit"), lang), f"footprints-{lang}",
                  Table(columns, rows, after=4, pad=2.2))  # fmt: skip
    if (more := len(found.footprints) - MOST) > 0:
        flow.append(note(report.tr(T("Further products: {count}. They stand in the attached data.", count=more), lang)))
    return flow


def _stages(report: ReportData, found: Footprints, lang: str) -> list[Any]:
    """Each stage in a declared unit; the way out apart."""
    if not found.footprints:
        return []
    shown = found.footprints[:MOST]
    columns = [Column(report.tr(T("Product"), lang), 1.0, most=4)]
    columns += [Column(report.tr(STAGE_TITLES[stage], lang), 56, "right", fixed=True) for stage in GATE]
    columns.append(Column(report.tr(T("Footprint"), lang), 50, "right", fixed=True))
    out = report.tr(T("Apart: {what}", what=STAGE_TITLES["outbound"]), lang)
    columns.append(Column(out, 60, "right", fixed=True))
    rows = [
        Row((short(one.product.name, 80), *(_kg(dict(one.stages)[stage]) for stage in GATE), _kg(one.per_unit),
             _kg(one.outbound)))
        for one in shown
    ]  # fmt: skip
    title = report.tr(T("Stages, kg CO2e per declared unit"), lang)
    flow: list[Any] = titled(title, f"footprint-stages-{lang}", Table(columns, rows, after=4, pad=2.2))
    units = {one.product.unit for one in shown}
    if len(units) == 1 and 1 < len(shown) <= DRAWN and all(kg >= 0 for one in shown for _stage, kg in one.stages):
        flow += [Gap(6), *_chart(report, shown, lang)]
    return flow


def _chart(report: ReportData, shown: Sequence[Footprint], lang: str) -> list[Any]:
    """Bars beside each other, as long as all are stated for the same unit."""
    series = []
    for stage in GATE:
        values = tuple(dict(one.stages)[stage] for one in shown)
        if any(values):
            series.append(Series(report.tr(STAGE_TITLES[stage], lang), values, *_LOOK[stage]))
    names = [short(one.product.name, 80) for one in shown]
    axis = report.tr(T("kg CO2e per {unit}", unit=UNIT_TITLES.get(shown[0].product.unit, shown[0].product.unit)), lang)
    chart = month_stack(series, names, WIDTH, 150, axis)
    return headed(report.tr(T("Stages of the footprints"), lang), f"footprint-chart-{lang}", chart)


# ---------------------------------------------------------------------- what goes in


def _purchased(report: ReportData, found: Footprints, lang: str) -> list[Any]:
    """Bills of materials and legs, the largest of each product."""
    columns = [
        Column(report.tr(T("Component or leg"), lang), 1.2, most=4),
        Column(report.tr(T("Stage"), lang), 92, fixed=True),
        Column(f"kg CO2e\n{report.tr(T('Per declared unit'), lang)}", 62, "right", fixed=True),
        Column(report.tr(T("Data"), lang), 48, fixed=True),
        Column(report.tr(T("Source of the factor"), lang), 1.3, most=6),
    ]
    rows: list[Row] = []
    for one in found.footprints[:MOST]:
        bought = [part for part in one.contributions if part.stage not in ("energy", "process")]
        if bought:
            rows.append(Row((short(one.product.name, 80), *[""] * 4), "group"))
            rows += [_part(report, one, part, lang) for part in sorted(bought, key=_largest)[:PARTS]]
    if not rows:
        return []
    title = report.tr(T("What goes in, and how it travels"), lang)
    said = T("The largest lines of each product. Averages are published factors; primary data are those of the "
             "supplier itself.")  # fmt: skip
    return [*titled(title, f"footprint-parts-{lang}", Table(columns, rows, after=4, pad=2.2)),
            note(report.tr(said, lang))]  # fmt: skip


def _largest(one: Contribution) -> tuple[int, Decimal, str]:
    return STAGES.index(one.stage), -one.tonnes, one.what


def _part(report: ReportData, one: Footprint, part: Contribution, lang: str) -> Row:
    kind = report.tr(T("primary") if part.primary else T("average"), lang)
    stage = report.tr(word(STAGE_TITLES, part.stage), lang)
    return Row((short(part.what, 80), stage, _kg(per_unit(part.tonnes, one.quantity)), kind, part.factor or "–"))


# ---------------------------------------------------------------------- sharing


def _sharing(report: ReportData, found: Footprints, lang: str) -> list[Any]:
    """Every source with the key by which it was shared, and why."""
    if not found.sources:
        return []
    columns = [
        Column(report.tr(T("Source"), lang), 1.6, most=PARTS),
        Column(report.tr(T("Stage"), lang), 1.0, most=3),
        Column("t CO2e", 76, "right", fixed=True),
        Column(report.tr(T("Of it shared"), lang), 76, "right", fixed=True),
    ]
    groups: dict[tuple[str, str], list[Shared]] = {}
    for one in together(found.sources):
        groups.setdefault((one.key, one.reason), []).append(one)
    rows: list[Row] = []
    names = {one.id: short(one.name, 60) for one in report.plans.ledger.held(Product)}
    for (key, reason), several in groups.items():
        why = short(reason, 200) or report.tr(T("nobody said why"), lang)
        rows.append(Row((f"{report.tr(word(KEY_TITLES, key), lang)}\n{why}", *[""] * 3), "group"))
        rows += [
            _source(report, one, names, lang) for one in sorted(several, key=lambda one: (-one.tonnes, one.source))
        ]
    whole = exact_sum((found.shared, found.apart))
    rows.append(Row((report.tr(T("Emitted by the plant"), lang), "", tonnes(whole), tonnes(found.shared)), "total"))
    title = report.tr(T("How the emissions of the plant are shared"), lang)
    return titled(title, f"footprint-keys-{lang}", Table(columns, rows, after=4, pad=2.0))


def _source(report: ReportData, one: Shared, names: Mapping[str, str], lang: str) -> Row:
    """By an own key also what each product takes, for its weights stand nowhere else."""
    shared = exact_sum(part for _product, part in one.parts)
    own = (
        [labelled(names.get(product, product), tonnes(part), lang) for product, part in one.parts]
        if one.key == "own"
        else []
    )
    cells = (
        "\n".join((short(one.source, 80), *own[:PARTS])),
        report.tr(word(STAGE_TITLES, one.stage), lang),
        tonnes(one.tonnes),
        tonnes(shared),
    )
    return Row(cells, "line" if one.parts else "memo")


def _method(found: Footprints) -> list[Text]:
    """What a reader must know to judge the numbers."""
    return [
        T("Footprint of a declared unit = (purchased parts and materials + their way to the plant + what the product "
          "takes of the plant's emissions) ÷ quantity made."),
        T("The plant's emissions of scopes 1 and 2, of its energy before it arrives (category 3) and of its waste "
          "(category 5) are shared source by source. What is shared and what is apart are exactly the plant's."),
        T("Scope 2 counts market-based."),
        T("The way to the customer, use and end of life are no part of a footprint. Biogenic CO₂ stands apart."),
        T("Primary data are records of the plant that are not estimated, and footprints that suppliers calculated for "
          "the part; their share is that of the emissions that rest on them."),
        T("Rests on the GHG Protocol Product Standard (2011), chapters 7 to 9, ISO 14067:2018, 6.4.6, and the PACT "
          "Methodology 3.0. Which key shares what is the plant's choice, with its reason."),
        *found.notes,
    ]  # fmt: skip


# ---------------------------------------------------------------------- words


def _called(one: Footprint) -> str:
    product = one.product
    return "\n".join(filter(None, (short(product.name, 80), short(product.number, 60))))


def _unit(report: ReportData, one: Footprint, lang: str) -> str:
    return report.tr(UNIT_TITLES.get(one.product.unit, verbatim(short(one.product.unit, 40))), lang)


def _kg(value: Decimal) -> str:
    """Kilograms of a declared unit, with three decimals; small ones with their figures."""
    if not value:
        return "0"
    if abs(value) < Decimal("0.01"):
        return exact(Decimal(f"{value:.2e}"), 9)
    return minus(f"{value:,.3f}")
