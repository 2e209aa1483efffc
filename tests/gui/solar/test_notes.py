"""What stands out of a PV system, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.i18n import Text
from core.ledger import PvArray
from core.library import load_library
from core.solar.observing import (
    MEAN_TEMPERATURE,
    NO_INTERVALS,
    NO_LIGHT,
    NO_METER,
    NO_SENSOR,
    NO_TEMPERATURE,
    NO_WEATHER,
)
from core.solar.outlook import LOCATION
from gui.solar.described import array_words, described
from gui.solar.notes import missing, notes, share_of_average, verdicts
from gui.solar.words import percent
from gui.solar.work import Solved, look_at, solved, subject_of
from tests.gui.solar.test_work import FANGSHAN, YEAR, ZHANGJIAKOU, answer, changed, plant_of, system_of


def looked(place: int, **altered: object) -> Solved:
    ledger, blob = plant_of(place)
    system = replace(system_of(place), **altered)  # type: ignore[arg-type]
    ledger = changed(ledger, system)
    found = look_at(subject_of(ledger, system, YEAR), ledger, blob)
    return solved(found, system, ledger, load_library(), LOCATION)


def test_a_system_in_order_has_nothing_missing() -> None:
    found = list(notes(answer(ZHANGJIAKOU), writable=True))
    assert all(act is None for _level, _words, act in found)
    assert ("good", "Within 15 % of what the model expects in an average year.", None) in found
    assert any(level == "info" and words.startswith("Stood still for ") for level, words, _act in found)
    assert {level for level, _words, _act in found} == {"info", "good"}


def test_what_is_missing_has_a_way_out_each() -> None:
    nothing = {"generation": (), "feed_in": (), "purchased": (), "irradiance": "", "weather": ""}
    observed = looked(ZHANGJIAKOU, **nothing).observed
    assert observed is not None
    assert [act[1] for _words, act in missing(observed)] == ["meters", "sensor", "weather"]
    unheard = looked(ZHANGJIAKOU, generation=("m009x",), weather="gone", irradiance="gone").observed
    assert unheard is not None
    assert [act[1] for _words, act in missing(unheard)] == ["import", "sensor", "weather"]
    unused = looked(ZHANGJIAKOU, purchased=()).observed
    assert unused is not None
    assert [(act[1], "Self-consumption" in words) for words, act in missing(unused)] == [("meters", True)]


def test_far_off_the_average_year_is_a_warning_and_comes_first() -> None:
    found = list(notes(answer(FANGSHAN), writable=True))
    level, words, _act = found[0]
    assert level == "warning"
    observed = answer(FANGSHAN).observed
    assert observed is not None
    share = share_of_average(observed)
    assert share is not None
    assert share < 0.85
    assert words.startswith(f"{percent(share)} %")


def test_a_closed_file_offers_nothing_that_it_would_refuse() -> None:
    found = looked(ZHANGJIAKOU, irradiance="", generation=("m009x",))
    acts = {act[1] for _level, _words, act in notes(found, writable=False) if act is not None}
    assert acts == {"import"}


def test_a_year_before_the_system_ran_is_told_so() -> None:
    found = looked(ZHANGJIAKOU, commissioned=date(2026, 5, 1))
    assert [words for _level, words, _act in notes(found, writable=True)] == [
        "The system runs since 2026-05-01, after the year shown."
    ]


def test_problems_come_as_they_were_said() -> None:
    found = looked(ZHANGJIAKOU, feed_in=("m001",))
    level, words, act = next(notes(found, writable=True))
    assert (level, act) == ("bad", ("Correct the system", "system"))
    assert words.startswith("More was fed in")


def test_what_nothing_can_be_said_without_is_mended_where_it_belongs() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    bare = replace(system_of(ZHANGJIAKOU), id="pv009")
    found = solved(look_at(subject_of(ledger, bare, YEAR), ledger, blob), bare, ledger, load_library(), LOCATION)
    assert [act for _level, _words, act in notes(found, writable=True)] == [("Enter the arrays", "arrays")]
    nowhere = replace(found, look=replace(found.look, lacking="zone"))
    assert [act for _level, _words, act in notes(nowhere, writable=True)] == [None]


def test_the_power_is_held_against_the_roof_that_is_stated() -> None:
    observed = answer(ZHANGJIAKOU).observed
    assert observed is not None
    density = next(one for one in verdicts(observed) if one.range.key == "area_density")
    assert density.value == Decimal("90.9090909090909")
    bare = looked(ZHANGJIAKOU, parameters=(("roof_area", "x"),)).observed
    assert bare is not None
    density = next(one for one in verdicts(bare) if one.range.key == "area_density")
    assert round(density.value) == 203  # of the modules themselves


def test_a_system_is_described_in_words() -> None:
    ledger, _blob = plant_of(ZHANGJIAKOU)
    arrays = list(ledger.held(PvArray))
    assert array_words(arrays[0]) == "1,200 kW, tilt 10°, azimuth 180°, close to the roof"
    said = dict(described(system_of(ZHANGJIAKOU), arrays, ledger))
    assert said["Power"] == "2,000 kW of modules, at most 1,700 kW AC"
    assert said["Place"] == "40.8° N, 114.9° E, 720 m above the sea"
    assert said["Owners"] == "Roof: the plant · System: the plant · Certificates: the plant"
    assert said["Weather"] == "climate-zhangjiakou-DEMO.csv"


LACKING = (NO_METER, NO_INTERVALS, NO_SENSOR, NO_LIGHT, NO_TEMPERATURE, MEAN_TEMPERATURE, NO_WEATHER)


@pytest.mark.parametrize("note", LACKING, ids=str)
def test_whatever_the_core_cannot_say_has_a_way_out(note: Text) -> None:
    observed = looked(ZHANGJIAKOU).observed
    assert observed is not None
    ((words, (title, act)),) = missing(replace(observed, notes=(note,)))
    assert words == str(note)
    assert title
    assert act in {"meters", "import", "sensor", "weather"}
