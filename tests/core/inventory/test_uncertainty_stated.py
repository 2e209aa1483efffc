"""The uncertainty that travels in a package: the formula is confirmed to the last digit, the draws are plausible."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from core.checks import review
from core.errors import UserError
from core.i18n import T
from core.inventory import Package, build, compile_inventory, differences, read
from core.inventory.uncertainty import VIEWS, Inputs, Spread, Term, by_formula, simulate
from core.inventory.uncertainty.result import Uncertainty
from core.inventory.uncertainty.stated import disagreements, draws_from_plain, draws_to_plain, formula_to_plain
from core.ledger import Audit, Ledger, canonical
from core.library import load_library
from tests.core.samples import CHOICES, ISSUE, PLANT, YEAR, activity, year_of_bills

AUDIT = Audit("2023", YEAR.start, YEAR.end)


@cache
def stated(draws: int = 2_000) -> bytes:
    ledger = Ledger.of([PLANT, AUDIT, *year_of_bills(), activity("gas", source="Boiler",
                        method="stationary_combustion", item="natural_gas", unit="m3", quantity=5000)])  # fmt: skip
    findings = review(compile_inventory(ledger, CHOICES, load_library()))
    return canonical(build(ledger, AUDIT, findings, load_library(), ISSUE, draws=draws))


def wrong(package: Package, *, same_program: bool = True) -> list[str]:
    inventory = package.inventory()
    return [d.where for d in differences(package, inventory, review(inventory), same_program=same_program)]


def changed(change: Callable[[Any], object]) -> Package:
    value = json.loads(stated())
    change(value)
    return read(canonical(value))


def test_what_was_drawn_travels_and_is_confirmed() -> None:
    package = read(stated())
    assert package.draws is not None
    assert package.draws.draws == 2_000
    assert set(package.draws.views) == set(VIEWS)
    assert wrong(package) == []


def test_without_draws_there_is_only_the_formula() -> None:
    package = read(stated(0))
    assert package.draws is None
    assert wrong(package) == []
    assert package.uncertainty.simulation is None


def test_a_package_from_before_has_no_draws() -> None:
    def older(value: Any) -> None:
        del value["uncertainty"], value["monte_carlo"]

    package = changed(older)
    assert package.draws is None
    assert wrong(package, same_program=False) == []
    assert wrong(package) == ["uncertainty"]


def test_one_other_digit_of_the_formula_is_found() -> None:
    def other(value: Any) -> None:
        view = value["uncertainty"]["formula"]["location"]
        view["half_tco2e"] = view["half_tco2e"][:-1] + ("1" if view["half_tco2e"][-1] != "1" else "2")

    assert wrong(changed(other)) == ["uncertainty.formula.location.half_tco2e"]
    assert wrong(changed(other), same_program=False) == []


@pytest.mark.parametrize(("name", "factor"), [("mean", "1.1"), ("deviation", "0.1"), ("deviation", "4"), ("high", "3")])
def test_invented_draws_are_found(name: str, factor: str) -> None:
    def invented(value: Any) -> None:
        view = value["monte_carlo"]["views"]["market"]
        view[f"{name}_tco2e"] = f"{Decimal(view[f'{name}_tco2e']) * Decimal(factor):f}"

    assert f"monte_carlo.views.market.{name}_tco2e" in wrong(changed(invented))


def test_draws_of_another_version_of_numpy_are_no_difference() -> None:
    def drawn_otherwise(value: Any) -> None:
        view = value["monte_carlo"]["views"]["location"]
        view["mean_tco2e"] = f"{Decimal(view['mean_tco2e']) * Decimal('1.0001'):f}"
        value["monte_carlo"]["generator"] = "numpy PCG65"

    assert wrong(changed(drawn_otherwise)) == []


def _views(value: Any) -> Any:
    return value["monte_carlo"]["views"]["location"]


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v["monte_carlo"].update(draws=1),
        lambda v: v["monte_carlo"].update(draws=10**9),
        lambda v: v["monte_carlo"].update(seed="1"),
        lambda v: v["monte_carlo"].update(seed=True),
        lambda v: v["monte_carlo"].update(generator=7),
        lambda v: v["monte_carlo"]["views"].pop("scope1"),
        lambda v: v.update(monte_carlo=[]),
        lambda v: _views(v).update(mean_tco2e="1E+999999"),
        lambda v: _views(v).update(mean_tco2e="9" * 25),
        lambda v: _views(v).update(mean_tco2e=1),
        lambda v: _views(v).update(low_tco2e="99999999"),
        lambda v: _views(v).update(deviation_tco2e="-1"),
        lambda v: _views(v)["histogram"]["edges"].pop(),
        lambda v: _views(v)["histogram"]["edges"].reverse(),
        lambda v: _views(v)["histogram"]["counts"].reverse() or _views(v)["histogram"]["counts"].append(0),
        lambda v: _views(v)["histogram"].update(counts=[]),
        lambda v: _views(v)["histogram"]["counts"].__setitem__(0, -1),
    ],
)
def test_what_no_draws_can_give_is_refused(change: Callable[[Any], object]) -> None:
    with pytest.raises(UserError, match="unexpected form"):
        changed(change)


def _uncertainty(half: str, tonnes: str = "1000", draws: int = 10_000) -> Uncertainty:
    spread = Spread(Decimal(half), False, "record", T("Stated with the record"))
    terms = tuple(Term(f"s{n}", "scope1", f"a{n}", f"f{n % 2}", Decimal(tonnes)) for n in range(3))
    inputs = Inputs(terms, {f"a{n}": spread for n in range(3)}, {"f0": spread, "f1": spread})
    return Uncertainty(inputs, by_formula(inputs), simulate(inputs, draws, 7))


@pytest.mark.parametrize("half", ["0", "3", "29", "60", "120", "200"])
@pytest.mark.parametrize("tonnes", ["0.000000001", "1000", "-25"])
def test_honest_draws_agree_with_the_formula(half: str, tonnes: str) -> None:
    uncertainty = _uncertainty(half, tonnes)
    drawn = draws_from_plain(draws_to_plain(uncertainty))
    assert drawn is not None
    assert disagreements(drawn, uncertainty) == []


def test_more_tonnes_than_a_reader_believes_are_not_drawn() -> None:
    assert draws_to_plain(_uncertainty("5", "1" + "0" * 20)) is None


def test_nothing_drawn_is_none() -> None:
    assert draws_to_plain(replace(_uncertainty("5"), simulation=None)) is None
    assert draws_from_plain(None) is None


def test_only_estimates_travel_for_the_rest_follows() -> None:
    plain = formula_to_plain(_uncertainty("5"))
    formula = plain["formula"]
    assert isinstance(formula, dict)
    assert set(formula) == set(VIEWS)
    assert "sources" not in formula["location"]
