"""Keys of the parts of the emissions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.targets.parts import CATEGORIES, PARTS, counted, is_category, part_title, view_of, whole


@given(st.lists(st.sampled_from(PARTS)))
def test_each_tonne_counts_once(parts: list[str]) -> None:
    found = counted(parts)
    assert found == counted(reversed(parts)) == counted(found)
    assert set(found) <= set(parts) and len(set(found)) == len(found)
    assert not ("scope3" in found and set(found) & set(CATEGORIES))
    assert not {"scope2_location", "scope2_market"} <= set(found)
    assert bool(found) == bool(parts)


def test_the_total_has_three_scopes_in_either_view() -> None:
    assert whole() == ("scope1", "scope2_location", "scope3")
    assert whole("market") == ("scope1", "scope2_market", "scope3")


def test_the_view_is_that_of_the_parts() -> None:
    assert view_of(["scope1", "scope2_market"]) == "market"
    assert view_of(["scope1", "scope2_location"]) == view_of([]) == "location"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_part_has_a_name(part: str, lang: str) -> None:
    said = part_title(part).in_language(lang)
    assert said and part not in said
    assert is_category(part) == (part in CATEGORIES)


def test_an_unknown_part_is_said_to_be_unknown() -> None:
    assert "scope4" in str(part_title("scope4"))
    assert counted(["scope4"]) == ()
