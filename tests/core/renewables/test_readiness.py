"""What the draft of the revised Scope 2 rules would ask for: each item in each state it may have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.inventory import Period
from core.ledger import Ledger, Meter, Plant, Record, RuleValue
from core.ledger.journal import text_from_plain
from core.library import load_library
from core.library.rulebook import rulebook
from core.renewables.hourly_meters import matching_of
from core.renewables.readiness import STATES, Readiness, draft, readiness, readiness_to_plain
from core.series.metered import Metered
from core.solar.system import GRID_FACTOR
from tests.core.renewables.metered_plants import (
    BOUGHT,
    DAY,
    FEED,
    FIRST,
    MAIN,
    OUT,
    PLANT,
    ROOF,
    SUN,
    SYSTEM,
    flat,
    hours,
    meter,
    plant,
    sunny,
    wind,
)

KEYS = (
    "load_hourly", "generation_hourly", "instruments_hourly", "deliverability", "legacy", "location_hourly",
    "residual_mix", "exemption",
)  # fmt: skip
FARM = meter("farm", "generation", name="Bashang wind farm")
FACTOR = Meter("ef", "Grid operator", GRID_FACTOR, "sensor", "kg/kWh")
CERTIFICATE = replace(wind(), id="c1", kind="certificate", scheme="GEC")


def items(metered: Metered, period: Period = DAY) -> dict[str, Readiness]:
    found = readiness(metered.ledger, matching_of(metered, period), load_library())
    assert tuple(one.key for one in found) == KEYS
    for one in found:
        assert one.state in STATES
        assert (one.remedy is None) == (one.state in ("ready", "not_needed")), one.key
    return {one.key: one for one in found}


def state(key: str, *records: Record, metered: Metered | None = None, period: Period = DAY) -> str:
    return items(metered or sunny(*records), period)[key].state


def test_a_plant_of_which_everything_is_known() -> None:
    cutoff = RuleValue("scope2_revision.legacy_cutoff", "2027-12-31", "Decided here for the test")
    found = items(sunny(wind(), (FARM, flat(2.0)), (FACTOR, flat(0.6)), cutoff))
    assert {key: one.state for key, one in found.items()} == {
        **dict.fromkeys(KEYS, "ready"), "residual_mix": "part", "exemption": "part"
    }  # fmt: skip
    assert "2027-12-31" in str(found["legacy"].found)


def test_a_plant_of_which_nothing_is_known() -> None:
    found = items(plant(site=Plant("Hillside", "MN", timezone="Asia/Shanghai")))
    assert {key: one.state for key, one in found.items()} == {
        **dict.fromkeys(KEYS, "missing"),
        **dict.fromkeys(("generation_hourly", "instruments_hourly", "legacy"), "not_needed"),
    }


# ------------------------------------------------------------------ each item


def with_gap(count: int) -> Metered:
    values = np.concatenate([BOUGHT.values] * 5)
    values[:count] = np.nan
    return plant((MAIN, hours(values)), (ROOF, hours(np.tile(SUN.values, 5))), (FEED, hours(np.tile(OUT.values, 5))),
                 SYSTEM)  # fmt: skip


@pytest.mark.parametrize(("gap", "said"), [(0, "ready"), (6, "ready"), (7, "part"), (119, "part")])
def test_load_is_complete_from_95_percent_on(gap: int, said: str) -> None:
    five = Period(FIRST, date(2025, 1, 5))
    found = items(with_gap(gap), five)["load_hourly"]
    assert found.state == said
    percent = {0: "100.0", 6: "95.0", 7: "94.1", 119: "0.8"}[gap]
    assert str(found.found) == f"The load is known in {percent} % of the hours."


def test_a_time_without_values_is_missing() -> None:
    later = date(2025, 2, 1)
    found = items(with_gap(0), Period(later, later))["load_hourly"]
    assert (found.state, str(found.found)) == ("missing", "The load is known in 0.0 % of the hours.")


def test_an_expert_may_ask_for_more() -> None:
    five = Period(FIRST, date(2025, 1, 5))
    held = with_gap(6)
    stricter = RuleValue("scope2_revision.load_coverage", "99", "Decided here for the test")
    ledger = Ledger.of([*(one for kind in held.ledger.records.values() for one in kind.values()), stricter])
    assert state("load_hourly", metered=held.after(ledger), period=five) == "part"


def test_a_matching_by_the_day_is_no_interval_data() -> None:
    metered = sunny()
    found = readiness(metered.ledger, matching_of(metered, DAY, "day"), load_library())
    assert found[0].state == "missing"


def test_generation_is_that_of_the_roofs_whose_certificates_are_kept() -> None:
    second = replace(SYSTEM, id="pv2", generation=(), feed_in=(), purchased=())
    assert state("generation_hourly") == "ready"
    assert state("generation_hourly", second) == "part", "of the second nobody knows anything"
    assert state("generation_hourly", replace(second, attributes_owner="other")) == "ready"
    assert state("generation_hourly", replace(second, commissioned=date(2026, 1, 1))) == "ready"
    assert state("generation_hourly", metered=sunny(system=replace(SYSTEM, attributes_owner="other"))) == "not_needed"
    assert state("generation_hourly", metered=plant((MAIN, BOUGHT), SYSTEM, ROOF)) == "missing"
    bare = plant((ROOF, SUN), (FEED, OUT), replace(SYSTEM, purchased=()))
    assert state("generation_hourly", metered=bare) == "ready", "also where the load is not known"


def test_certificates_have_no_hour_and_contracts_may() -> None:
    assert state("instruments_hourly") == "not_needed"
    assert state("instruments_hourly", wind()) == "missing", "nothing counts it"
    assert state("instruments_hourly", CERTIFICATE) == "missing"
    assert state("instruments_hourly", metered=sunny(wind(), (FARM, flat(2.0)))) == "ready"
    assert state("instruments_hourly", metered=sunny(wind(), FARM)) == "missing", "a meter without values"
    both = items(sunny(wind(), CERTIFICATE, (FARM, flat(2.0))))["instruments_hourly"]
    assert both.state == "part"
    assert str(both.found).startswith(
        "Instruments with generation by the hour: 1 of 2; certificates of a month or year: 1"
    )
    own = wind(id="o1", kind="on_site", system="pv1")
    assert state("instruments_hourly", own) == "not_needed", "the roof has an item of its own"


def test_a_boundary_needs_the_place_of_both_ends() -> None:
    nowhere = replace(PLANT, region="")
    assert state("deliverability") == "ready"
    assert state("deliverability", wind()) == "ready"
    assert state("deliverability", wind(generator="")) == "part"
    assert state("deliverability", wind(market="DE")) == "part"
    assert state("deliverability", wind(), wind(id="i2", market="DE")) == "part"
    assert state("deliverability", metered=plant(wind(), site=nowhere)) == "part"
    assert state("deliverability", metered=plant(wind(generator=""), site=nowhere)) == "missing"
    assert state("deliverability", metered=plant(site=replace(nowhere, grid="CN.north"))) == "ready"


def test_the_legacy_clause_needs_the_contract_and_its_day() -> None:
    cutoff = RuleValue("scope2_revision.legacy_cutoff", "2027-12-31", "Decided here for the test")
    assert state("legacy", CERTIFICATE) == "not_needed", "certificates are no contract of years"
    assert state("legacy", wind(contract="")) == "missing"
    assert state("legacy", wind(evidence=())) == "missing"
    assert state("legacy", wind()) == "part", "the day is not known"
    assert state("legacy", wind(), cutoff) == "ready"
    assert state("legacy", wind(), wind(id="i2", evidence=()), cutoff) == "part"


def test_factors_of_the_grid_by_the_hour() -> None:
    assert state("location_hourly") == "missing"
    assert state("location_hourly", FACTOR) == "missing", "a sensor without values"
    assert state("location_hourly", metered=sunny((FACTOR, flat(0.6)))) == "ready"
    two = Period(FIRST, date(2025, 1, 2))
    assert state("location_hourly", metered=sunny((FACTOR, flat(0.6))), period=two) == "part"
    assert state("location_hourly", metered=sunny((FACTOR, flat(0.6))), period=Period(two.end, two.end)) == "missing"


def test_the_residual_mix_is_that_of_the_year() -> None:
    poland = Plant("Krosno", "PL", timezone="Asia/Shanghai")
    year = date(2024, 6, 1)
    assert state("residual_mix", metered=plant(site=poland), period=Period(year, year)) == "ready"
    later = date(2031, 6, 1)
    found = items(plant(site=poland), Period(later, later))["residual_mix"]
    assert found.state == "part" and found.remedy is not None and "2031" in str(found.remedy)


def test_use_beside_the_threshold_needs_a_whole_year() -> None:
    count = 365 * 24
    whole = Period(FIRST, date(2025, 12, 31))
    metered = plant((MAIN, flat(1000.0, count)))
    found = items(metered, whole)["exemption"]
    assert found.state == "ready"
    assert "used 8.8 GWh" in str(found.found) and "5, 10, 50 GWh" in str(found.found)
    assert state("exemption", metered=metered) == "part", "a day is no year"
    assert state("exemption", metered=metered, period=Period(FIRST, date(2026, 1, 1))) == "part", "a gap"


# ------------------------------------------------------------------ what is said beside it


def test_nothing_says_that_a_plant_conforms() -> None:
    said = str(draft(Ledger.of([PLANT])))
    assert "are a draft" in said and "2027" in said and "not that it conforms" in said
    words = " ".join(f"{one.title} {one.found} {one.remedy}" for one in items(sunny(wind())).values())
    assert "conform" not in words and "complian" not in words.lower()


def test_parameters_of_the_draft_have_a_source_and_say_how_weak_it_is() -> None:
    held = {key: one for key, one in rulebook().items() if key.startswith("scope2_revision.")}
    assert set(held) == {
        f"scope2_revision.{name}"
        for name in ("longest_interval", "load_coverage", "exemption_thresholds", "legacy_cutoff", "publication")
    }
    assert all(one.source and one.title.en and one.title.zh for one in held.values())
    weak = {key.partition(".")[2] for key, one in held.items() if one.status == "WEAK"}
    assert weak == {"load_coverage", "exemption_thresholds", "legacy_cutoff"}
    assert not held["scope2_revision.legacy_cutoff"].known, "nobody has published a day"


def test_plain_form_has_every_item_in_both_languages() -> None:
    found = readiness_to_plain(tuple(items(sunny(wind())).values()))
    assert [one["key"] for one in found] == list(KEYS)
    for one in found:
        title = one["title"]
        assert isinstance(title, dict) and set(title) == {"en", "zh"}
        said = one["found"]
        assert isinstance(said, dict) and str(text_from_plain(said))
        assert (one["remedy"] is None) == (one["state"] in ("ready", "not_needed"))
