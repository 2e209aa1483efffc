"""The section on footprints of products: what it says, and that it follows from the package alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.inventory import differences
from core.ledger import Ledger, Record, kind_of
from core.library import load_library
from core.methods import exact_sum
from core.products import GATE, footprints_of
from core.report import compare
from core.report.data import ReportData, big_tonnes
from core.report.flow import Figures, Remark
from core.report.sections.products import DRAWN, MOST
from core.report.table import Table
from tests.core.report.complete import complete, pages_of, rebuilt
from tests.core.report.complete import ledger as whole_ledger
from tests.core.report.produced import produced
from tests.core.report.sample import package
from tests.core.report.test_energy import drawn, row, tables, texts, told

KINDS = ("product", "output", "component", "leg", "allocation_key")
Records = dict[str, dict[str, Any]]


@cache
def report() -> ReportData:
    return ReportData(complete())


def changed(change: Callable[[Records], object]) -> ReportData:
    """The complete plant with other records."""
    held = complete()
    records = {kind: dict(own) for kind, own in held.ledger.records.items()}
    change(records)
    return ReportData(replace(held, ledger=Ledger(records)))


def section(data: ReportData, lang: str = "en") -> list[Any]:
    return told(data, "products", lang)


def titled(flow: list[Any], column: str) -> Table:
    return next(one for one in tables(flow) if any(column in each.title for each in one.columns))


def remarks_of(flow: list[Any]) -> list[str]:
    return [part.block.text for part in flow if isinstance(part, Remark)]


# ---------------------------------------------------------------------- when, and from what


def test_a_plant_without_products_has_no_such_section() -> None:
    assert section(ReportData(package("en"))) == []
    assert section(changed(lambda records: records["product"].clear())) == []


def test_it_follows_from_the_package_as_from_the_plant() -> None:
    """The factors of what goes in and how it travels are inside, though no record of the inventory uses them."""
    found = report().plans.footprints
    at_home = footprints_of(whole_ledger(), report().inventory, load_library())
    assert found.footprints == at_home.footprints and found.sources == at_home.sources
    assert found.problems == at_home.problems and found.notes == at_home.notes


def test_it_is_rebuilt_and_confirmed() -> None:
    held, pdf = complete(), pages_of()
    assert differences(held, held.inventory(), review(held.inventory())) == ()
    assert rebuilt() == "equal"

    def lighter(records: Records) -> None:
        records["component"]["cp3"] = replace(records["component"]["cp3"], footprint=Decimal("0.9"))

    other = changed(lighter).package
    assert compare(pdf, replace(held, ledger=other.ledger)) == "differs"


def test_nobody_else_verified_them_and_it_says_so() -> None:
    (said,) = remarks_of(section(report()))
    assert said.startswith("These footprints were not verified by a third party.")
    assert len(remarks_of(section(report(), "zh"))) == 1


# ---------------------------------------------------------------------- what it says


def test_shared_and_apart_are_the_plant() -> None:
    flow, found = section(report()), report().plans.footprints
    (figures,) = [one for one in flow if isinstance(one, Figures)]
    totals = report().inventory.totals
    emitted = exact_sum((totals.scopes["scope1"], totals.scopes["scope2_market"], totals.categories[3],
                         totals.categories[5]))  # fmt: skip
    assert found.shared + found.apart == emitted and found.apart > 0
    assert [one.number for one in figures.figures] == [big_tonnes(n) for n in (found.shared, found.apart, emitted)]
    assert "Products with a footprint in 2023: 2 of 3." in texts(flow)


def test_each_product_has_its_footprint_and_its_stages() -> None:
    flow, found = section(report()), report().plans.footprints
    whole, stages = titled(flow, "Declared unit"), titled(flow, "Energy of the plant")
    for one in found.footprints:
        cells = row(whole, one.product.name).cells
        assert cells[0].endswith(one.product.number)
        assert cells[3] == f"{one.per_unit:,.3f}" and cells[5] == f"{one.primary_share:.1f}%"
        parts = row(stages, one.product.name).cells
        assert list(parts[1:5]) == [f"{kg:,.3f}" if kg else "0" for stage, kg in one.stages if stage in GATE]
        assert parts[5] == f"{one.per_unit:,.3f}"
    half = row(whole, "Brake disc").cells[1]
    assert half == "181,000"  # by days: 181 of 365 lie in the year
    assert row(stages, "Damper strut").cells[6] != "0" and row(stages, "Brake disc").cells[6] == "0"


def test_what_stands_in_the_way_is_named() -> None:
    said = texts(section(report()))
    assert "Of “Prototype 样件” no output is entered in 2023. Enter how much of it was made." in said
    alone = changed(lambda records: records["output"].clear())
    flow = section(alone)
    assert "Products with a footprint in 2023: 0 of 3." in texts(flow)
    assert not any("Declared unit" in column.title for one in tables(flow) for column in one.columns)


def test_what_goes_in_stands_with_its_source_and_quality() -> None:
    table = titled(section(report()), "Component or leg")
    spring, tube, out = row(table, "Spring"), row(table, "Tube 钢管"), row(table, "Plant to customer")
    assert spring.cells[1:] == ("Purchased parts and materials", "3.100", "primary", "Spring works 弹簧厂, PCF 2023-07")
    assert tube.cells[3] == "average" and "worldsteel" in tube.cells[4]
    assert out.cells[1] == "Transport to the customer"
    assert [one.cells[0] for one in table.rows if one.kind == "group"] == [
        "Damper strut 减振器支柱",
        "Brake disc 制动盘",
    ]


def test_every_key_stands_with_its_reason_and_its_sources() -> None:
    flow, found = section(report()), report().plans.footprints
    table = titled(flow, "Of it shared")
    groups = [one.cells[0] for one in table.rows if one.kind == "group"]
    assert "Mass\nPresses and ovens work by mass 压机和炉子随质量" in groups
    assert "Own key\nOnly struts are welded 只焊支柱" in groups and "Belongs to no product\nSales 销售" in groups
    welding, cars = row(table, "Welding shop"), row(table, "Company cars")
    assert welding.cells[0].splitlines()[1].startswith("Damper strut 减振器支柱: ")
    assert welding.cells[2] == welding.cells[3]
    assert cars.kind == "memo" and cars.cells[3] == "0.000"
    total = row(table, "Emitted by the plant")
    assert total.kind == "total"
    assert total.cells[2:] == (f"{found.shared + found.apart:,.3f}", f"{found.shared:,.3f}")
    assert "The key for “Nowhere 不存在” shares nothing" in texts(flow)


def test_without_a_reason_it_says_that_nobody_gave_one() -> None:
    def silent(records: Records) -> None:
        records["allocation_key"] = {}

    flow = section(changed(silent))
    (group,) = [one for one in titled(flow, "Of it shared").rows if one.kind == "group"]
    assert group.cells[0] == "Mass\nnobody said why"
    assert "Nobody chose how emissions are shared: “Mass” is used." in texts(flow)


def test_stages_are_drawn_as_long_as_the_units_are_one() -> None:
    assert "kg CO₂e per piece" in drawn(section(report()))
    other = changed(lambda records: records["product"].update(pd2=replace(records["product"]["pd2"], unit="kilogram",
                                                                          mass=None)))  # fmt: skip
    assert len(other.plans.footprints.footprints) == 2 and drawn(section(other)) == ""


def test_of_many_products_the_first_are_printed_and_the_rest_counted() -> None:
    def many(records: Records) -> None:
        for number in range(70):
            key = f"x{number:03}"
            records["product"][key] = replace(records["product"]["pd2"], id=key, name=f"Disc {number}")
            records["output"][key] = replace(records["output"]["ou2"], id=key, product=key)
            records["component"][key] = replace(records["component"]["cp3"], id=key, product=key)

    flow = section(changed(many))
    assert len(titled(flow, "Declared unit").rows) == MOST == 60
    assert "Further products: 12. They stand in the attached data." in texts(flow)
    assert DRAWN < MOST and drawn(flow) == ""


def test_both_languages_say_as_much() -> None:
    english, chinese = section(report()), section(report(), "zh")
    assert [type(one) for one in english] == [type(one) for one in chinese]
    assert [len(one.rows) for one in tables(english)] == [len(one.rows) for one in tables(chinese)]
    for table in (*tables(english), *tables(chinese)):
        assert {len(one.cells) for one in table.rows} == {len(table.columns)}


def test_what_is_shown_does_not_depend_on_the_order_of_records() -> None:
    def turned(records: Records) -> None:
        for kind in KINDS:
            records[kind] = dict(reversed(records[kind].items()))

    one, other = section(report()), section(changed(turned))
    assert texts(one) == texts(other)
    assert [[each.cells for each in table.rows] for table in tables(one)] == [
        [each.cells for each in table.rows] for table in tables(other)
    ]


# ---------------------------------------------------------------------- whatever a stranger writes

WORDS = st.sampled_from(["", "x" * 4000, "未知", "a\nb\tc", "-1", "nan", "sideways", "1e999"])
NUMBERS = st.sampled_from([Decimal(0), Decimal(-5), Decimal("1e-9"), Decimal("1e15"), Decimal("99.999999")])
YEARS = st.sampled_from([1, 1900, 2022, 2023, 2024, 9998])
HELD: tuple[Record, ...] = produced()


@st.composite
def strange(draw: st.DrawFn) -> Record:
    """One of the records with one field that nobody would write."""
    one: Any = draw(st.sampled_from(HELD))
    field = draw(st.sampled_from([f for f in fields(one) if f.name != "id"]))
    value: object = draw(WORDS)
    if "Decimal" in str(field.type):
        value = draw(NUMBERS)
    elif field.type == "date":
        value = getattr(one, field.name).replace(year=draw(YEARS))
    elif field.type == "bool":
        value = not getattr(one, field.name)
    elif "tuple[tuple" in str(field.type):
        value = ((draw(WORDS), draw(WORDS)), ("pd1", draw(WORDS)))
    elif "tuple" in str(field.type):
        value = (draw(WORDS),)
    made: Record = replace(one, **{field.name: value})
    return made


@settings(max_examples=80, deadline=None)
@given(strange(), st.sampled_from(["en", "zh"]))
def test_no_record_breaks_the_section(one: Record, lang: str) -> None:
    held = changed(lambda records: records[kind_of(one)].update({one.id: one}))
    for table in tables(section(held, lang)):
        table.wrap(482, 600)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_records_of_nothing_are_left_out(kind: str) -> None:
    """Of another product, as a file that somebody put together may have them."""

    def stray(records: Records) -> None:
        for key, one in list(records[kind].items()):
            if kind == "allocation_key":
                records[kind][key] = replace(one, key="own", shares=(("gone", "1"),))
            else:
                records[kind][key] = replace(one, product="gone")

    assert "Products with a footprint in 2023:" in texts(section(changed(stray)))
