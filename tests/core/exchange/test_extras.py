"""Categories and parameters: from cells of every kind to what a record keeps, and back."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.exchange import preview
from core.exchange.extras import (
    parameters_shown,
    parameters_text,
    parse_category,
    parse_parameters,
)
from core.ledger import Activity
from core.library import load_library
from core.methods import all_methods
from tests.core.exchange.books import EMPTY

WASTE = all_methods()["waste"]
HEAD = "source,method,item,start,quantity,unit"
ROW = "Scrap,waste,{item},2024-03,12,t"


def one(text: str) -> Activity:
    seen = preview(text.encode(), EMPTY, load_library())
    assert not seen.refused, [str(r.message) for r in seen.refused]
    (ready,) = seen.ready
    return ready.activity


@pytest.mark.parametrize("text", ["4", 4, 4.0, "Category 4", "类别4", "4 Upstream transport", "C4"])
def test_categories(text: str | int | float) -> None:
    assert parse_category(text) == 4


@pytest.mark.parametrize("text", ["0", "16", "four", "411"])
def test_no_categories(text: str) -> None:
    with pytest.raises(UserError, match="no category"):
        parse_category(text)


def test_parameters_by_key_name_and_language() -> None:
    said = parse_parameters("uncertainty=2.5; treatment=landfill", WASTE)
    assert said == (("treatment", "landfill"), ("uncertainty", "2.5"))
    assert parse_parameters("Uncertainty of the quantity: 2.5 %；treatment＝Landfill", WASTE) == said
    assert parse_parameters(parameters_text(said), WASTE) == said
    assert "Landfill" in parameters_shown(said, WASTE, "en")
    assert parse_parameters("", WASTE) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("landfill", "not a parameter with its value"),
        ("distance=5", "has no parameter"),
        ("treatment=moon", "not a choice"),
        ("uncertainty=-1", "out of range"),
        ("uncertainty=viel", "not a number"),
        ("uncertainty=1; uncertainty=2", "two values"),
    ],
)
def test_what_is_no_parameter(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        parse_parameters(text, WASTE)


def test_a_column_for_all_parameters_and_one_of_its_own_say_the_same() -> None:
    item = next(i.key for i in load_library().items.values() if i.kind == "waste")
    row = ROW.format(item=item)
    together = one(f"{HEAD},category,parameters\n{row},12,treatment=landfill; uncertainty=5\n")
    apart = one(f"{HEAD},Scope 3 category,treatment,Uncertainty of the quantity\n{row},12,Landfill,5\n")
    assert together == apart
    assert together.category == 12
    assert together.parameters == (("treatment", "landfill"), ("uncertainty", "5"))


def test_a_category_of_another_method_is_refused_with_those_it_has() -> None:
    item = next(i.key for i in load_library().items.values() if i.kind == "waste")
    seen = preview(f"{HEAD},category\n{ROW.format(item=item)},6\n".encode(), EMPTY, load_library())
    (refusal,) = seen.refused
    assert refusal.column == "category"
    assert "5, 12" in str(refusal.remedy)


BOUGHT = all_methods()["purchased_electricity"]


@pytest.mark.parametrize(
    "text", ["covered=120000", "covered_share=40; uncertainty=2", "certificates=A0001-A0119", "contract=PPA 2024/17"]
)
def test_what_belongs_to_instruments_is_refused_and_says_where_it_is_entered(text: str) -> None:
    with pytest.raises(UserError, match="no part of a record") as told:
        parse_parameters(text, BOUGHT)
    assert "Renewables" in str(told.value.remedy)


def test_a_part_without_a_sign_is_no_parameter() -> None:
    with pytest.raises(UserError, match="not a parameter with its value"):
        parse_parameters("uncertainty=1; A0001", BOUGHT)
