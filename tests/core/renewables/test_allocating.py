"""Allocating by hand, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger import Allocation, Ledger, Record
from core.library import load_library
from core.renewables.allocating import accept, allocate, given_of, take_back, taken_of
from core.renewables.proposed import Proposal, Proposed
from tests.core.renewables.plants import allocation, certificate, contract, plant, roof, self_used
from tests.core.samples import activity


def ledger_of(*records: Record) -> Ledger:
    return plant(records)[0]


def allocated(ledger: Ledger, instrument: str, record: str, kwh: int | str, key: str = "al1") -> Decision:
    return allocate(ledger, load_library(), key, instrument, record, Decimal(kwh))


def test_an_allocation_is_one_undoable_change() -> None:
    ledger = ledger_of(activity(), certificate())
    decision = allocated(ledger, "i1", "a1", 400)
    after = ledger.apply(decision.steps)
    assert after.held(Allocation) == (allocation("al1", "i1", "a1", 400),)
    assert str(decision.why) == "400 kWh of Certificates i1 for Main meter, 2023-01-01 to 2023-01-31"
    assert decision.why.in_language("zh")


def test_more_of_the_same_pair_is_added() -> None:
    ledger = ledger_of(activity(), certificate(), allocation("al7", "i1", "a1", 400))
    after = ledger.apply(allocated(ledger, "i1", "a1", 600).steps)
    assert after.held(Allocation) == (allocation("al7", "i1", "a1", 1000),)


def test_all_of_it_and_not_a_watt_more() -> None:
    ledger = ledger_of(activity(unit="MWh", quantity=1), certificate())
    assert allocated(ledger, "i1", "a1", 1000).steps
    with pytest.raises(UserError, match="more than what is left of Main meter"):
        allocated(ledger, "i1", "a1", "1000.001")


def test_what_another_instrument_covers_is_not_covered_again() -> None:
    ledger = ledger_of(activity(), certificate(), certificate("i2"), allocation("al1", "i2", "a1", 700))
    with pytest.raises(UserError, match="300 kWh"):
        allocated(ledger, "i1", "a1", 301, "al2")


def test_an_instrument_covers_what_it_has_once() -> None:
    bills = activity(quantity=90_000), activity("a2", quantity=90_000)
    ledger = ledger_of(*bills, certificate(), allocation("al1", "i1", "a1", 90_000))
    assert allocated(ledger, "i1", "a2", 10_000, "al2").steps
    with pytest.raises(UserError, match="more than what is left of Certificates i1: 10,000 kWh"):
        allocated(ledger, "i1", "a2", 10_001, "al2")


@pytest.mark.parametrize(
    "record",
    [
        activity("x", method="exported_energy", item="electricity_sold"),
        activity("x", method="purchased_heat", item="heat", unit="GJ"),
        self_used("x", item="solar_fed_in"),
        self_used("x"),
    ],
)
def test_only_what_was_bought_is_covered(record: Record) -> None:
    with pytest.raises(UserError, match="no purchased electricity"):
        allocated(ledger_of(record, certificate(), roof()), "i1", "x", 1)


def test_sun_whose_attributes_were_sold_may_be_covered() -> None:
    ledger = ledger_of(self_used("x"), certificate(), roof(attributes_owner="other"))
    assert allocated(ledger, "i1", "x", 1000).steps


def test_own_generation_is_allocated_to_nothing() -> None:
    own = certificate(kind="on_site", scheme="GEC-NT")
    with pytest.raises(UserError, match="lowers the bill by itself"):
        allocated(ledger_of(activity(), own), "i1", "a1", 1)


@pytest.mark.parametrize("kwh", ["0", "-5"])
def test_nothing_is_no_allocation(kwh: str) -> None:
    with pytest.raises(UserError, match="cannot be allocated"):
        allocated(ledger_of(activity(), certificate()), "i1", "a1", kwh)


@pytest.mark.parametrize(("instrument", "record"), [("i9", "a1"), ("i1", "a9")])
def test_what_does_not_exist_is_named(instrument: str, record: str) -> None:
    with pytest.raises(UserError, match=r"There is no .* (i9|a9)"):
        allocated(ledger_of(activity(), certificate()), instrument, record, 1)


def test_allocations_are_taken_back() -> None:
    made = allocation("al1", "i1", "a1", 400), allocation("al2", "i9", "a1", 100)
    ledger = ledger_of(activity(), certificate(), contract(), *made)
    decision = take_back(ledger, ["al1", "al2", "al1"])
    assert str(decision.why) == "Allocation taken back: 500 kWh"
    assert not ledger.apply(decision.steps).held(Allocation)


@pytest.mark.parametrize("ids", [["al9"], []])
def test_there_must_be_something_to_take_back(ids: list[str]) -> None:
    with pytest.raises(UserError):
        take_back(ledger_of(activity(), certificate(), allocation("al1", "i1", "a1", 1)), ids)


def proposal(*pairs: tuple[str, str, int]) -> Proposal:
    made = tuple(Proposed(instrument, record, Decimal(kwh), T("because")) for instrument, record, kwh in pairs)
    return Proposal("expiry", made, (), (), (), ())


def test_a_proposal_is_accepted_as_one_change() -> None:
    ledger = ledger_of(activity(), certificate(), certificate("i2"), allocation("al1", "i1", "a1", 100))
    decision = accept(ledger, load_library(), proposal(("i1", "a1", 400), ("i2", "a1", 500)), ["al2", "al3"])
    after = ledger.apply(decision.steps)
    assert given_of(after) == {"i1": Decimal(500), "i2": Decimal(500)}
    assert taken_of(after) == {"a1": Decimal(1000)}
    assert str(decision.why) == "900 kWh of renewable electricity allocated as proposed"


def test_an_old_proposal_is_refused() -> None:
    ledger = ledger_of(activity(), certificate(), certificate("i2"), allocation("al1", "i1", "a1", 200))
    with pytest.raises(UserError, match="more than what is left of Main meter"):
        accept(ledger, load_library(), proposal(("i1", "a1", 400), ("i2", "a1", 500)), ["al2", "al3"])


def test_a_proposal_that_gives_more_than_there_is_is_refused() -> None:
    ledger = ledger_of(activity(quantity=200_000), certificate())
    with pytest.raises(UserError, match="more than what is left of Certificates i1"):
        accept(ledger, load_library(), proposal(("i1", "a1", 60_000), ("i1", "a1", 60_000)), ["al2", "al3"])


def test_an_empty_proposal_has_nothing_to_accept() -> None:
    with pytest.raises(UserError, match="allocates nothing"):
        accept(ledger_of(activity()), load_library(), proposal(), [])


def test_each_allocation_needs_an_id() -> None:
    ledger = ledger_of(activity(), certificate(), certificate("i2"))
    with pytest.raises(ValueError, match="1 ids for 2"):
        accept(ledger, load_library(), proposal(("i1", "a1", 400), ("i2", "a1", 500)), ["al2"])


@given(st.lists(st.tuples(st.sampled_from(["i1", "i2"]), st.sampled_from(["a1", "a2"]), st.integers(-5, 90_000))))
def test_whatever_is_tried_never_exceeds_use_or_instrument(tries: list[tuple[str, str, int]]) -> None:
    """The law: refusals keep it, whatever the order."""
    bills = activity(quantity=110_000), activity("a2", quantity=50_000, start=date(2023, 2, 1), end=date(2023, 2, 3))
    ledger = ledger_of(*bills, certificate(), certificate("i2", quantity="60.5"))
    for number, (instrument, record, kwh) in enumerate(tries):
        try:
            ledger = ledger.apply(allocated(ledger, instrument, record, kwh, f"al{number}").steps)
        except UserError:
            continue
    given_kwh, taken = given_of(ledger), taken_of(ledger)
    assert given_kwh.get("i1", 0) <= 100_000
    assert given_kwh.get("i2", 0) <= 60_500
    assert taken.get("a1", 0) <= 110_000
    assert taken.get("a2", 0) <= 50_000
