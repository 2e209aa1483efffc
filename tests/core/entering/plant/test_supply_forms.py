"""Suppliers, undertakings and requests: lines that can be asked, and the same forms at head office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.entering.forms import Forms
from core.entering.keeping import keeping, removing
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.entering.refusing import FieldError
from core.entering.words import made
from core.errors import UserError
from core.ledger import DataRequest, Group, Ledger, Register, Supplier, Undertaking
from core.ledger.records import GROUP_KINDS
from tests.core.entering.filled import FILLED

SHARED: Forms = {kind: FORMS[kind] for kind in ("supplier", "undertaking")}
STEEL = Supplier("su00001", "Example Steel", "CN", "V-17", spend=Decimal(5), currency="CNY")
LETTER = Undertaking("un00001", "su00001", "ungc", "2024", date(2025, 3, 1), valid_to="2028-02-29")


def asked(*rows: tuple[str, ...], **changes: Any) -> DataRequest:
    return replace(DataRequest("dq00002", "su00001", 2023, date(2024, 3, 1), asked=rows), **changes)


GOOD = ("1", "Tube", "steel", "12", "t")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("0", "Tube", "", "12", "t"), "no number of a line"),
        (("one", "Tube", "", "12", "t"), "no number of a line"),
        (("1", "x" * 121, "", "12", "t"), "longer than 120"),
        (("1", "Tube", "diesel", "12", "t"), "Unknown item"),
        (("1", "Tube", "", "0", "t"), "more than 0"),
        (("1", "Tube", "", "-3", "t"), "more than 0"),
        (("1", "Tube", "", "many", "t"), "more than 0"),
        (("1", "Tube", "", "12", "bushel"), "Unknown unit"),
        (("1", "Tube", "", "12", "CNY"), "no unit of something that is delivered"),
    ],
)
def test_a_line_that_cannot_be_counted_is_not_asked(row: tuple[str, ...], reason: str) -> None:
    with pytest.raises(FieldError, match=reason) as caught:
        keeping(FILLED, FORMS, asked(row))
    assert caught.value.key == "asked"
    assert "Row 1" in str(caught.value)


def test_a_line_stands_once() -> None:
    with pytest.raises(FieldError, match="1 appears twice"):
        keeping(FILLED, FORMS, asked(GOOD, GOOD))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"answered": "2024-04-01"}, "has its day and its lines"),
        ({"answers": (("1", *[""] * 9),)}, "has its day and its lines"),
        ({"answered": "2024-04-01", "answers": (("7", *[""] * 9),)}, "Line 7 was not asked"),
        ({"answered": "2024-04-01", "answers": (("1", "2.1", *[""] * 8),)}, "Row 1.*System boundary|is filled in"),
    ],
)
def test_an_answer_belongs_to_a_line(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(FieldError, match=reason):
        keeping(FILLED, FORMS, asked(GOOD, **changes))


def test_lines_are_numbered_and_items_found_by_their_names() -> None:
    one = made(FILLED, FORMS["data_request"], {
        "supplier": "Example Steel", "year": "2023", "sent": "2024-03-01",
        "asked": " | Tube | 钢材 | 1,200 | t; | Cap | | 4 | piece",
    })  # fmt: skip
    assert isinstance(one, DataRequest)
    assert one.asked == (("1", "Tube", "steel", "1200", "t"), ("2", "Cap", "", "4", "piece"))
    assert keeping(FILLED, FORMS, one).steps
    with pytest.raises(FieldError, match="Row 1: Unknown item “gravel of the moon”"):
        made(FILLED, FORMS["data_request"], {"supplier": "su00001", "year": "2023", "sent": "2024-03-01",
                                             "asked": "1 | Tube | gravel of the moon | 1 | t"})  # fmt: skip


def test_an_answered_request_stays_until_its_answer_is_taken_back() -> None:
    with pytest.raises(UserError, match="in the activity data") as caught:
        removing(FILLED, FORMS, "data_request", ["dq00001"])
    assert caught.value.remedy is not None
    held = FILLED.apply(keeping(FILLED, FORMS, asked(GOOD)).steps)
    assert removing(held, FORMS, "data_request", ["dq00002"]).steps[0].after is None


def test_a_supplier_that_is_named_gets_a_last_day() -> None:
    with pytest.raises(UserError, match="named by others") as caught:
        removing(FILLED, FORMS, "supplier", ["su00001"])
    assert "last day" in str(caught.value.remedy)
    assert removing(FILLED, FORMS, "supplier", ["su00002"]).steps


def test_numbers_of_suppliers_are_only_compared_where_there_are_some() -> None:
    more = (replace(STEEL, id="su00003", number=""), replace(STEEL, id="su00004", number=""))
    assert len(keeping(FILLED, FORMS, *more).steps) == 2


# ---------------------------------------------------------------------- head office


def test_head_office_enters_suppliers_with_the_same_forms() -> None:
    office = Register.of((Group("Brakes AG"),))
    held = office.apply(keeping(office, SHARED, STEEL, LETTER).steps)
    assert held.held(Supplier) == (STEEL,)
    assert str(title_of_record(held, SHARED, LETTER)) == "Example Steel, UN Global Compact, 2025-03-01"
    assert "联合国全球契约" in title_of_record(held, SHARED, LETTER).in_language("zh")
    with pytest.raises(FieldError, match="There is no"):
        keeping(office, SHARED, LETTER)
    with pytest.raises(UserError, match="named by others"):
        removing(held, SHARED, "supplier", ["su00001"])


def test_every_shared_kind_is_one_of_head_office() -> None:
    assert set(SHARED) <= set(GROUP_KINDS)
    assert "data_request" not in GROUP_KINDS


def test_a_request_is_called_by_supplier_and_year() -> None:
    one = FILLED.get("data_request", "dq00001")
    assert isinstance(FILLED, Ledger)
    assert one is not None
    assert str(title_of_record(FILLED, FORMS, one)) == "Example Steel, 2023"
