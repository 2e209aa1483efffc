"""Which meters make load and supply of a plant, and what is told of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from core.inventory import Period
from core.ledger import Instrument, Plant, RuleValue
from core.renewables.hourly import Matched
from core.renewables.hourly_meters import NO_FEED_IN, NO_IMPORT, NO_SUPPLY, Matching, instruments_in, matching_of
from core.renewables.hourly_supply import NO_HOUR, counts
from core.series import Series
from core.series.metered import Metered
from tests.core.renewables.metered_plants import (
    BOUGHT,
    DAY,
    FEED,
    FIRST,
    MAIN,
    OUT,
    ROOF,
    START,
    SUN,
    SYSTEM,
    flat,
    hours,
    meter,
    plant,
    sunny,
    wind,
)

FARM = meter("farm", "generation", name="Bashang wind farm")
NAN = float("nan")


def found(metered: Metered, period: Period = DAY) -> tuple[Matching, Matched]:
    matching = matching_of(metered, period)
    assert matching.matched is not None, [str(note) for note in matching.notes]
    return matching, matching.matched


def notes(metered: Metered, period: Period = DAY) -> list[str]:
    return [str(note) for note in matching_of(metered, period).notes]


# ------------------------------------------------------------------ the load


def test_load_is_bought_and_generated_less_fed_in() -> None:
    matching, matched = found(sunny())
    assert matched.load.tolist() == [5.0] * 24
    assert matched.matched.tolist() == [0.0] * 6 + [5.0] * 12 + [0.0] * 6
    assert (matched.total.score, matched.total.excess) == (0.5, 36.0)
    assert [one.id for one in matching.purchased] == ["main"]
    assert [one.id for one in matching.generation] == ["roof"]
    assert [one.id for one in matching.feed_in] == ["feed"]
    assert matching.notes == () and matching.estimated == 0


def test_all_purchased_electricity_counts_also_beside_the_roof() -> None:
    """A second connection that no PV system names is used electricity too."""
    matching, matched = found(sunny((meter("second", "import"), flat(5.0))))
    assert matched.load.tolist() == [10.0] * 24
    assert [one.id for one in matching.purchased] == ["main", "second"]


def test_what_counts_a_part_of_another_is_no_more_use() -> None:
    part = meter("hall", "import", parent="main")
    deeper = meter("deeper", "import", parent="board")
    board = meter("board", "consumption", parent="main")
    _, matched = found(sunny((part, flat(2.0)), (deeper, flat(1.0)), board))
    assert matched.load.tolist() == [5.0] * 24


def test_meters_that_name_each_other_as_parents_end() -> None:
    one, other = meter("one", "import", parent="other"), meter("other", "consumption", parent="one")
    _, matched = found(sunny((one, flat(1.0)), other))
    assert matched.load.tolist() == [6.0] * 24


def test_units_of_meters_are_brought_to_kilowatt_hours() -> None:
    for unit, scale in (("MWh", 0.001), ("Wh", 1000.0), ("GJ", 0.0036), ("MJ", 3.6)):
        second = meter("second", "import", unit)
        _, matched = found(sunny((second, flat(5.0 * scale))))
        assert matched.load.tolist() == pytest.approx([10.0] * 24)


def test_quarters_and_hours_are_brought_together() -> None:
    fine = hours([1.25] * 96, step=900)
    _, matched = found(sunny((meter("second", "import"), fine)))
    assert matched.load.tolist() == [10.0] * 24


def test_other_media_and_other_directions_are_no_load() -> None:
    gas = replace(meter("gas", "import"), medium="natural_gas", unit="m3")
    hall = meter("hall", "consumption")
    _, matched = found(sunny((gas, flat(7.0)), (hall, flat(2.0))))
    assert matched.load.tolist() == [5.0] * 24


def test_what_the_inverter_takes_at_night_was_bought() -> None:
    night = hours(np.repeat([-1.0, 8.0, -1.0], [6, 12, 6]))
    _, matched = found(plant((MAIN, BOUGHT), (ROOF, night), (FEED, OUT), SYSTEM))
    assert matched.load.tolist() == [5.0] * 24
    assert matched.supply.min() == 0.0


def test_a_gap_of_any_meter_is_an_hour_that_is_not_known() -> None:
    values = BOUGHT.values.copy()
    values[3] = NAN
    _, matched = found(plant((MAIN, hours(values)), (ROOF, SUN), (FEED, OUT), SYSTEM))
    assert (matched.total.present, matched.total.expected) == (23, 24)
    assert np.isnan(matched.load[3]) and np.isnan(matched.matched[3])


def test_a_meter_without_values_leaves_nothing_known_and_is_named() -> None:
    metered = sunny(meter("second", "import"))
    matching, matched = found(metered)
    assert matched.total.present == 0 and matched.total.score is None
    assert "The meter “Second” has no interval data in this time." in [str(note) for note in matching.notes]


def test_time_without_values_is_missing() -> None:
    _, matched = found(sunny(), Period(FIRST, date(2025, 1, 2)))
    assert (matched.total.present, matched.total.expected) == (24, 48)
    later = date(2026, 1, 1)
    matching, matched = found(sunny(), Period(later, later))
    assert (matched.total.present, matched.total.expected) == (0, 24)
    assert len([note for note in matching.notes if "has no interval data in this time" in str(note)]) == 3


def test_without_a_meter_of_purchases_the_load_is_not_known() -> None:
    metered = plant((ROOF, SUN), (FEED, OUT), replace(SYSTEM, purchased=()))
    matching = matching_of(metered, DAY)
    assert matching.matched is None and NO_IMPORT in matching.notes
    assert [one.key for one in matching.supplies] == ["pv1"], "what the roof gave is known all the same"


def test_without_a_meter_of_feed_in_all_is_used() -> None:
    metered = plant((MAIN, BOUGHT), (ROOF, SUN), replace(SYSTEM, feed_in=()))
    matching, matched = found(metered)
    assert matched.load.tolist() == [5.0] * 6 + [8.0] * 12 + [5.0] * 6
    assert matching.notes == (NO_FEED_IN,)


def test_more_fed_in_than_generated_is_told_with_its_remedy() -> None:
    matching = matching_of(plant((MAIN, BOUGHT), (ROOF, OUT), (FEED, SUN), SYSTEM), DAY)
    assert matching.matched is None
    assert [str(note)[:20] for note in matching.notes] == ["More was fed in (96 ", "Compare the readings"]


def test_values_by_the_day_cannot_be_matched() -> None:
    said = notes(plant((MAIN, hours([120.0], step=86_400))))
    assert said[1] == "The meter “Main” counts in steps of 1440 min: they cannot be matched by the hour."


def test_a_plant_in_one_of_several_zones_must_say_so() -> None:
    said = notes(plant(site=Plant("Plant", "US")))
    assert "time zone" in said[0] and len(said) == 2


def test_a_shorter_interval_asks_for_shorter_steps() -> None:
    fine = plant((MAIN, hours([1.25] * 96, step=900)))
    matching = matching_of(fine, DAY, 900)
    assert matching.matched is not None and matching.matched.total.expected == 96
    assert matching_of(sunny(), DAY, 900).matched is None


def test_longer_intervals_are_made_of_hours() -> None:
    matching = matching_of(sunny(), DAY, "day")
    assert matching.matched is not None
    assert (matching.matched.total.score, matching.matched.total.expected) == (0.8, 1)


def test_hours_with_an_estimate_are_counted() -> None:
    told = hours(BOUGHT.values, told=(1, 2, 20))
    matching, _ = found(plant((MAIN, told), (ROOF, SUN), (FEED, OUT), SYSTEM))
    assert matching.estimated == 3


# ------------------------------------------------------------------ PV systems


def test_before_a_roof_was_there_it_gave_nothing() -> None:
    """Its meter has no values before, and that is no gap."""
    second = replace(SYSTEM, commissioned=date(2025, 1, 2))
    values = Series(START + 86_400, 3600, SUN.values), Series(START + 86_400, 3600, OUT.values)
    bought = hours([*flat(5.0).values, *BOUGHT.values])
    out = hours([*([0.0] * 24), *OUT.values])
    metered = plant((MAIN, bought), (ROOF, values[0]), (FEED, out), second)
    _, matched = found(metered, Period(FIRST, date(2025, 1, 2)))
    assert (matched.total.present, matched.total.score) == (48, 0.25)
    assert matching_of(metered, DAY).supplies == (), "on the first day there was no roof"


def test_generation_whose_certificates_are_sold_supplies_nothing() -> None:
    matching, matched = found(sunny(system=replace(SYSTEM, attributes_owner="other")))
    assert (matched.total.score, matched.total.load) == (0.0, 120.0), "it is used all the same"
    assert [str(note) for note in matching.notes] == [
        "The certificates of “Roof PV” belong to somebody else: its generation supplies nothing.", str(NO_SUPPLY)
    ]  # fmt: skip


def test_when_nobody_said_whose_the_certificates_are_it_is_told() -> None:
    matching, matched = found(sunny(system=replace(SYSTEM, attributes_owner="")))
    assert matched.total.score == 0.5
    assert [str(note)[:39] for note in matching.notes] == ["Nobody said to whom the certificates of"]


def test_a_roof_without_meters_is_told() -> None:
    said = notes(sunny(replace(SYSTEM, id="pv2", name="Carport", generation=(), feed_in=(), purchased=())))
    assert said == ["No meter counts the generation of “Carport”: it is not matched."]


def test_a_roof_whose_meter_was_deleted_leaves_nothing_known() -> None:
    gone = replace(SYSTEM, id="pv2", name="Carport", generation=("gone",))
    matching, matched = found(sunny(gone))
    assert matched.total.present == 0
    assert "No meter counts the generation of “Carport”: it is not matched." in [str(note) for note in matching.notes]


# ------------------------------------------------------------------ contracts


def test_a_contract_is_matched_by_the_meter_with_its_name() -> None:
    matching, matched = found(sunny(wind(), (FARM, flat(2.0))))
    assert matched.load.tolist() == [5.0] * 24, "what a wind farm far away gives is no use of the plant"
    assert [(part.key, part.kind, part.name) for part in matched.parts] == [
        ("pv1", "own", "Roof PV"), ("farm", "ppa_physical", "Bashang wind farm")
    ]  # fmt: skip
    assert matched.total.score == (12 * 5 + 12 * 2) / 120
    assert matching.notes == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [("Wind contract", True), ("C-1", True), ("bashang WIND-farm", True), ("Bashang", False), ("", False)],
)
def test_names_of_contracts(text: str, named: bool) -> None:
    for where in ("name", "location", "serial"):
        held = meter("m", "generation", **{"name": "m", where: text})
        assert counts(held, wind()) is named
    assert not counts(meter("m", "generation"), wind(name="", contract="", generator=""))


def test_an_import_meter_with_the_name_of_a_contract_is_no_proof_of_wind() -> None:
    """It counts the electricity of the grid; the score would be 100 % whatever the wind did."""
    assert not counts(meter("m", "import", name="C-1"), wind())
    assert counts(meter("m", "import", name="C-1"), wind(kind="direct_line"))


def test_outside_of_its_time_a_contract_gives_nothing() -> None:
    period = Period(FIRST, date(2025, 1, 3))
    days = [wind(end=FIRST), wind(id="i2", start=date(2025, 1, 3), end=date(2025, 1, 3))]
    matching, matched = found(plant((MAIN, flat(5.0, 72)), (FARM, flat(5.0, 72)), *days), period)
    assert matched.matched.tolist() == [5.0] * 24 + [0.0] * 24 + [5.0] * 24
    assert matched.total.present == 72, "a day without contract is no gap"
    assert [one.id for one in matching.contracts[0].instruments] == ["i1", "i2"]


NOT_COUNTED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing counts it": ({"generator": "Other", "name": "Contract"}, "No meter counts “Contract” hour by hour"),
    "without attributes": ({"attributes": "without"}, "comes without its attributes"),
    "another market": ({"market": "DE"}, "was generated in DE, not in the market of the plant"),
    "nuclear": ({"technology": "nuclear"}, "is not renewable"),
    "a rule stops it": ({"evidence": ()}, "supplies nothing: No file proves the contract."),
}


@pytest.mark.parametrize("case", NOT_COUNTED)
def test_what_does_not_count_is_told(case: str) -> None:
    changes, why = NOT_COUNTED[case]
    matching, matched = found(sunny(wind(**changes), (FARM, flat(2.0))))
    assert matched.total.score == 0.5, "the roof alone"
    assert any(why in str(note) for note in matching.notes)


def test_an_expert_may_call_nuclear_electricity_renewable() -> None:
    said = RuleValue("renewables.nuclear_is_renewable", "yes", "Decision of the board")
    _, matched = found(sunny(wind(technology="nuclear"), (FARM, flat(2.0)), said))
    assert len(matched.parts) == 2


def test_certificates_are_in_no_hour() -> None:
    made = Instrument("c1", "GEC 2025", "certificate", "CN", FIRST, date(2025, 12, 31), Decimal(1000), scheme="GEC")
    matching, matched = found(sunny(made, replace(made, id="c2")))
    assert matching.notes == (NO_HOUR,)
    assert matched.total.score == 0.5, "whatever their number"
    later = replace(made, start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert notes(sunny(later)) == [], "those of another year are of no interest"


def test_an_instrument_of_the_own_roof_is_the_roof() -> None:
    made = wind(kind="on_site", system="pv1", name="Non-tradable GEC of the roof")
    matching, matched = found(sunny(made))
    assert [part.key for part in matched.parts] == ["pv1"] and matching.notes == ()


# ------------------------------------------------------------------ direct lines and other generators


@pytest.mark.parametrize("direction", ["generation", "import"])
def test_a_direct_line_is_use_and_supply(direction: str) -> None:
    line = meter("line", direction, name="C-1")
    matching, matched = found(plant((MAIN, flat(5.0)), (line, flat(2.0)), wind(kind="direct_line")))
    assert matched.load.tolist() == [7.0] * 24
    assert matched.total.score == pytest.approx(2 / 7)
    assert [one.id for one in matching.purchased] == ["main", "line"]


@pytest.mark.parametrize("direction", ["generation", "import"])
def test_a_direct_line_that_proves_nothing_is_still_used(direction: str) -> None:
    line = meter("line", direction, name="C-1")
    matching, matched = found(plant((MAIN, flat(5.0)), (line, flat(2.0)), wind(kind="direct_line", evidence=())))
    assert matched.load.tolist() == [7.0] * 24 and matched.total.score == 0.0
    assert NO_SUPPLY in matching.notes


def test_an_own_generator_without_proof_is_use_alone() -> None:
    engine = meter("engine", "generation", source="Gas engine")
    matching, matched = found(sunny((engine, flat(5.0))))
    assert matched.load.tolist() == [10.0] * 24 and matched.total.matched == 12 * 8.0
    assert [one.id for one in matching.generation] == ["roof", "engine"]
    assert any("counts own generation that no proof makes renewable" in str(note) for note in matching.notes)


def test_a_generation_meter_of_nobody_is_left_out_and_told() -> None:
    matching, matched = found(sunny((meter("lost", "generation"), flat(5.0))))
    assert matched.load.tolist() == [5.0] * 24
    assert [str(note)[:61] for note in matching.notes] == [
        "“Lost” counts generation of no PV system and no contract and "
    ]


def test_instruments_of_a_period() -> None:
    early, late = wind(id="a", start=date(2024, 1, 1), end=FIRST), wind(id="b", start=date(2025, 1, 2))
    ledger = plant(early, late, wind(id="c", start=date(2024, 12, 1), end=date(2024, 12, 31))).ledger
    assert [one.id for one in instruments_in(ledger, DAY)] == ["a"]
    assert [one.id for one in instruments_in(ledger, Period(FIRST, date(2025, 1, 2)))] == ["a", "b"]
