"""Sorting finds what comparing every pair finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.instruments import Serials, joined
from core.instruments.clashes import Clash, Elsewhere, clashes


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Serials, ...]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(-1, 30))
        found.append(
            Serials(
                draw(st.sampled_from(["A", "B"])), first, first if first < 0 else first + draw(st.integers(0, 6)), 1
            )
        )
    return joined(found)


NAMED = st.dictionaries(st.sampled_from("abcdefgh"), ranges(), max_size=8)
SCHEMES = st.fixed_dictionaries({key: st.sampled_from(["", "gec", "go"]) for key in "abcdefgh"})


def both(one: tuple[Serials, ...], other: tuple[Serials, ...]) -> list[Serials]:
    """What two name, by looking at every pair."""
    return [
        Serials(a.prefix, max(a.first, b.first), min(a.last, b.last), 1)
        for a in one
        for b in other
        if a.prefix == b.prefix and a.first <= b.last and b.first <= a.last
    ]


def alike(one: str, other: str) -> bool:
    return not one or not other or one == other


@given(NAMED, SCHEMES)
def test_as_comparing_every_pair(named: dict[str, tuple[Serials, ...]], schemes: dict[str, str]) -> None:
    found = clashes(named, {key: schemes[key] for key in named})
    expected = {
        key
        for key in named
        if any(k != key and alike(schemes[key], schemes[k]) and both(named[key], named[k]) for k in named)
    }
    assert set(found) == expected
    for key, clash in found.items():
        assert clash.other != key and alike(schemes[key], schemes[clash.other])
        assert clash.serials in both(named[key], named[clash.other])


@given(NAMED, ranges())
def test_elsewhere_as_comparing_every_pair(named: dict[str, tuple[Serials, ...]], mine: tuple[Serials, ...]) -> None:
    clash = Elsewhere(named).asked(mine)
    if clash is None:
        assert not any(both(mine, theirs) for theirs in named.values())
    else:
        assert clash.serials in both(mine, named[clash.other])


@given(NAMED, st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(named: dict[str, tuple[Serials, ...]], chance: object) -> None:
    keys = list(named)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert clashes({key: named[key] for key in keys}, {}) == clashes(named, {})
    assert Elsewhere({key: named[key] for key in keys}).asked((Serials("A", 0, 9),)) == Elsewhere(named).asked(
        (Serials("A", 0, 9),)
    )


def test_nothing_is_nothing() -> None:
    assert clashes({}, {}) == {} and Elsewhere({}).asked(()) is None
    assert Elsewhere({}).asked((Serials("A", 1, 2),)) is None


def test_ten_thousand_with_the_same_number() -> None:
    """Every pair would be fifty million."""
    same = (Serials("A", 1, 1, 1),)
    found = clashes({f"i{n:05}": same for n in range(10000)}, {})
    assert len(found) == 10000 and found["i00000"] == Clash("i00001", same[0])
    assert Elsewhere({f"s{n}": same for n in range(10000)}).asked(same) is not None
