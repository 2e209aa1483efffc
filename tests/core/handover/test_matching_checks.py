"""What head office finds in a stated hourly matching that was altered."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from core.handover.energy_checks import contradictions
from core.handover.matching_checks import matching_contradictions
from core.inventory import read as read_package
from core.inventory.energy import energy_from_plain
from core.inventory.energy.matching import StatedMatching
from core.inventory.energy.reading import read
from core.ledger import canonical
from tests.core.report.complete import complete
from tests.core.report.powered import stated
from tests.core.report.sample import library


def said() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(stated()["matching"]))
    return plain


def found(change: Callable[[dict[str, Any]], None]) -> list[str]:
    plain = said()
    change(plain)
    return [one.where.removeprefix("energy.matching") for one in matching_contradictions(read(StatedMatching, plain))]


def put(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda plain: plain.__setitem__(key, value)


def in_january(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda plain: plain["months"][0].__setitem__(key, value)


def test_what_the_plant_states_is_read_and_holds() -> None:
    energy = energy_from_plain(stated())
    assert energy is not None and energy.matching is not None
    assert energy.matching.score_percent is not None and 0 < energy.matching.score_percent < 100
    assert energy.matching.volumetric_percent is not None
    assert energy.matching.score_percent <= energy.matching.volumetric_percent
    assert len(energy.matching.months) == 12
    assert [one.id for one in energy.matching.supplies] == ["pv1"]
    assert list(matching_contradictions(energy.matching)) == []


def test_reports_of_earlier_versions_state_none() -> None:
    plain = copy.deepcopy(dict(stated()))
    del plain["matching"]
    earlier = energy_from_plain(plain)
    assert earlier is not None and earlier.matching is None
    nothing = energy_from_plain({**plain, "matching": None})
    assert nothing == earlier


ALTERED: dict[str, tuple[Callable[[dict[str, Any]], None], list[str]]] = {
    "a better score": (put("score_percent", "100"), [".score_percent"]),
    "a score above 100": (put("score_percent", "101"), [".score_percent"]),
    "a score below 0": (put("score_percent", "-1"), [".score_percent"]),
    "no score": (put("score_percent", None), [".score_percent"]),
    "a better volume": (put("volumetric_percent", "99.99"), [".volumetric_percent"]),
    "more matched than a month had": (
        in_january("matched_kwh", "1000000"),
        [".months[2023-01].matched_kwh", ".months[2023-01].score_percent", ".matched_kwh"],
    ),
    "less load in all": (
        put("load_kwh", "9000000"),
        [".score_percent", ".volumetric_percent", ".load_kwh"],
    ),
    "a load below zero": (
        in_january("load_kwh", "-1"),
        [".months[2023-01].load_kwh", ".months[2023-01].matched_kwh", ".months[2023-01].score_percent",
         ".months[2023-01].volumetric_percent", ".load_kwh"],
    ),
    "another month is gone": (
        lambda plain: plain["months"].pop(),
        [".load_kwh", ".supply_kwh", ".matched_kwh", ".unmatched_hours", ".present", ".expected"],
    ),
    "hours that were never there": (put("present", 9000), [".present", ".present"]),
    "fewer hours without sun": (put("unmatched_hours", 10), [".unmatched_hours"]),
    "a supply that gave more": (
        lambda plain: plain["supplies"][0].__setitem__("supply_kwh", "9999999"),
        [".supplies.supply_kwh"],
    ),
    "a supply that met more": (
        lambda plain: plain["supplies"].append({**plain["supplies"][0], "id": "other", "supply_kwh": "0"}),
        [".supplies.matched_kwh"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ALTERED)
def test_what_was_altered_is_found(case: str) -> None:
    change, where = ALTERED[case]
    assert found(change) == where


def test_what_rounding_hides_is_no_contradiction() -> None:
    """Supplies are rounded once and months each."""
    near = f"{float(said()['supply_kwh']) + 0.5:.1f}"
    assert found(lambda plain: plain["supplies"][0].__setitem__("supply_kwh", near)) == []


def test_the_package_is_held_against_it() -> None:
    plain = copy.deepcopy(dict(complete("en", draws=0).plain))
    assert isinstance(plain["energy"], dict)
    plain["energy"]["matching"]["score_percent"] = "100"
    package = read_package(canonical(plain))
    assert [one.where for one in contradictions(package, library())] == ["energy.matching.score_percent"]


HOSTILE: tuple[Any, ...] = (True, 7, "x", [], {}, {"interval": 3600}, [{"msgid": "x"}])


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_another_form_is_refused(value: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        energy_from_plain({**stated(), "matching": value})


@pytest.mark.parametrize(
    ("key", "value"),
    [("interval", 1.5), ("interval", None), ("load_kwh", "1E+999999"), ("load_kwh", "NaN"), ("present", -1),
     ("months", [{}]), ("months", [None] * 2000), ("supplies", {}), ("notes", ["not a sentence"]), ("notes", None)],
)  # fmt: skip
def test_nothing_of_another_form_is_read(key: str, value: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read(StatedMatching, {**said(), key: value})
