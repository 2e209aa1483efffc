"""Every method against numbers that others have published, from the file a person imports to the lines."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.inventory import Inventory, year_of
from core.ledger import Plant, Record
from core.library import GASES, load_library
from core.methods import SCOPES, all_methods
from tests.core.imported import imported, stating
from tests.core.samples import green

FILE = Path(__file__).parents[1] / "data" / "published_examples.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
KINDS = ("worked_example", "printed_factor", "identity")
"""Strongest first: somebody published inputs and result; a number per unit; only what follows from the equation."""
QUANTITIES = {"tCO2e", "CO2e", *GASES}


def named(example: dict[str, Any]) -> str:
    """What a failure says first."""
    source = example["source"]
    return f"{example['method']}: {source['publisher']}, {source['document']} {source['edition']}, {source['place']}"


def label(example: dict[str, Any]) -> str:
    return f"{example['method']}-{example['plant']['country']}-{example['rows'][0]['item']}"


@cache
def inventory_of(number: int) -> Inventory:
    example = EXAMPLES[number]
    plant = Plant("Example", **example["plant"])
    library = stating(*example["states"], country=plant.country) if "states" in example else load_library()
    covers: tuple[Record, ...] = ()
    if (energy := example.get("covered_kwh")) is not None:  # of the first row, by a contract of the year
        span = year_of(example["year"])
        covers = green("a00001", energy, market=plant.country, start=span.start, end=span.end)
    return imported(
        example["rows"],
        others=covers,
        plant=plant,
        period=year_of(example["year"]),
        gwp=example["gwp"],
        policy=example["policy"],
        library=library,
    )


def emitted(inventory: Inventory, expected: dict[str, Any]) -> Decimal:
    """Kilograms or tonnes of the lines that a published number is about."""
    lines = [
        line
        for line in inventory.lines
        if line.scope == expected["scope"]
        and expected.get("category", line.category) == line.category
        and expected.get("source", line.activity.source) == line.activity.source
    ]
    assert lines, "no line"
    if expected["of"] in GASES:
        return sum((line.kg[expected["of"]] for line in lines), Decimal(0))
    return load_library().units.convert(sum((line.tco2e for line in lines), Decimal(0)), "t", expected["unit"])


def tolerance_of(expected: dict[str, Any]) -> Decimal:
    """What is said, else half of the last printed digit."""
    if "tolerance" in expected:
        return Decimal(expected["tolerance"])
    exponent = Decimal(expected["value"]).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal((0, (5,), exponent - 1))


def test_each_method_has_a_published_example() -> None:
    assert {example["method"] for example in EXAMPLES} == set(all_methods()), "the file and core/methods differ"


@pytest.mark.parametrize("example", EXAMPLES, ids=label)
def test_an_example_says_where_it_is_published(example: dict[str, Any]) -> None:
    assert example["kind"] in KINDS
    assert all(example["source"][key].strip() for key in ("publisher", "document", "edition", "place"))
    assert example["kind"] != "identity" or example["reason"], "why nothing stronger is published"
    assert example["rows"] and example["expected"]
    for expected in example["expected"]:
        assert expected["scope"] in SCOPES and expected["of"] in QUANTITIES
        assert expected["of"] not in GASES or expected["unit"] == "kg"


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: label(EXAMPLES[number]))
def test_published_number(number: int) -> None:
    example = EXAMPLES[number]
    inventory = inventory_of(number)
    assert not inventory.excluded, (named(example), [str(e.finding.message) for e in inventory.excluded])
    assert {line.activity.method for line in inventory.lines} == {example["method"]}
    for expected in example["expected"]:
        found = emitted(inventory, expected)
        difference = abs(found - Decimal(expected["value"]))
        assert difference <= tolerance_of(expected), f"{named(example)}: {expected} but {found}"


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: label(EXAMPLES[number]))
def test_a_number_ten_percent_off_would_be_seen(number: int) -> None:
    """No tolerance is so wide that the example could not fail."""
    for expected in EXAMPLES[number]["expected"]:
        value = Decimal(expected["value"])
        assert tolerance_of(expected) * 10 <= value or value == 0 == tolerance_of(expected)


def test_the_kinds_are_counted_honestly() -> None:
    """What is only an identity today may become a printed factor or a worked example, never the other way round."""
    best = {method: min(KINDS.index(e["kind"]) for e in EXAMPLES if e["method"] == method) for method in all_methods()}
    count = Counter(KINDS[kind] for kind in best.values())
    assert count["worked_example"] >= 5 and count["worked_example"] + count["printed_factor"] >= 28, count
