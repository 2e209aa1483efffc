"""Widening after findings: 30, 50, 80, 100 %, with the same seed, around what was drawn before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.audit.escalation import escalating, findings_in, next_level, wider_than
from core.audit.ladder import ladder
from core.audit.sampling import Wish, redraw
from core.errors import UserError
from core.ledger import AuditFinding, Ledger, Sample
from tests.core.audit.finding_samples import finding, inventory_of
from tests.core.audit.sampling_samples import LEVEL, plant, with_sample
from tests.core.samples import activity, month

BOILER = Wish("Gas", "random", sources=("Boiler house",), seed="2023-A", level=30)


def first(ledger: Ledger) -> Sample:
    return ledger.held(Sample)[0]


def found_in(ledger: Ledger, **changes: Any) -> AuditFinding:
    """A finding about the first record of the newest sample."""
    sample = ledger.held(Sample)[-1]
    key = f"fi{len(ledger.held(AuditFinding)) + 1:05}"
    return finding(key, **{"activities": (sample.activities[0],), "sample": sample.id, **changes})


def with_finding(ledger: Ledger, **changes: Any) -> Ledger:
    held = [record for kind in ledger.records.values() for record in kind.values()]
    return Ledger.of([*held, found_in(ledger, **changes)])


def widened(ledger: Ledger, **more: Any) -> Ledger:
    samples = ledger.held(Sample)
    key = f"sa{len(samples) + 1:05}"
    return ledger.apply(escalating(ledger, inventory_of(ledger), samples[-1], key, **more).steps)


def test_the_steps_are_data_with_their_source() -> None:
    assert ladder().steps == (30, 50, 80, 100) and ladder().sampled_below == 5
    assert ladder().status == "VERIFIED_SECONDARY" and "易碳家" in ladder().source.en


def test_each_finding_widens_to_the_next_step_until_everything_is_tested() -> None:
    ledger, sizes = with_sample(plant(), BOILER), [4]
    for level in (50, 80, 100):
        ledger = with_finding(ledger)
        sample = ledger.held(Sample)[-1]
        proposal = next_level(ledger, sample)
        assert proposal is not None and (proposal.level, proposal.sources) == (level, ("Boiler house",))
        ledger = widened(ledger)
        wider = ledger.held(Sample)[-1]
        assert (wider.level, wider.previous, wider.seed) == (level, sample.id, sample.seed)
        assert wider.activities[: len(sample.activities)] == sample.activities
        assert redraw(ledger, inventory_of(ledger), wider).good
        sizes.append(len(wider.activities))
    assert sizes == [4, 6, 10, 12]
    assert next_level(with_finding(ledger), ledger.held(Sample)[-1]) is None
    assert [one.name for one in ledger.held(Sample)] == ["Gas", "Gas → 50 %", "Gas → 80 %", "Gas → 100 %"]


def test_widening_draws_what_the_higher_level_would_have_drawn() -> None:
    straight = first(with_sample(plant(), BOILER, level=50))
    assert widened(with_finding(with_sample(plant(), BOILER))).held(Sample)[-1].activities == straight.activities


def test_sources_without_findings_stay_as_they_are() -> None:
    ledger = with_sample(plant())
    gas = next(key for key in first(ledger).activities if key.startswith("g"))
    ledger = with_finding(ledger, activities=(gas,))
    proposal = next_level(ledger, first(ledger))
    assert proposal is not None and proposal.sources == ("Boiler house",)
    ledger = widened(ledger)
    wider = ledger.held(Sample)[-1]
    assert set(first(ledger).activities) < set(wider.activities)
    assert sum(key.startswith("m") for key in wider.activities) == 4
    assert sum(key.startswith("g") for key in wider.activities) == 6
    assert ("level:Main meter", "30") in wider.settings
    assert redraw(ledger, inventory_of(ledger), wider).good
    again = with_finding(ledger, activities=(gas,))
    third = widened(again).held(Sample)[-1]
    assert (sum(k.startswith("m") for k in third.activities), sum(k.startswith("g") for k in third.activities)) == (
        4,
        10,
    )


def test_a_finding_about_no_record_widens_every_source() -> None:
    ledger = with_finding(with_sample(plant()), activities=())
    proposal = next_level(ledger, first(ledger))
    assert proposal is not None and proposal.sources == ("Boiler house", "Main meter")


@pytest.mark.parametrize("changes", [{"kind": "recommendation"}, {"status": "withdrawn"}, {"sample": ""}])
def test_what_is_no_finding_of_the_sample_widens_nothing(changes: dict[str, str]) -> None:
    ledger = with_finding(with_sample(plant()), **changes)
    assert findings_in(ledger, first(ledger)) == () and next_level(ledger, first(ledger)) is None
    with pytest.raises(UserError, match="not widened without a reason") as refused:
        widened(ledger)
    assert refused.value.remedy is not None


def test_without_a_finding_a_reason_is_enough() -> None:
    ledger = widened(with_sample(plant(), BOILER), reason="the meter was exchanged in June")
    assert ledger.held(Sample)[-1].reason == "the meter was exchanged in June"
    assert ledger.held(Sample)[-1].level == 50


def test_the_findings_are_the_reason() -> None:
    assert widened(with_finding(with_sample(plant(), BOILER))).held(Sample)[-1].reason == "2023-01"


def test_level_and_sources_can_be_chosen() -> None:
    ledger = with_sample(plant())
    wider = widened(ledger, reason="x", level=100, sources=("Main meter",)).held(Sample)[-1]
    assert wider.level == 100 and len(wider.activities) == 12 + 4
    with pytest.raises(UserError, match="was not drawn from Hall"):
        widened(ledger, reason="x", sources=("Hall",))
    with pytest.raises(UserError, match="so many records already"):
        widened(ledger, reason="x", level=20)


def test_a_sample_is_widened_once() -> None:
    ledger = widened(with_finding(with_sample(plant(), BOILER)))
    sample = first(ledger)
    wider = wider_than(ledger, sample)
    assert wider is not None and wider.level == 50 and next_level(ledger, sample) is None
    with pytest.raises(UserError, match="was widened by"):
        escalating(ledger, inventory_of(ledger), sample, "sa9", reason="x")


def test_other_samples_are_not_widened() -> None:
    ledger = with_finding(with_sample(plant(), Wish("All gas", "all")))
    assert next_level(ledger, first(ledger)) is None
    with pytest.raises(UserError, match="not drawn by levels") as refused:
        widened(ledger, reason="x")
    assert refused.value.remedy is not None


def test_what_was_corrected_meanwhile_stays_in_the_wider_sample() -> None:
    ledger = with_finding(with_sample(plant(), BOILER))
    sample = first(ledger)
    records = [record for kind in ledger.records.values() for record in kind.values()]
    more = [activity(f"h{n}", source="Boiler house", **month(n)) for n in range(1, 4)]
    changed = Ledger.of([*records, *more])
    wider = widened(changed).held(Sample)[-1]
    assert set(sample.activities) < set(wider.activities) and len(wider.activities) == 8  # of 15 records


def test_a_single_record_has_nothing_to_widen() -> None:
    lone = plant(activity("x1", source="Store"))
    ledger = with_finding(with_sample(lone, replace(LEVEL, sources=("Store",))))
    assert next_level(ledger, first(ledger)) is None
    with pytest.raises(UserError, match="so many records already"):
        widened(ledger)
    with pytest.raises(UserError, match="holds all these records"):
        widened(ledger, level=50)


def test_steps_that_add_no_record_are_passed_over() -> None:
    """30 and 50 % of four quarters are two of them."""
    quarters = [activity(f"q{n}", source="Store", **month(3 * n)) for n in range(1, 5)]
    ledger = with_finding(with_sample(plant(*quarters), replace(LEVEL, sources=("Store",))))
    proposal = next_level(ledger, first(ledger))
    assert proposal is not None and proposal.level == 80
    assert len(widened(ledger).held(Sample)[-1].activities) == 4


def test_names_that_are_taken_are_counted() -> None:
    ledger = with_finding(with_sample(plant(), BOILER))
    ledger = with_sample(ledger, replace(LEVEL, name="Gas → 50 %", seed="z"), key="sa00009")
    made = escalating(ledger, inventory_of(ledger), first(ledger), "sa00010")
    assert made.sample.name == "Gas → 50 % (2)"
