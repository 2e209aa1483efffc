"""Categories and parameters: from cells of every kind to what a record keeps, and back."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.exchange import preview
from core.exchange.extras import (
    parameters_shown,
    parameters_text,
    parse_category,
    parse_parameter,
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
SERIALS = (("certificates", "A0001-A0119; GEC-B7"), ("contract", "PPA 2024/17"), ("covered", "120000"))


def test_a_text_may_go_on_behind_a_semicolon() -> None:
    said = parse_parameters("covered=120000; certificates=A0001-A0119; GEC-B7; contract=PPA 2024/17", BOUGHT)
    assert said == SERIALS
    assert parse_parameters(parameters_text(said), BOUGHT) == said, "as it is written, so it is read"
    assert "A0001-A0119; GEC-B7" in parameters_shown(said, BOUGHT, "zh")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("covered=1; A0001", "not a parameter with its value"),
        ("certificates=A9-A1", "not a range"),
        ("certificates=A?", "not a serial number"),
        ("contract=" + "x" * 81, "81 characters"),
        ("contract=A; B", "several contracts"),
        ("contract=A\u202eB", "cannot be seen"),
    ],
)
def test_what_is_no_text_of_a_parameter(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as told:
        parse_parameters(text, BOUGHT)
    assert told.value.remedy is not None


def test_serial_numbers_in_a_column_of_their_own() -> None:
    head = f"{HEAD},evidence,certificates,covered,Number of the contract"
    row = 'Meter,purchased_electricity,electricity,2024-03,900000,kWh,E-1,"A0001-A0119\nGEC-B7",120000,PPA 2024/17'
    assert one(f"{head}\n{row}\n").parameters == SERIALS


def test_a_spreadsheet_that_lost_the_end_of_a_number_is_refused() -> None:
    """Excel keeps fifteen digits: the certificate would be another one."""
    assert parse_parameter("contract", 17, BOUGHT) == ("contract", "17")
    for cell in (6.4300240680100003e29, 643002406801000000):
        with pytest.raises(UserError, match="15 digits") as told:
            parse_parameter("certificates", cell, BOUGHT)
        assert "as text" in str(told.value.remedy)
