"""Scopes and categories, and what is said about a category of which nothing is recorded."""

from __future__ import annotations

from decimal import Decimal

from core.inventory.views import CATEGORY_TITLES, exclusions, ghgp_view
from tests.core.inventory.views.everything import judgement, plant_with, waste
from tests.core.samples import activity, green

WASTE = waste("w1", quantity=10)
UNKNOWN = waste("w2", unit="kg", quantity=5, parameters=(("treatment", "?"),))


def test_each_category_is_calculated_declared_or_a_gap() -> None:
    view = ghgp_view(plant_with(WASTE, judgement("scope3:14", "not_relevant", "no franchises")))
    states = {c.number: (c.status, c.reason) for c in view.categories}
    assert list(states) == list(range(1, 16))
    assert states[5] == ("calculated", "")
    assert states[14] == ("not_relevant", "no franchises")
    assert states[9] == ("gap", "")
    assert {c.number for c in view.gaps} == set(range(1, 16)) - {5, 14}


def test_what_is_calculated_is_never_called_irrelevant() -> None:
    (fifth,) = (
        c
        for c in ghgp_view(plant_with(WASTE, judgement("scope3:5", "not_relevant", "little"))).categories
        if c.number == 5
    )
    assert (fifth.status, fifth.reason) == ("calculated", "little")
    assert fifth.row.tco2e > 0


def test_a_declared_category_with_an_excluded_record_contradicts_itself() -> None:
    inventory = plant_with(UNKNOWN, judgement("scope3:5", "not_relevant", "little"))
    fifth = ghgp_view(inventory).categories[4]
    assert fifth.status == "not_relevant"
    assert [e.portion.activity.id for e in fifth.excluded] == ["w2"]


def test_a_relevant_category_without_lines_stays_a_gap() -> None:
    first = ghgp_view(plant_with(judgement("scope3:1", "relevant", "steel"))).categories[0]
    assert (first.status, first.reason) == ("gap", "steel")


def test_both_figures_of_scope_2_stand_side_by_side() -> None:
    view = ghgp_view(plant_with(activity("a"), *green("a"), WASTE))
    one, location, market, three = view.scopes
    assert one.tco2e == market.tco2e == 0 and location.tco2e > 0 and three.tco2e > 0
    assert view.location == location.tco2e + three.tco2e
    assert view.market == three.tco2e


def test_memos_are_in_no_total() -> None:
    view = ghgp_view(plant_with(activity("s", method="solar_generation", item="solar_self_used")))
    assert view.memos[1].tco2e > 0 and view.memos[1].memo
    assert view.location == view.market == 0


def test_labels_exist_in_both_languages() -> None:
    assert list(CATEGORY_TITLES) == list(range(1, 16))
    assert all(title.en != title.zh for title in CATEGORY_TITLES.values())
    assert len({title.zh for title in CATEGORY_TITLES.values()}) == 15


def test_exclusions_name_records_declarations_and_silence() -> None:
    found = exclusions(plant_with(UNKNOWN, judgement("scope3:14", "not_relevant", "no franchises")))
    assert [(e.kind, e.subject) for e in found[:2]] == [("record", "w2"), ("category", "scope3:14")]
    assert (found[0].quantity, found[0].unit) == (Decimal(5), "kg")
    assert str(found[1].reason) == "no franchises"
    assert {e.subject for e in found[2:]} == {f"scope3:{n}" for n in range(1, 16) if n not in (5, 14)}
