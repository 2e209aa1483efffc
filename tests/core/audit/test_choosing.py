"""Which records a seed draws: laws for any frame, fixed records for ever, published allocations."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.choosing import (
    allocated,
    by_level,
    by_tonnes,
    deviation,
    drawn,
    level_size,
    strata_of,
    weights_of,
)
from core.audit.frame import Frame, framed
from core.errors import UserError
from tests.core.audit.sampling_samples import frames, items

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "sampling_examples.json").read_text("utf-8")
)
SEEDS = st.text(min_size=1, max_size=8)
METER = [replace(item, activity=f"m{item.activity[1:]}") for item in items("40", "2", "2", "6", source="Meter")]
GOLDEN = framed([*items("5", "0.25", "12", "3", "8", "1"), *METER])


def test_all_draws_everything_in_order() -> None:
    assert drawn(GOLDEN, "all", 0, "") == tuple(item.activity for item in GOLDEN.items)


@given(frames(), SEEDS, st.data())
def test_random_records_are_different_ones_of_the_frame(frame: Frame, seed: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(frame.items)))
    found = drawn(frame, "random", size, seed)
    assert len(found) == size == len(set(found)) and set(found) <= frame.ids
    assert found == drawn(frame, "random", size, seed)
    assert drawn(frame, "random", size - 1, seed) == found[:-1]


@given(frames(), SEEDS, st.integers(1, 60))
def test_every_tonne_has_the_same_chance(frame: Frame, seed: str, size: int) -> None:
    """Each record is drawn as often as whole intervals fit into it, or once more."""
    if not frame.tonnes:
        return
    counts = Counter(by_tonnes(frame, size, seed))
    assert sum(counts.values()) == size
    for item in frame.items:
        share = item.tonnes * size / frame.tonnes
        assert int(share) <= counts[item.activity] <= ceil(share)


@given(frames(), SEEDS, st.integers(1, 60))
def test_records_as_large_as_the_interval_are_certain(frame: Frame, seed: str, size: int) -> None:
    if frame.tonnes:
        found = by_tonnes(frame, size, seed)
        assert {item.activity for item in frame.items if item.tonnes * size >= frame.tonnes} <= set(found)
        assert not {item.activity for item in frame.items if not item.tonnes} & set(found)


def test_over_many_seeds_records_are_drawn_by_their_tonnes() -> None:
    """Chi-square over 3,000 fixed seeds and ten records; 9 degrees of freedom, 0.1 % beyond 27.88."""
    frame = framed(items(*(str(n) for n in range(1, 11))))
    counts = Counter(by_tonnes(frame, 1, str(seed))[0] for seed in range(3000))
    wanted = {item.activity: item.tonnes * 3000 / frame.tonnes for item in frame.items}
    assert sum((counts[key] - want) ** 2 / want for key, want in wanted.items()) < Decimal("27.88")


def test_nothing_can_be_drawn_by_tonnes_that_weighs_nothing() -> None:
    with pytest.raises(UserError, match="weighs anything"):
        by_tonnes(framed(items("0", "0")), 1, "x")


# ---------------------------------------------------------------------- levels


@given(frames(), SEEDS)
def test_a_higher_level_keeps_what_a_lower_one_drew(frame: Frame, seed: str) -> None:
    before: tuple[str, ...] = ()
    for level in (1, 30, 50, 80, 100):
        found = by_level(frame, dict.fromkeys(frame.by_source, level), seed)
        assert set(before) <= set(found) and len(set(found)) == len(found)
        for own in frame.by_source.values():
            drawn_here = [key for key in found if key in {item.activity for item in own}]
            assert len(drawn_here) == level_size(len(own), level) == ceil(Decimal(len(own) * level) / 100)
            earlier_here = [key for key in before if key in drawn_here]
            assert drawn_here[: len(earlier_here)] == earlier_here
        before = found
    assert set(before) == frame.ids


@given(frames(), SEEDS)
def test_what_other_sources_hold_changes_nothing(frame: Frame, seed: str) -> None:
    for source, own in frame.by_source.items():
        alone = by_level(framed(own), {source: 30}, seed)
        assert alone == by_level(frame, {source: 30}, seed)


@given(frames(), SEEDS, st.data())
def test_what_was_drawn_stays_though_the_frame_is_another_one(frame: Frame, seed: str, data: st.DataObject) -> None:
    levels = dict.fromkeys(frame.by_source, 30)
    earlier = by_level(frame, levels, seed)
    gone = data.draw(st.sets(st.sampled_from(sorted(frame.ids)), max_size=5))
    now = framed([item for item in frame.items if item.activity not in gone])
    wider = by_level(now, dict.fromkeys(now.by_source, 50), seed, earlier)
    assert set(earlier) - gone <= set(wider) <= now.ids


@pytest.mark.parametrize(("count", "sizes"), [(12, (4, 6, 10, 12)), (1, (1, 1, 1, 1)), (7, (3, 4, 6, 7))])
def test_levels_are_rounded_up(count: int, sizes: tuple[int, ...]) -> None:
    assert tuple(level_size(count, level) for level in (30, 50, 80, 100)) == sizes


# ---------------------------------------------------------------------- strata


@pytest.mark.parametrize("example", EXAMPLES["neyman"], ids=lambda e: e["source"][:20])
def test_allocations_are_the_published_ones(example: dict[str, Any]) -> None:
    weights = [Decimal(n) * Decimal(s) for n, s in zip(example["counts"], example["deviations"], strict=True)]
    assert list(allocated(example["size"], example["counts"], weights)) == example["expected"]


@given(st.lists(st.tuples(st.integers(1, 30), st.decimals(0, 100, places=3)), min_size=1, max_size=6), st.data())
def test_allocations_fit(strata: list[tuple[int, Decimal]], data: st.DataObject) -> None:
    counts, weights = [n for n, _ in strata], [w for _, w in strata]
    size = data.draw(st.integers(len(counts), sum(counts)))
    found = allocated(size, counts, weights)
    assert sum(found) == size
    assert all(1 <= n <= count for n, count in zip(found, counts, strict=True))


@given(st.lists(st.tuples(st.integers(2, 6), st.integers(1, 9)), min_size=2, max_size=3), st.data())
def test_no_other_allocation_has_a_smaller_variance(strata: list[tuple[int, int]], data: st.DataObject) -> None:
    """The law of Wright (2012), tried on all allocations: Σ w² / n is smallest."""
    counts, weights = [n for n, _ in strata], [Decimal(w) for _, w in strata]
    size = data.draw(st.integers(len(counts), sum(counts)))

    def variance(parts: tuple[int, ...]) -> Decimal:
        return sum((w * w / n for w, n in zip(weights, parts, strict=True)), Decimal(0))

    def all_parts(left: int, rest: list[int]) -> list[tuple[int, ...]]:
        if not rest:
            return [()] if left == 0 else []
        return [(n, *more) for n in range(1, min(rest[0], left) + 1) for more in all_parts(left - n, rest[1:])]

    best = min(map(variance, all_parts(size, counts)))
    assert abs(variance(allocated(size, counts, weights)) - best) < Decimal("1e-20")


@pytest.mark.parametrize(("size", "why"), [(1, "shared among strata: 2"), (7, "cannot be drawn from a frame of 6")])
def test_allocations_that_do_not_fit_are_refused(size: int, why: str) -> None:
    with pytest.raises(UserError, match=why):
        allocated(size, (3, 3), (Decimal(1), Decimal(1)))


@given(frames(), st.sampled_from(["source", "size"]))
def test_every_record_is_in_one_stratum(frame: Frame, strata: str) -> None:
    filed = strata_of(frame, strata)
    assert sorted(item.activity for own in filed.values() for item in own) == sorted(frame.ids)
    assert all(filed.values())


def test_classes_of_size_hold_about_a_third_of_the_tonnes_each() -> None:
    filed = strata_of(framed(items(*["10"] * 3, *["1"] * 60)), "size")
    assert [len(own) for own in filed.values()] == [3, 30, 30]


@given(frames(), SEEDS, st.sampled_from(["source", "size"]), st.sampled_from(["neyman", "proportional"]), st.data())
def test_a_stratified_sample_draws_from_every_stratum(
    frame: Frame, seed: str, strata: str, allocation: str, data: st.DataObject
) -> None:
    filed = strata_of(frame, strata)
    size = data.draw(st.integers(len(filed), len(frame.items)))
    found = drawn(frame, "stratified", size, seed, strata=strata, allocation=allocation)
    assert len(found) == size == len(set(found))
    assert all(set(found) & {item.activity for item in own} for own in filed.values())


def test_neyman_prefers_what_spreads() -> None:
    alike, spread = items(*["5"] * 10), items(*["1", "9"] * 5, source="Meter")
    assert deviation(alike) == 0 and abs(deviation(spread) - Decimal(160 / 9).sqrt()) < Decimal("1e-9")
    assert list(weights_of((alike, spread), "proportional")) == [Decimal(10), Decimal(10)]
    assert allocated(8, (10, 10), weights_of((alike, spread), "neyman")) == (1, 7)
    assert allocated(8, (10, 10), weights_of((alike, spread), "proportional")) == (4, 4)


# ---------------------------------------------------------------------- for ever


@pytest.mark.parametrize(
    ("method", "size", "more", "wanted"),
    [
        ("monetary_unit", 6, {}, ("i02", "i04", "m00", "m00", "m00", "m03")),
        ("random", 4, {}, ("m00", "i01", "i04", "i02")),
        ("random", 0, {"levels": {"Boiler": 50, "Meter": 30}}, ("i00", "i04", "i05", "m02", "m01")),
        ("stratified", 5, {}, ("i05", "m00", "m01", "m03", "m02")),
        ("stratified", 5, {"strata": "size", "allocation": "proportional"}, ("m00", "i04", "m01", "i03", "i01")),
    ],
)
def test_the_same_seed_draws_the_same_for_ever(
    method: str, size: int, more: dict[str, Any], wanted: tuple[str, ...]
) -> None:
    """These records may never change: samples in files rest on them."""
    assert drawn(GOLDEN, method, size, "2024-001 锅炉", **more) == wanted
