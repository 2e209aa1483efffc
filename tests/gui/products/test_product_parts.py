"""Parts of the page about products by themselves: numbers that add up, bars of many products, what an answer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import T
from core.ledger import AllocationKey, Product
from core.products import GATE, Footprint
from gui.language import set_language
from gui.products.answer import PUBLISHED, Answer, Row, answer_of, key_of
from gui.products.contribution import _span
from gui.products.picture import MOST, SHARE, UNIT, WHOLE, bars_of
from gui.products.words import adding_up, key_title, kilograms, stage_colours, stage_title, unit_title
from gui.session import Session
from tests.core.products.plants import DISC, GIVEN, LEGS, PARTS, STRUT
from tests.core.samples import activity

D = Decimal
AMOUNTS = st.decimals(0, 10**6, allow_nan=False, places=9)


def row(key: str, per_unit: str, *, unit: str = "piece", quantity: int = 10) -> Row:
    """A product of materials alone."""
    product = Product(key, f"Product {key}", unit=unit)
    stages = tuple((stage, D(per_unit) if stage == "materials" else D(0)) for stage in (*GATE, "outbound"))
    return Row(product, Footprint(product, D(quantity), (), D(per_unit), D(0), D(0), stages), ())


def test_kilograms_keep_their_figures() -> None:
    shown = [kilograms(D(one)) for one in ("12345.67", "66.743", "9.4082", "0.1994", "0.09473", "0.000213", "0", "-2")]
    assert shown == ["12,345.7", "66.74", "9.408", "0.199", "0.0947", "0.000213", "0", "−2.000"]
    assert kilograms(None) == "–"


def read(text: str) -> Decimal:
    return D(text.replace(",", "").replace("−", "-"))


@given(AMOUNTS, AMOUNTS)
def test_what_is_shown_adds_up_and_is_rounded(one: Decimal, other: Decimal) -> None:
    first, second, whole = map(read, adding_up(one, other))
    assert first + second == whole
    for shown, full in ((first, one), (second, other), (whole, one + other)):
        places = -int(shown.as_tuple().exponent)
        assert 1 <= places <= 9 and shown == round(full, places)


def test_decimals_are_taken_until_it_adds_up() -> None:
    assert adding_up(D("10.14"), D("5.14")) == ("10.14", "5.14", "15.28")
    assert adding_up(D("10.1"), D("5.1")) == ("10.1", "5.1", "15.2")


def test_words_that_nobody_knows_stand_as_they_are() -> None:
    assert (unit_title("odd"), stage_title("odd"), key_title("odd")) == ("odd", "odd", "odd")
    assert unit_title("cubic meter") == "cubic metre"
    assert len(set(stage_colours().values())) == len(GATE) and set(stage_colours()) == set(GATE)


def test_of_many_products_the_largest_are_drawn() -> None:
    rows = [row(f"p{number:03}", str(1000 - number)) for number in range(50)]
    data = bars_of(rows, UNIT)
    assert len(data.categories) == MOST and data.categories[0] == "Product p000"
    assert data.title == "Footprints by stage: the 20 largest of 50"
    heavy = replace(rows[-1].footprint, quantity=D(10**6))  # type: ignore[type-var]
    whole = bars_of([*rows[:-1], Row(rows[-1].product, heavy, ())], WHOLE)
    assert whole.categories[0] == "Product p049"


def test_units_that_differ_stand_with_the_names() -> None:
    rows = [row("a", "3"), row("b", "2", unit="kilogram"), Row(Product("c", "No output"), None, ())]
    data = bars_of(rows, UNIT)
    assert data.categories == ("Product a [piece]", "Product b [kilogram]")
    assert data.value_title == "Per declared unit" and data.labels == ("3.000", "2.000")
    assert bars_of(rows, SHARE).categories == ("Product a", "Product b")
    assert [one.name for one in data.series] == ["Purchased parts and materials"]


def test_nothing_made_is_an_empty_picture() -> None:
    assert bars_of([], UNIT).empty and bars_of([row("a", "0")], SHARE).empty


@pytest.fixture
def answer(bare: Session) -> Answer:
    bare.put(T("Test"), *GIVEN)
    bare.show_year(2023)
    return answer_of(bare.ledger, bare.inventory, bare.library, "market", "inventory")


def test_what_lines_add_is_what_the_stages_hold(answer: Answer) -> None:
    for product in (STRUT, DISC):
        row_of = answer.of(product.id)
        assert row_of is not None and row_of.footprint is not None
        stages = dict(row_of.footprint.stages)
        parts = sum(answer.effects[one.id] for one in PARTS if one.product == product.id)
        assert parts == pytest.approx(stages["materials"], abs=D("1e-8"))
    assert answer.effects["lg00001"] == dict(answer.of(STRUT.id).footprint.stages)["inbound"]  # type: ignore[union-attr]
    assert set(answer.effects) == {one.id for one in (*PARTS, *LEGS)}
    assert answer.name(STRUT.id) == "Strut" and answer.name("gone") == "gone"


def test_products_that_need_somebody_stand_first(bare: Session) -> None:
    bare.put(T("Test"), *GIVEN, Product("pd00009", "Prototype"))
    bare.show_year(2023)
    found = answer_of(bare.ledger, bare.inventory, bare.library, "market", PUBLISHED)
    assert [one.product.name for one in found.rows] == ["Prototype", "Disc", "Strut"]
    assert "no output is entered" in str(found.rows[0].problems[0]) and found.rows[1].problems == ()
    assert found.refused is None and found.found.electricity == PUBLISHED


def test_a_key_of_its_own_goes_before_the_one_for_the_rest(bare: Session) -> None:
    assert key_of(bare.ledger, "Boiler").id == "" and key_of(bare.ledger, "Boiler").key == "mass"
    rest, own = AllocationKey("ak1", "", "pieces"), AllocationKey("ak2", "Boiler", "revenue")
    bare.put(T("Test"), rest, own)
    assert (key_of(bare.ledger, "Boiler"), key_of(bare.ledger, "Oven")) == (own, rest)


def test_days_of_a_record_are_short() -> None:
    month = activity("a1", start=date(2024, 2, 1), end=date(2024, 2, 29))
    assert _span(month) == "2024-02"
    assert _span(replace(month, end=date(2024, 3, 31))) == "2024-02-01 – 2024-03-31"
    assert _span(replace(month, start=date(2024, 2, 2))) == "2024-02-02 – 2024-02-29"
    set_language("zh")
    assert _span(month) == "2024年2月"
