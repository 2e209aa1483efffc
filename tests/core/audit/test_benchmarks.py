"""Benchmarks: ratios that can be told what they are of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.audit.benchmarks import checked, keeping, mass_of_emissions, parts_of, removing, subject_of, subject_title
from core.errors import UserError
from core.ledger import Benchmark, Ledger
from core.library import load_library
from tests.core.samples import PLANT

LIBRARY = load_library()
MARK = Benchmark(
    "be00001", "production", "total", "t/piece", Decimal(1), Decimal(2), Decimal(3), 5, 2024, "Head office"
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("total", "total"),
        ("Scope 1", "scope1"),
        ("范围二", "scope2_location"),
        ("scope 2", "scope2_location"),
        ("scope2_market", "scope2_market"),
        ("Electricity", "electricity"),
        ("天然气", "natural_gas"),
    ],
)
def test_what_a_ratio_is_of_is_understood_in_both_languages(text: str, key: str) -> None:
    assert subject_of(text, LIBRARY) == key
    assert subject_title(key, LIBRARY).in_language("zh")


def test_an_unknown_subject_is_refused() -> None:
    with pytest.raises(UserError, match="neither the total"):
        subject_of("happiness", LIBRARY)


def test_units_of_ratios() -> None:
    assert parts_of("kWh / m2") == ("kWh", "m2")
    assert mass_of_emissions("tCO₂e") == mass_of_emissions("t") == 1
    assert mass_of_emissions("kg CO₂e") == Decimal("0.001")
    assert mass_of_emissions("MWh") is None
    for wrong in ("kWh", "/m2", "t/"):
        with pytest.raises(UserError, match="not the unit of a ratio"):
            parts_of(wrong)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "kWh/piece"},
        {"unit": "t"},
        {"low": Decimal("2.5")},
        {"high": Decimal(1)},
        {"low": Decimal(-1)},
        {"low": Decimal(0), "median": Decimal(0), "high": Decimal(0)},
        {"plants": 0},
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(changes: dict[str, object]) -> None:
    assert checked(MARK) is MARK
    with pytest.raises(UserError) as refused:
        checked(replace(MARK, **changes))  # type: ignore[arg-type]
    assert refused.value.remedy is not None


def test_a_newer_answer_replaces_the_older_one() -> None:
    ledger = Ledger.of([PLANT]).apply(keeping(Ledger.of([PLANT]), [MARK]).steps)
    after = ledger.apply(keeping(ledger, [replace(MARK, id="be00002", high=Decimal(4))]).steps)
    assert [(one.id, str(one.high)) for one in after.held(Benchmark)] == [("be00002", "4")]
    other = keeping(after, [replace(MARK, id="be00003", year=2023)])
    assert len(after.apply(other.steps).held(Benchmark)) == 2


def test_two_answers_to_one_question_are_refused() -> None:
    with pytest.raises(UserError, match="Two rows"):
        keeping(Ledger.of([PLANT]), [MARK, replace(MARK, id="be00002")])


def test_they_can_be_let_go() -> None:
    ledger = Ledger.of([PLANT, MARK, replace(MARK, id="be00002", year=2023)])
    assert [one.id for one in ledger.apply(removing(ledger, ["be00001"]).steps).held(Benchmark)] == ["be00002"]
    with pytest.raises(UserError, match="no benchmark be9"):
        removing(ledger, ["be9"])
