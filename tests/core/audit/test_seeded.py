"""Chance from a seed: the same for ever, fair, and to be repeated with any tool that has SHA-256."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.seeded import BLOCK, Seeded


def test_blocks_are_the_documented_hashes() -> None:
    found = Seeded("sixteen tons", "锅炉房")
    for k in range(5):
        digest = hashlib.sha256(f"sixteen tons|锅炉房|{k}".encode()).hexdigest()
        assert found.block() == int(digest, 16)


def test_the_same_seed_gives_the_same_for_ever() -> None:
    """These numbers may never change: samples in files rest on them."""
    one = Seeded("2024-001", "Boiler house")
    assert [one.below(100) for _ in range(12)] == GOLDEN_NUMBERS
    assert Seeded("2024-001", "Boiler house").shuffled(list("abcdefghijkl")) == list(GOLDEN_ORDER)


def test_seeds_and_labels_give_sequences_of_their_own() -> None:
    firsts = {Seeded(seed, label).block() for seed in ("1", "2") for label in ("", "a", "b")}
    assert len(firsts) == 6


@given(st.text(max_size=20), st.lists(st.integers(), max_size=30))
def test_a_shuffle_loses_nothing_and_changes_nothing_given(seed: str, values: list[int]) -> None:
    before = list(values)
    assert Counter(Seeded(seed).shuffled(values)) == Counter(values)
    assert values == before


@given(st.text(max_size=10), st.integers(1, 10**6))
def test_numbers_stay_below_the_limit(seed: str, limit: int) -> None:
    one = Seeded(seed)
    assert all(0 <= one.below(limit) < limit for _ in range(20))


def test_no_number_is_favoured() -> None:
    """Chi-square over 6,000 numbers of fixed seeds; 9 degrees of freedom, 0.1 % beyond 27.88."""
    for seed in ("alpha", "beta", "gamma"):
        one = Seeded(seed)
        counts = Counter(one.below(10) for _ in range(6000))
        assert sum((counts[k] - 600) ** 2 / 600 for k in range(10)) < 27.88


def test_no_order_is_favoured() -> None:
    """All 24 orders of four things over 4,800 seeds; 23 degrees of freedom, 0.1 % beyond 49.73."""
    counts = Counter(tuple(Seeded(str(k)).shuffled("abcd")) for k in range(4800))
    assert sum((counts[order] - 200) ** 2 / 200 for order in permutations("abcd")) < 49.73


def test_unfair_blocks_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest blocks would favour small numbers: below 3 that is the very last one, for 2**256 = 3 k + 1."""
    blocks = iter([BLOCK - 1, BLOCK - 2])
    monkeypatch.setattr(Seeded, "block", lambda _self: next(blocks))
    assert Seeded("x").below(3) == (BLOCK - 2) % 3


@pytest.mark.parametrize("limit", [0, -1, BLOCK + 1])
def test_limits_without_numbers_are_bugs(limit: int) -> None:
    with pytest.raises(ValueError, match="below"):
        Seeded("x").below(limit)


GOLDEN_NUMBERS = [51, 88, 30, 63, 14, 31, 2, 99, 32, 54, 47, 3]
GOLDEN_ORDER = "cidjkelgbafh"
