"""Samples as acts: size from risk and materiality, what is recorded, drawing again, removing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.frame import frame_of
from core.audit.materiality import threshold
from core.audit.sampling import (
    ALLOCATIONS,
    METHODS,
    STRATA,
    Wish,
    drawing,
    redraw,
    removing,
    sample_named,
)
from core.audit.sizes import monetary_unit_size
from core.errors import UserError
from core.ledger import Ledger, Sample, TestSheet, from_plain, to_plain
from tests.core.audit.finding_samples import ENGAGEMENT, PEOPLE, finding, inventory_of
from tests.core.audit.sampling_samples import BOILER, LEVEL, plant, sample_of, with_sample
from tests.core.samples import PLANT, activity, month, year_of_bills

BY_TONNES = Wish("Tonnes", "monetary_unit", seed="2023-B", confidence=Decimal(95))
WISHES = [
    BY_TONNES,
    LEVEL,
    Wish("Random", "random", seed="x"),
    Wish("Strata", "stratified", seed="x"),
    Wish("Classes", "stratified", seed="x", strata="size", allocation="proportional"),
    Wish("Everything", "all"),
    Wish("Odd ones", "judgement", activities=("m03", "g12"), reason="both stand out"),
]
each_wish = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.name)


def why(ledger: Ledger, wish: Wish) -> str:
    sizing = drawing(ledger, inventory_of(ledger), 2023, wish, "sa1").sizing
    return "\n".join(str(one) for one in (*sizing.why, *sizing.notes))


@each_wish
def test_a_sample_is_one_change_and_can_be_drawn_again(wish: Wish) -> None:
    ledger = plant()
    made = drawing(ledger, inventory_of(ledger), 2023, wish, "sa00001")
    sample, frame = made.sample, frame_of(inventory_of(ledger))
    assert set(sample.activities) <= frame.ids and sample.frame == frame.sha256
    assert sample.size == len(sample.activities)
    assert (sample.seed == "") == (wish.method in ("all", "judgement"))
    assert made.sizing.why and wish.name in str(made.why)
    after = ledger.apply(made.steps)
    assert after.get("sample", "sa00001") == sample
    assert redraw(after, inventory_of(after), sample).good
    assert from_plain("sample", to_plain(sample)) == sample


@each_wish
def test_every_method_is_named(wish: Wish) -> None:
    assert wish.method in METHODS and wish.strata in STRATA and wish.allocation in ALLOCATIONS


@given(st.randoms(use_true_random=False), st.sampled_from(WISHES))
def test_the_order_of_the_ledger_does_not_matter(chance: Any, wish: Wish) -> None:
    ledger = plant()
    records = [record for held in ledger.records.values() for record in held.values()]
    chance.shuffle(records)
    assert sample_of(ledger, wish) == sample_of(Ledger.of(records), wish)


def test_other_seeds_draw_others() -> None:
    assert len({sample_of(plant(), LEVEL, seed=seed).activities for seed in "abcdef"}) > 4


# ---------------------------------------------------------------------- sizes


def test_the_size_by_tonnes_follows_from_confidence_and_materiality() -> None:
    ledger = plant()
    inventory = inventory_of(ledger)
    frame, tolerable = frame_of(inventory), threshold(ENGAGEMENT, inventory).total
    sample = sample_of(ledger, BY_TONNES)
    assert sample.size == monetary_unit_size(frame.tonnes, tolerable, Decimal(0), Decimal(95))
    settings = dict(sample.settings)
    assert Decimal(settings["tolerable"]) == tolerable and settings["confidence"] == "95"
    assert abs(Decimal(settings["interval"]) * sample.size - frame.tonnes) < Decimal("1e-6")
    assert Decimal(settings["weight"]) == frame.tonnes and settings["population"] == "24"
    expecting = sample_of(ledger, BY_TONNES, expected=tolerable / 5)
    assert expecting.size > sample.size


def test_without_a_confidence_the_sharpest_source_decides() -> None:
    ledger = plant()
    assert dict(sample_of(ledger, BY_TONNES, confidence=None).settings)["confidence"] == "90"
    reasonable = Ledger.of([*plant().activities, PLANT, *PEOPLE, replace(ENGAGEMENT, assurance="reasonable")])
    assert dict(sample_of(reasonable, BY_TONNES, confidence=None).settings)["confidence"] == "95"
    assert "detection risk of" in why(reasonable, replace(BY_TONNES, confidence=None))


def test_a_random_sample_discovers() -> None:
    sample = sample_of(plant(), WISHES[2], confidence=Decimal(95))
    settings = dict(sample.settings)
    assert (settings["tolerable_rate"], settings["expected_rate"]) == ("10", "0") and "tolerable" not in settings
    assert sample.size == 15  # of 24 records of which 3 are wrong, C(21, 15) / C(24, 15) is 4.2 %
    assert "at least one of them" in why(plant(), WISHES[2])
    more = replace(WISHES[2], tolerable=Decimal(20), expected=Decimal(5))
    assert "5 % are expected" in why(plant(), more)


def test_levels_count_each_source() -> None:
    sample = sample_of(plant())
    sources = [next(a.source for a in plant().activities if a.id == key) for key in sample.activities]
    assert (sources.count("Main meter"), sources.count("Boiler house"), sample.level) == (4, 4, 30)
    assert "30 % of the records of each source" in why(plant(), LEVEL)
    assert "Beijing" in why(plant(), LEVEL)
    assert "Beijing sample only" not in why(plant(), replace(LEVEL, level=100))


def test_a_given_size_stands_beside_the_proposed_one() -> None:
    sample = sample_of(plant(), BY_TONNES, size=9)
    assert sample.size == 9 and int(dict(sample.settings)["proposed"]) > 9
    assert "Given by the auditor: 9" in why(plant(), replace(BY_TONNES, size=9))


def test_agreed_procedures_want_a_size() -> None:
    agreed = Ledger.of([*plant().activities, PLANT, *PEOPLE, replace(ENGAGEMENT, assurance="agreed_procedures")])
    wish = replace(BY_TONNES, confidence=None)
    with pytest.raises(UserError, match="agreed-upon"):
        sample_of(agreed, wish)
    assert sample_of(agreed, wish, size=5).size == 5
    assert "Given by the auditor: 5." in why(agreed, replace(wish, size=5))
    assert sample_of(agreed, BY_TONNES).size > 5  # with a confidence of its own


def test_notes_say_what_a_method_does_not_see() -> None:
    lost = plant(activity("lost", item="unobtainium", source="Store"))
    assert "weigh nothing and cannot be drawn by tonnes: 1" in why(lost, BY_TONNES)
    assert "testing all says more" in why(plant(), replace(BY_TONNES, size=24))
    assert "older formula" in why(plant(), replace(BY_TONNES, expected=Decimal("0.001")))


def test_only_the_wanted_sources_are_drawn_from() -> None:
    sample = sample_of(plant(), LEVEL, sources=("Boiler house",))
    assert sample.sources == ("Boiler house",) and set(sample.activities) <= {one.id for one in BOILER}
    assert sample.frame != sample_of(plant()).frame


# ---------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"name": " "}, "no name"),
        ({"name": "x" * 201}, "longer than"),
        ({"method": "dice"}, "no way of choosing"),
        ({"seed": " "}, "seed"),
        ({"sources": ("Nowhere",)}, "no records of Nowhere"),
        ({"size": -1}, "count from 1"),
        ({"level": 101}, "count from 1"),
        ({"method": "all", "level": 30}, "shares of random records"),
        ({"level": 30, "size": 5}, "level gives the size"),
        ({"level": 0, "size": 25}, "cannot be drawn from a frame of 24"),
        ({"level": 0, "confidence": Decimal(100)}, "confidence"),
        ({"level": 0, "method": "monetary_unit", "tolerable": Decimal(0)}, "Nothing is tolerable"),
        ({"level": 0, "method": "stratified", "size": 1}, "cannot be shared"),
        ({"method": "judgement", "level": 0, "activities": ("m01",)}, "reason is missing"),
        ({"method": "judgement", "level": 0, "reason": "x"}, "No records are chosen"),
        ({"method": "judgement", "level": 0, "reason": "x", "activities": ("m01", "q")}, "no records of the sources"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_remedy(changes: dict[str, Any], match: str) -> None:
    ledger = plant()
    with pytest.raises(UserError, match=match) as refused:
        drawing(ledger, inventory_of(ledger), 2023, replace(LEVEL, **changes), "sa1")
    assert refused.value.remedy is not None


def test_names_are_unique_in_a_year() -> None:
    with pytest.raises(UserError, match="already"):
        sample_of(with_sample(plant()), key="sa00002")


def test_a_year_that_nobody_audits_has_no_samples() -> None:
    ledger = Ledger.of([PLANT, *year_of_bills()])
    with pytest.raises(UserError, match="Nobody audits 2023"):
        sample_of(ledger)


def test_a_year_without_records_has_nothing_to_draw() -> None:
    with pytest.raises(UserError, match="no records to draw from"):
        sample_of(Ledger.of([PLANT, *PEOPLE, ENGAGEMENT]))


# ---------------------------------------------------------------------- drawing again


def test_a_corrected_record_is_no_accusation() -> None:
    ledger = with_sample(plant())
    sample = ledger.held(Sample)[0]
    corrected = Ledger.of([*(r for held in ledger.records.values() for r in held.values() if r.id != "m03"),
                           activity("m03", quantity=1000, **month(3))])  # fmt: skip
    found = redraw(corrected, inventory_of(corrected), sample)
    assert found.state == "frame_changed" and not found.good and "changed since" in str(found.words)


def test_a_sample_that_the_seed_does_not_draw_is_told_apart() -> None:
    ledger = with_sample(plant())
    sample = ledger.held(Sample)[0]
    other = next(a.id for a in ledger.activities if a.id not in sample.activities)
    forged = replace(sample, activities=(other, *sample.activities[1:]))
    assert redraw(ledger, inventory_of(ledger), forged).state == "differs"
    assert redraw(ledger, inventory_of(ledger), replace(sample, seed="other")).state == "differs"
    assert not redraw(ledger, inventory_of(ledger), forged).good


def test_what_a_person_chose_cannot_be_drawn() -> None:
    ledger = plant()
    sample = sample_of(ledger, WISHES[-1])
    assert redraw(ledger, inventory_of(ledger), sample).state == "chosen"


def test_a_sample_drawn_today_is_drawn_again_for_ever() -> None:
    """This sample may never change: others like it stand in files."""
    assert sample_of(plant()).activities == GOLDEN


# ---------------------------------------------------------------------- removing


def test_a_sample_that_nobody_worked_with_can_go() -> None:
    ledger = with_sample(plant())
    made = removing(ledger, sample_named(ledger, 2023, "Monthly bills"))
    assert ledger.apply(made.steps) == plant()


def test_a_sample_with_tests_findings_or_a_wider_one_stays() -> None:
    sample = sample_of(plant())
    sheet = TestSheet("te1", 2023, "m01", "traced", "agrees", "pe00002", date(2024, 3, 1), sample=sample.id)
    wider = replace(sample, id="sa00002", name="More", previous=sample.id)
    for more, match in ((sheet, "tests 1,"), (finding(sample=sample.id), "findings 1"), (wider, "widened by")):
        with pytest.raises(UserError, match=match) as refused:
            removing(plant(sample, more), sample)
        assert refused.value.remedy is not None


def test_samples_are_found_by_id_and_name() -> None:
    ledger = with_sample(plant())
    assert sample_named(ledger, 2023, "sa00001") == sample_named(ledger, 2023, "Monthly bills")
    with pytest.raises(UserError, match="no sample"):
        sample_named(ledger, 2022, "sa00001")


GOLDEN = ("g05", "g09", "g12", "g08", "m02", "m03", "m09", "m08")
