"""The eight areas and what a plant makes of them."""

from __future__ import annotations

from core.actions import all_areas
from core.ledger import ActionArea

EIGHT = [
    "governance", "renewable_electricity", "energy_efficiency", "heat", "materials", "logistics", "circularity",
    "products",
]  # fmt: skip


def test_there_are_eight_in_the_order_of_the_company() -> None:
    found = all_areas()
    assert [area.key for area in found] == EIGHT
    assert [area.name.in_language("en") for area in found] == [
        "Governance and targets", "Renewable electricity", "Energy efficiency", "Direct emissions and heat",
        "Low-carbon materials and suppliers", "Logistics and mobility", "Waste, water, circularity", "Products",
    ]  # fmt: skip
    assert all(area.shipped and not area.owner for area in found)


def test_they_are_named_in_both_languages() -> None:
    for area in all_areas():
        for said in (area.name, area.about):
            assert said.in_language("zh") != said.in_language("en")
            assert any("\u4e00" <= letter <= "\u9fff" for letter in said.in_language("zh"))


def test_a_plant_calls_an_area_as_it_likes() -> None:
    found = all_areas([ActionArea("heat", "Paint shop", owner="Wang", note="Ovens")])
    area = found[3]
    assert (area.key, str(area.name), area.name.in_language("zh"), area.owner) == (
        "heat",
        "Paint shop",
        "Paint shop",
        "Wang",
    )
    assert str(area.about) == "Ovens" and area.shipped
    assert [one.key for one in found] == EIGHT


def test_an_owner_alone_does_not_take_the_name_away() -> None:
    area = all_areas([ActionArea("heat", " ", owner="Wang")])[3]
    assert (str(area.name), area.owner) == ("Direct emissions and heat", "Wang")
    assert str(area.about) == str(all_areas()[3].about)


def test_areas_of_the_plant_come_last() -> None:
    found = all_areas([ActionArea("z", "Zoo"), ActionArea("b", "Bees")])
    assert [area.key for area in found[8:]] == ["b", "z"]
    assert [str(area.name) for area in found[8:]] == ["Bees", "Zoo"]
    assert not any(area.shipped for area in found[8:])


def test_who_only_names_an_owner_renames_nothing() -> None:
    """The shipped name, kept by a window in one language, is still said in both."""
    for name in ("Direct emissions and heat", "直接排放与热能", " "):
        area = all_areas([ActionArea("heat", name, owner="Wang")])[3]
        assert area.name.in_language("en") == "Direct emissions and heat" and area.owner == "Wang"
        assert area.name.in_language("zh") != area.name.in_language("en")
