"""A proposal explains itself, and never gives more than was used or than there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.instruments import covers_of
from core.ledger import Activity, Instrument, Ledger, Record, SerialsElsewhere
from core.library import load_library
from core.renewables.allocating import accept, given_of, has, taken_of
from core.renewables.consumption import whole_of
from core.renewables.proposal import propose
from core.renewables.proposed import Proposal
from core.renewables.ranking import ORDERS
from core.renewables.shares import shares_of
from tests.core.renewables.plants import allocation, certificate, contract, month, plant, self_used
from tests.core.samples import PLANT, activity, compiled, year_of_bills


def proposed(*records: Record, order: str = "expiry") -> Proposal:
    return propose(*plant(records), order)


def pairs(found: Proposal) -> list[tuple[str, str, int]]:
    return [(one.instrument, one.activity, int(one.kwh)) for one in found.allocations]


def reasons(found: Proposal) -> list[str]:
    return [str(one.reason) for one in found.allocations]


EARLY = certificate("i2", start=date(2023, 1, 1), end=date(2023, 1, 31), quantity="0.3", expires="2024-12-31")
LATE = certificate("i1", start=date(2023, 2, 1), end=date(2023, 2, 28), quantity="5", expires="2025-01-31")


def test_what_expires_first_is_used_first() -> None:
    found = proposed(activity(), LATE, EARLY)
    assert pairs(found) == [("i2", "a1", 300), ("i1", "a1", 700)]
    assert reasons(found) == [
        "may be used until 2024-12-31, before others",
        "may be used until 2025-01-31; the last that counts for this record",
    ]
    assert found.unused == (("i1", Decimal(4300)),)
    assert found.open == ()
    assert found.kwh == 1000


def test_the_registry_may_state_an_earlier_end() -> None:
    found = proposed(activity(), replace(LATE, expires="2024-06-30"), EARLY)
    assert pairs(found) == [("i1", "a1", 1000)]
    assert reasons(found) == ["may be used until 2024-06-30, before others"]


def test_the_better_one_first() -> None:
    """A line before certificates, and among these the newer plant."""
    old = certificate("i1", commissioned="2009-05-01", quantity="5")
    new = certificate("i2", commissioned="2022-05-01", quantity="0.4")
    line = contract("i9", quantity="0.1")
    found = proposed(activity(), old, new, line, order="quality")
    assert pairs(found) == [("i9", "a1", 100), ("i2", "a1", 400), ("i1", "a1", 500)]
    assert reasons(found) == [
        "Direct line from a generator of another owner; when the generating plant began is not recorded",
        "Certificates of a plant of 2022, before others",
        "Certificates of a plant of 2009",
    ]


def test_the_cheaper_one_first() -> None:
    dear = certificate("i1", price="9", currency="CNY")
    cheap = certificate("i2", price="4.5", currency="CNY", quantity="0.4")
    silent = certificate("i3")
    other = certificate("i4", price="1", currency="EUR")
    found = proposed(activity(quantity=200_000), silent, dear, cheap, other, order="cost")
    assert [one.instrument for one in found.allocations] == ["i2", "i1", "i4"], "euros are no yuan"
    assert reasons(found)[0] == "cheapest at 4.5 CNY/MWh"
    assert str(proposed(activity(), silent, order="cost").allocations[0].reason).startswith("no price is recorded")


def test_a_negative_price_is_the_cheapest() -> None:
    found = proposed(activity(), certificate("i1", price="0.1", currency="CNY"),
                     certificate("i2", price="-3", currency="CNY"), order="cost")  # fmt: skip
    assert pairs(found) == [("i2", "a1", 1000)]


@pytest.mark.parametrize("order", ORDERS)
def test_what_is_stopped_is_not_proposed_and_says_why(order: str) -> None:
    unproven = certificate("i1", retired="")
    elsewhere = certificate("i2")
    polish = certificate("i3", market="PL", scheme="GO")
    used = SerialsElsewhere("se1", elsewhere.serials, "Langfang", 2023, "Head office, 2024-02-01")
    found = proposed(activity(), unproven, elsewhere, polish, used, order=order)
    assert found.allocations == ()
    assert found.open == (("a1", Decimal(1000)),)
    assert [one.instrument for one in found.unfit] == ["i1", "i2", "i3"]
    assert all(one.judged and one.judged[0].level == "stop" for one in found.unfit)


def test_each_record_gets_only_what_counts_for_it() -> None:
    """A GEC of January 2023 may cover 2023 and not 2026."""
    bills = activity(**month(1, 2023)), activity("a2", **month(6, 2026))
    ledger, _ = plant([*bills, EARLY])
    inventory = compiled([*bills, EARLY], period=replace(year := compiled([]).choices.period, end=date(2026, 12, 31)))
    assert year.days == 365
    found = propose(ledger, inventory)
    assert pairs(found) == [("i2", "a1", 300)]
    assert found.open == (("a1", Decimal(700)), ("a2", Decimal(1000)))


def test_nuclear_and_own_generation_are_not_proposed() -> None:
    nuclear = contract("i1", technology="nuclear")
    own = certificate("i2", kind="on_site", scheme="GEC-NT")
    found = proposed(activity(), nuclear, own, self_used())
    assert found.allocations == ()
    assert [str(one.reason) for one in found.unfit] == ["Line i1 is not renewable."]


def test_what_is_allocated_already_stays_and_is_not_given_twice() -> None:
    held = allocation("al1", "i1", "a1", 300), allocation("al2", "i2", "a1", 100)
    found = proposed(activity(), certificate("i1", quantity="0.5"), certificate("i2", quantity="0.1"), *held)
    assert pairs(found) == [("i1", "a1", 200)]
    assert found.open == (("a1", Decimal(400)),)


def test_a_begun_certificate_is_told() -> None:
    found = proposed(activity(quantity=1400), certificate(quantity="5"))
    assert [(one.instrument, one.kwh) for one in found.begun] == [("i1", Decimal(600))]
    assert not proposed(activity(quantity=2000), certificate(quantity="5")).begun
    assert not proposed(activity(quantity=1400), contract(quantity="5")).begun, "a contract counts kilowatt-hours"


def test_the_rest_of_a_begun_certificate_covers_the_next_record() -> None:
    found = proposed(activity(quantity=1400), activity("a2", quantity=600, **month(2)), certificate(quantity="2"))
    assert pairs(found) == [("i1", "a1", 1400), ("i1", "a2", 600)]
    assert not found.begun


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(UserError, match="Unknown order “luck”"):
        proposed(activity(), order="luck")


def test_nothing_to_do() -> None:
    assert proposed().allocations == ()
    assert proposed(certificate()).unfit == ()
    covered = proposed(activity(), certificate(), allocation("al1", "i1", "a1", 1000))
    assert (covered.allocations, covered.open) == ((), ())


def test_accepted_it_covers_all_of_the_year() -> None:
    records: list[Record] = [*year_of_bills(), certificate(quantity="12")]
    ledger, inventory = plant(records)
    found = propose(ledger, inventory)
    ids = [f"al{number:02}" for number in range(len(found.allocations))]
    after = ledger.apply(accept(ledger, load_library(), found, ids).steps)
    again = plant(records + list(after.records["allocation"].values()))
    assert shares_of(*again).year.exact("certified") == 1
    assert propose(*again).allocations == ()


@st.composite
def stocks(draw: st.DrawFn) -> list[Record]:
    records: list[Record] = []
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.dates(date(2022, 12, 1), date(2023, 12, 1)))
        end = date.fromordinal(start.toordinal() + draw(st.integers(0, 40)))
        records.append(activity(f"a{number}", start=start, end=end, quantity=draw(st.decimals(0, 9000, places=2))))
    for number in range(draw(st.integers(0, 6))):
        year = draw(st.sampled_from([2021, 2022, 2023]))
        records.append(
            certificate(
                f"i{number}",
                start=date(year, 1, 1),
                end=date(year, 12, 31),
                quantity=draw(st.decimals(0, 12, places=3)),
                price=draw(st.sampled_from([Decimal(1), Decimal(2)])),
                currency=draw(st.sampled_from(["CNY", "EUR", ""])),
                market=draw(st.sampled_from(["CN", "CN", "PL"])),
                commissioned=draw(st.sampled_from(["", "2015-01-01"])),
            )
        )
    return records


@given(stocks(), st.sampled_from(ORDERS))
def test_never_more_than_was_used_or_than_there_is(records: list[Record], order: str) -> None:
    ledger, inventory = plant(records)
    found = propose(ledger, inventory, order)
    after = _with(ledger, found)
    units = inventory.library.units
    for one in records:
        if isinstance(one, Activity):
            assert taken_of(after).get(one.id, 0) <= whole_of(one, units)
        if isinstance(one, Instrument):
            assert given_of(after).get(one.id, 0) <= has(one)
    assert all(one.kwh > 0 for one in found.allocations)


@given(stocks(), st.sampled_from(ORDERS))
def test_everything_that_is_proposed_counts(records: list[Record], order: str) -> None:
    ledger, inventory = plant(records)
    covers = covers_of(_with(ledger, propose(ledger, inventory, order)))
    assert all(cover.counts for own in covers.values() for cover in own)


@given(stocks(), st.sampled_from(ORDERS), st.randoms(use_true_random=False))
def test_the_order_of_import_does_not_matter(records: list[Record], order: str, random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert proposed(*shuffled, order=order) == proposed(*records, order=order)


def _with(ledger: Ledger, found: Proposal) -> Ledger:
    if not found.allocations:
        return ledger
    ids = [f"al{number:03}" for number in range(len(found.allocations))]
    return ledger.apply(accept(ledger, load_library(), found, ids).steps)


def test_the_plant_of_the_samples_is_chinese() -> None:
    """The markets above rest on it."""
    assert PLANT.country == "CN"
