"""The group's uncertainty: one plant is the plant, shared factors add, bills do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.group.year import uncertainty
from core.group.year.uncertainty import (
    Input,
    Terms,
    Weighed,
    _is_own,
    group_uncertainty,
    terms_from,
    terms_of,
    unknown_terms,
)
from core.inventory.uncertainty import VIEWS, by_formula, quantify
from core.ledger import Activity, Audit, Ledger, OwnFactor, Plant, Record
from tests.core.samples import activity, compiled, green, ledgers, year_of_bills
from tests.documented import run_examples

CLOSE = Decimal("1e-20")
HALVES = st.decimals(min_value=0, max_value=60, places=2)
TONNES = st.decimals(min_value=0, max_value=10**6, places=3)


def plant(name: str, *records: Record) -> Weighed:
    inventory = compiled(records, plant=Plant(name, "CN", "CN-HE"))
    return Weighed(name, terms_from(terms_of(inventory)))


def burning(gas: str = "100000", half: str = "0", **changes: Any) -> Activity:
    return activity("g1", source="Boiler", method="stationary_combustion", item="natural_gas", unit="m3", quantity=gas,
                    parameters=(("uncertainty", half),), **changes)  # fmt: skip


def near(one: Decimal | None, other: Decimal | None) -> bool:
    assert one is not None and other is not None
    return abs(one - other) <= CLOSE * (1 + abs(other))


@settings(max_examples=30)
@given(held=ledgers())
def test_one_plant_is_as_sure_as_its_own_formula_says(held: tuple[Ledger, Audit]) -> None:
    ledger, _ = held
    inventory = compiled(record for kind in ledger.records.values() for record in kind.values())
    alone = group_uncertainty([Weighed("A", terms_from(terms_of(inventory)))])
    for key, view in by_formula(quantify(inventory)).items():
        found = alone[key]
        assert found.estimate.tonnes == view.estimate.tonnes
        assert found.estimate.coverage == view.estimate.coverage
        assert near(found.estimate.half, view.estimate.half) and near(found.apart, view.estimate.half)


def test_two_plants_with_all_factors_in_common_are_no_surer_than_one() -> None:
    """Certain bills, one factor: 5 % of one plant are 5 % of two; independent errors would say 3.5 %."""
    one, other = plant("A", burning()), plant("B", burning("300000"))
    alone, both = group_uncertainty([one])["scope1"], group_uncertainty([one, other])["scope1"]
    assert alone.estimate.half > 0
    assert near(both.estimate.percent, alone.estimate.percent)
    assert both.apart < both.estimate.half
    (shared,) = [i for i in both.inputs if i.kind == "factor" and i.variance]
    assert shared.plants == ("A", "B") and near(shared.variance, Decimal(100))


def test_bills_of_two_plants_are_independent() -> None:
    """Equal bills of ±6 % by a certain factor: ±6 % / √2."""
    bill = Input("Meter/gas", Decimal(6), {"scope1": Decimal(100)})
    one = Terms({"scope1": Decimal(100)}, {}, (bill,))
    found = group_uncertainty([Weighed("A", one), Weighed("B", one)])["location"]
    assert near(found.estimate.percent, Decimal(6) / Decimal(2).sqrt())
    assert [i.plants for i in found.inputs] == [("A",), ("B",)]


def test_the_same_key_with_another_value_is_another_factor() -> None:
    def report(name: str, *values: str, own: bool = False) -> Weighed:
        factor = Input("grid", Decimal(10), {"scope1": Decimal(100)}, values, own)
        return Weighed(name, Terms({"scope1": Decimal(100)}, {}, (), (factor,)))

    def half(*reports: Weighed) -> Decimal:
        return group_uncertainty(reports)["scope1"].estimate.half

    assert half(report("A", "0.5"), report("B", "0.5")) == 20
    assert near(half(report("A", "0.5"), report("B", "0.6")), Decimal(200).sqrt())
    assert near(half(report("A", "0.5", own=True), report("B", "0.5", own=True)), Decimal(200).sqrt())
    # B applied both numbers of the key, so it shares the one with A and the other with C
    assert half(report("A", "0.5"), report("B", "0.5", "0.6"), report("C", "0.6")) == 30


def test_a_plants_own_factor_is_nobody_elses() -> None:
    """A contract of the plant is its own; the grid's factor is everybody's."""
    cover = green("m1", 400, factor=Decimal("0.4"), technology="mixed")
    factor = OwnFactor("f1", "Supplier", "supplier", "Gas works", "Letter", "1", "natural_gas", "stationary", "kg/m3",
                       (("CO2", "2.1"),), date(2023, 1, 1), date(2023, 12, 31), "e1",
                       uncertainty=Decimal(4))  # fmt: skip
    named = activity("g1", source="Boiler", method="stationary_combustion", item="natural_gas", unit="m3",
                     parameters=(("factor", "f1"),))  # fmt: skip
    bill = activity("m1", quantity="1000", parameters=(("uncertainty", "5"),))
    inventory = compiled([factor, named, bill, *cover])
    keys = {line.factor.key: line.factor for line in inventory.lines}
    own = {key for key, one in keys.items() if _is_own(one, inventory.library)}
    assert own == {key for key in keys if key.startswith(("instrument.", "own."))} and len(own) == 2 < len(keys)
    factors = plant("A", factor, named, bill, *cover).terms.factors
    assert [one.own for one in factors if one.key.startswith("own.")] == [True]


@settings(max_examples=25)
@given(
    plants=st.lists(
        st.tuples(HALVES, HALVES, TONNES, TONNES, st.sampled_from("123"), st.decimals(0, 1, places=3)),
        min_size=2, max_size=4,
    ),
)  # fmt: skip
def test_the_order_of_reports_does_not_matter_and_the_truth_lies_between(plants: list[tuple[Decimal, ...]]) -> None:
    reports = []
    for n, (a, f, scope1, scope2, value, share) in enumerate(plants):
        tonnes = {"scope1": scope1, "scope2_location": scope2}
        terms = Terms(tonnes, {s: (t, Decimal(0), Decimal(0), Decimal(0)) for s, t in tonnes.items()},
                      (Input("Meter/x", a, tonnes),), (Input("grid", f, tonnes, (str(value),)),))  # fmt: skip
        reports.append(Weighed(f"P{n % 2}", terms, {"scope1": share, "scope2_location": share}))
    answers = [group_uncertainty(order) for order in permutations(reports)]
    assert all(one == other for one, other in pairwise(answers))
    for key in VIEWS:
        view = answers[0][key]
        alone = [group_uncertainty([one])[key] for one in reports]
        assert view.estimate.tonnes == sum(one.estimate.tonnes for one in alone)
        together = sum((one.estimate.half for one in alone), Decimal(0))
        assert view.apart <= view.estimate.half + CLOSE * 10**8
        assert view.estimate.half <= together + CLOSE * 10**8
        if view.estimate.half:
            assert near(sum((i.variance or Decimal(0) for i in view.inputs), Decimal(0)), Decimal(100))


def test_half_a_plant_brings_half_its_tonnes_and_half_its_error() -> None:
    whole = plant("A", burning(half="3"), *year_of_bills())
    half = Weighed(
        "A", whole.terms, dict.fromkeys(("scope1", "scope2_location", "scope2_market", "scope3"), Decimal("0.5"))
    )
    for key, view in group_uncertainty([whole]).items():
        part = group_uncertainty([half])[key]
        assert near(part.estimate.tonnes * 2, view.estimate.tonnes)
        assert near(part.estimate.half * 2, view.estimate.half)
        assert near(part.estimate.coverage.neither * 2, view.estimate.coverage.neither)


def test_a_report_without_terms_counts_as_unknown_not_as_certain() -> None:
    known = plant("A", burning(half="3"))
    old = Weighed("B", unknown_terms({"scope1": Decimal(50), "scope3": Decimal(-2)}))
    view = group_uncertainty([known, old])["location"]
    assert view.estimate.coverage.neither == group_uncertainty([known])["location"].estimate.coverage.neither + 52
    assert view.estimate.tonnes == group_uncertainty([known])["location"].estimate.tonnes + 48


def test_another_form_is_refused() -> None:
    for data in (b'{"form":2}', b"[", b"[]", b"{}", b"[" * 100_000):
        with pytest.raises(UserError, match="cannot be read"):
            terms_from(data)


def test_the_documented_example() -> None:
    assert run_examples(uncertainty).failed == 0
