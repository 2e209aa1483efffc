"""The frame of a sample: which records, in which order, how heavy, and with which hash."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.frame import FrameItem, frame_of, framed, middle_of
from core.inventory import choices_of, compile_inventory
from core.ledger import Activity, Audit, Ledger
from core.library import load_library
from core.methods import exact_sum
from tests.core.samples import activity, compiled, green, ledgers, month, year_of_bills

GREEN = {"source": "Green contract"}


def test_items_stand_by_source_month_and_id() -> None:
    found = frame_of(compiled([activity("b", source="B"), activity("c", **month(2)), activity("a", **month(3))]))
    assert [(i.source, i.month, i.activity) for i in found.items] == [
        ("B", "2023-01", "b"),
        ("Main meter", "2023-02", "c"),
        ("Main meter", "2023-03", "a"),
    ]


def test_the_weight_is_that_of_the_total_where_it_counts_more() -> None:
    inventory = compiled([activity("grid"), activity("green", **GREEN), *green("green")])
    found = {item.activity: item.tonnes for item in frame_of(inventory).items}
    location = {line.activity.id: line.tco2e for line in inventory.lines if line.scope == "scope2_location"}
    market = {line.activity.id: line.tco2e for line in inventory.lines if line.scope == "scope2_market"}
    assert market["green"] == 0 and found["green"] == location["green"] > 0
    assert found["grid"] == max(location["grid"], market["grid"])


def test_what_has_no_factor_may_still_be_drawn() -> None:
    found = frame_of(compiled([activity("lost", item="unobtainium"), activity("kept")]))
    assert {item.activity for item in found.items} == {"lost", "kept"}
    assert next(item for item in found.items if item.activity == "lost").tonnes == 0


def test_credits_weigh_what_they_take_away() -> None:
    """A wrong credit is as wrong as a wrong bill."""
    taken = frame_of(compiled([activity("back", quantity="-1000")])).items[0].tonnes
    assert taken == frame_of(compiled([activity("bill")])).items[0].tonnes > 0


def test_only_the_wanted_sources() -> None:
    inventory = compiled([activity("a"), activity("b", source="Hall 2")])
    assert frame_of(inventory, ["Hall 2"]).ids == {"b"}
    assert frame_of(inventory, ["Nowhere"]).items == ()


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (date(2023, 1, 20), date(2023, 2, 19), "2023-02"),
        (date(2023, 1, 5), date(2023, 2, 4), "2023-01"),
        (date(2022, 12, 20), date(2023, 1, 10), "2023-01"),  # only its days in the year count
    ],
)
def test_a_bill_belongs_to_the_month_of_its_middle_day(start: date, end: date, wanted: str) -> None:
    assert frame_of(compiled([activity("a", start=start, end=end)])).items[0].month == wanted


def test_of_two_middle_days_the_earlier() -> None:
    assert middle_of(date(2023, 1, 1), date(2023, 1, 4)) == date(2023, 1, 2)


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_matter(made: tuple[Ledger, Audit], chance: object) -> None:
    ledger, audit = made
    choices = choices_of(audit, 2023)
    records = [record for held in ledger.records.values() for record in held.values()]
    chance.shuffle(records)  # type: ignore[attr-defined]
    one, other = (compile_inventory(each, choices, load_library()) for each in (ledger, Ledger.of(records)))
    assert frame_of(one) == frame_of(other)


@given(ledgers())
def test_every_record_of_the_period_is_in_it_once(made: tuple[Ledger, Audit]) -> None:
    ledger, audit = made
    inventory = compile_inventory(ledger, choices_of(audit, 2023), load_library())
    found = frame_of(inventory)
    assert sorted(item.activity for item in found.items) == sorted(a.id for a in inventory.activities)
    assert found.tonnes == exact_sum(item.tonnes for own in found.by_source.values() for item in own)


def changed_records() -> list[Activity]:
    """Each differs from the first in something that decides a sample."""
    first = activity("a")
    return [
        replace(first, quantity=Decimal(1001)),
        replace(first, source="Hall 2"),
        replace(first, id="b"),
        replace(first, start=date(2023, 2, 1), end=date(2023, 2, 28)),
    ]


@pytest.mark.parametrize("other", changed_records(), ids=["tonnes", "source", "id", "month"])
def test_the_hash_names_what_decides_a_sample(other: Activity) -> None:
    assert frame_of(compiled([activity("a")])).sha256 != frame_of(compiled([other])).sha256


def test_the_hash_is_the_same_for_ever() -> None:
    """These bytes may never change: samples in files rest on them."""
    items = [
        FrameItem("a2", "锅炉房", "2024-02", Decimal("12.50")),
        FrameItem("a1", "Boiler", "2024-01", Decimal("1e-9")),
    ]
    plain = '[["a1","Boiler","2024-01","0.000000001"],["a2","锅炉房","2024-02","12.5"]]'
    assert framed(items).sha256 == hashlib.sha256(plain.encode()).hexdigest()
    assert framed(items).sha256.startswith("0ec302ad071ec059")


def test_the_hash_does_not_change_for_what_decides_nothing() -> None:
    one = frame_of(compiled([activity("a"), activity("b", **month(2))]))
    noted = frame_of(compiled([activity("b", **month(2), note="seen"), activity("a", evidence="")]))
    assert one.sha256 == noted.sha256


def test_a_year_of_bills_is_twelve_months() -> None:
    assert [item.month[-2:] for item in frame_of(compiled(year_of_bills())).items] == [f"{m:02}" for m in range(1, 13)]
