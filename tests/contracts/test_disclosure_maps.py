"""Laws of every shipped map, data point and question of the checklist: also of one that is added tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest

from core.disclosures.catalogue import AREAS, CHECK, all_points, checklist
from core.disclosures.maps import all_maps, read_map, write_map
from core.disclosures.point import FOLDS, KINDS, LEVELS, Point
from core.disclosures.question import DisclosureMap
from core.disclosures.units import fits, parts_of
from core.i18n import Name

MAPS = {
    "amrt_1_3": 3, "catena_x_pcf_9": 6, "cdp_2025": 81, "china_exchanges_2024": 11, "china_mof_climate_2025": 5,
    "cmrt_6_5": 25, "ecovadis_2025": 30, "emrt_2_1": 5, "esrs_e1_2023": 14, "ghg_protocol": 15, "hkex_part_d": 7,
    "ilo_ungp": 9, "iso_14064_1_2018": 20, "pact_3": 6, "rba_8_0": 12, "saq_5_0": 62, "sbti_nz_1_3": 8,
    "sbti_nz_2_0": 10, "ungc_cop_2026": 7,
}  # fmt: skip
"""How many rows each has: 328 of the frameworks, and eight that both editions of SBTi ask."""
UNASKED = {"site.output", "ghg.prev_s2_lb", "energy.pv_export", "policy.trade", "gov.ecovadis"}
"""Data points that no framework's map asks for: they feed others, or are kept for a person."""
LONGEST = 80
"""Of any text: a framework's own wording is longer, and must not stand here. [characters]"""
POINTS = [pytest.param(one, id=one.key) for one in all_points().values()]
SHIPPED = [pytest.param(one, id=one.key) for one in all_maps().values()]


def test_every_row_of_every_framework_is_there() -> None:
    assert {key: len(one.questions) for key, one in all_maps().items()} == MAPS
    assert sum(MAPS.values()) - MAPS["sbti_nz_1_3"] == 328


@pytest.mark.parametrize("one", SHIPPED)
def test_the_file_of_a_map_is_written_as_the_program_writes_it(one: DisclosureMap) -> None:
    text = (files("resources") / "disclosures" / "maps" / f"{one.key}.csv").read_text("utf-8")
    assert write_map(one) == text
    assert read_map(text, f"{one.key}.csv") == one


@pytest.mark.parametrize("one", SHIPPED)
def test_every_data_point_is_known_and_every_unit_fits(one: DisclosureMap) -> None:
    for asked in one.questions:
        points = [all_points()[key] for key in asked.points]
        assert points, asked.id
        for unit in parts_of(asked.unit):
            assert any(fits(unit, point) for point in points), (asked.id, unit)
        if asked.kind == "percent":
            assert asked.unit == "%", asked.id


@pytest.mark.parametrize("one", SHIPPED)
def test_texts_are_short_and_our_own_in_both_languages(one: DisclosureMap) -> None:
    for name in (one.title, *(asked.name for asked in one.questions)):
        _in_both(name)
    for note in (one.note, *(asked.note for asked in one.questions)):
        if note is not None:
            _in_both(note)
    assert len(one.framework) <= LONGEST and len(one.edition) <= LONGEST


@pytest.mark.parametrize("one", SHIPPED)
def test_nothing_is_shipped_as_somebodys_own_question(one: DisclosureMap) -> None:
    assert not one.signer
    assert {asked.status for asked in one.questions} <= {"VERIFIED", "VERIFIED_2024", "RECALLED"}


def test_every_data_point_is_asked_for_or_marked_as_not() -> None:
    asked = {key for one in all_maps().values() for question in one.questions for key in question.points}
    assert {key for key in all_points() if not key.startswith(CHECK)} - asked == UNASKED


@pytest.mark.parametrize("point", POINTS)
def test_a_data_point_says_how_it_is_answered_folded_and_by_whom(point: Point) -> None:
    assert point.kind in KINDS and point.fold in FOLDS
    assert point.who is not None
    for name in _names(point):
        _in_both(name, alike=True)
    assert point.name.zh != point.name.en
    assert (point.kind == "table") <= bool(point.columns)
    assert (point.kind == "choice") == bool(point.choices)
    if point.kind == "evidence":
        assert point.fold in ("coverage", "own") and point.evidence is not None


@pytest.mark.parametrize("point", POINTS)
def test_only_what_adds_up_is_added_up(point: Point) -> None:
    numbers = [one for one in point.columns if one.number]
    if point.fold == "sum":
        assert point.kind == "number" or numbers, "texts do not add up"
        assert "%" not in {point.unit, *(one.unit for one in numbers)} and "/" not in point.unit
    if point.fold == "ratio":
        assert [one.key for one in numbers] == ["part", "whole"], "a ratio is divided anew from its parts"
    if point.kind == "percent":
        assert point.fold in ("ratio", "own") and point.unit == "%"
    if point.fold == "union" and point.kind == "number":
        raise AssertionError("numbers of plants are no list")


def test_the_checklist_links_to_questions_that_exist() -> None:
    assert len(checklist()) == 39
    for one in checklist():
        assert one.point.key == f"{CHECK}{one.code}" and one.area in AREAS and one.level in LEVELS
        assert one.links or one.other is not None
        for key, question in one.links:
            assert all_maps()[key].question(question) is not None, (one.code, key, question)


def _names(point: Point) -> Iterator[Name]:
    yield point.name
    yield from (one.name for one in point.columns)
    yield from (name for _, name in point.choices)
    yield from (name for name in (point.evidence, point.who) if name is not None)


def _in_both(name: Name, *, alike: bool = False) -> None:
    """There, short and printable in both languages; names of things may be alike, as CMRT is."""
    assert 0 < len(name.en) <= LONGEST and 0 < len(name.zh) <= LONGEST, name
    assert name.en.isprintable() and name.zh.isprintable()
    assert alike or name.en != name.zh, name
    assert alike or any("\u4e00" <= letter <= "\u9fff" for letter in name.zh), name
