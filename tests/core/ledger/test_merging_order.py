"""The law of merging: whichever copy is merged into which, in any order, the ledger is the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import TypeAlias

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.ledger import Activity, Evidence, IntervalData, Meter, Person, Record, kind_of
from core.ledger.merging_join import Conflict
from tests.core.ledger.merging_model import NOW, Copy, larger
from tests.core.samples import activity

Act: TypeAlias = "tuple[str, str, object]"
IDS = st.sampled_from(["a00001", "a00002", "a00003"])
"""Few, so that copies meet."""
PEOPLE = st.sampled_from(["pe00001", "pe00002"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("quantity"), IDS, st.integers(1, 3)),
        st.tuples(st.just("note"), IDS, st.sampled_from(["", "x", "y"])),
        st.tuples(st.just("source"), IDS, st.sampled_from(["Main meter", "Other"])),
        st.tuples(st.just("drop"), IDS, st.just(0)),
        st.tuples(st.just("proof"), st.sampled_from(["e00001", "e00002"]), st.sets(IDS)),
        st.tuples(st.just("person"), PEOPLE, st.sampled_from(["Li", "Wu", "Gao"])),
        st.tuples(st.just("mail"), PEOPLE, st.sampled_from(["a@x", "b@x"])),
        st.tuples(st.just("meter"), st.just("m00001"), st.sampled_from(["East", "West"])),
        st.tuples(st.just("undo"), st.just(""), st.just(0)),
    ),
    max_size=6,
)
BASE = Copy.new(activity("a00001"))


def acted(copy: Copy, acts: list[Act]) -> Copy:
    """The copy after somebody did all that, as far as it can be done."""
    for what, key, value in acts:
        copy = _act(copy, what, key, value)
    return copy


def _act(copy: Copy, what: str, key: str, value: object) -> Copy:
    if what == "undo":
        return copy.undo()
    if what == "proof":
        assert isinstance(value, set)
        return _put(copy, Evidence(key, f"{key}.pdf", "bill", "ab" * 32, 1, activities=_linked(copy, key, value)))
    if what == "meter":
        held = copy.ledger.get("meter", key)
        interval = IntervalData(key, str(value)[0].lower() * 64, 1, NOW.date(), NOW.date(), 1)
        return copy if held else copy.put(Meter(key, str(value), "electricity", "import", "kWh"), interval)
    if what in ("person", "mail"):
        return _put(copy, *_person(copy, what, key, str(value)))
    return _activity(copy, what, key, value)


def _put(copy: Copy, *records: Record) -> Copy:
    new = [one for one in records if copy.ledger.get(kind_of(one), one.id) != one]
    return copy.put(*new) if new else copy


def _person(copy: Copy, what: str, key: str, value: str) -> tuple[Person, ...]:
    held = copy.ledger.get("person", key)
    if what == "mail":
        return (replace(held, email=value),) if isinstance(held, Person) else ()
    taken = held is not None or value in {one.name for one in copy.ledger.held(Person)}
    return () if taken else (Person(key, value, ("auditor",)),)


def _activity(copy: Copy, what: str, key: str, value: object) -> Copy:
    held = copy.ledger.get("activity", key)
    if not isinstance(held, Activity):
        linked = {one for proof in copy.ledger.evidence for one in proof.activities}
        if what != "quantity" or key in linked:  # as ids are given away
            return copy
        return copy.put(activity(key, quantity=value))
    if what == "drop":
        return copy.drop(held)
    return _put(copy, replace(held, **{what: Decimal(str(value)) if what == "quantity" else value}))  # type: ignore[arg-type]


def _linked(copy: Copy, key: str, wanted: set[str]) -> tuple[str, ...]:
    """Only what is there is linked; a link to what was deleted afterwards stays."""
    held = copy.ledger.get("evidence", key)
    before = set(held.activities) if isinstance(held, Evidence) else set()
    return tuple(sorted(one for one in wanted if one in before or copy.ledger.get("activity", one) is not None))


class AskedError(Exception):
    """A person would be asked."""


def asking(conflict: Conflict) -> str:
    raise AskedError(conflict.key)


@settings(max_examples=150, deadline=None)
@given(ACTS, ACTS)
def test_two_copies_come_to_the_same_whoever_merges(one: list[Act], other: list[Act]) -> None:
    a, b = acted(BASE.by("A"), one), acted(BASE.by("B"), other)
    here, there = a.merge(b, larger), b.merge(a, larger)
    assert here.ledger == there.ledger
    assert len(a.compared(b).conflicts) == len(b.compared(a).conflicts)
    assert here.verified() and there.verified()
    assert here.merge(b, asking) is here, "merging twice changes nothing"
    assert here.merge(there, asking).ledger == here.ledger
    assert {t.hash for t in here.told()} > {t.hash for t in (*a.told(), *b.told())} or here is a, "both histories stay"


@settings(max_examples=150, deadline=None)
@given(st.tuples(ACTS, ACTS, ACTS))
def test_three_copies_in_any_order_give_the_same_ledger(acts: tuple[list[Act], ...]) -> None:
    copies = [acted(BASE.by(who), one) for who, one in zip("ABC", acts, strict=True)]
    merged = [a.merge(b, larger).merge(c, larger) for a, b, c in permutations(copies)]
    for one in merged:
        assert one.ledger == merged[0].ledger
        assert one.verified()
        assert one.merge(merged[0], asking).ledger == one.ledger


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("act"), st.integers(0, 2), ACTS),
        st.tuples(st.just("copy"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(OPERATIONS)
def test_copies_that_were_copied_and_merged_before_come_to_the_same(operations: list[tuple[str, int, object]]) -> None:
    """Where nothing has to be asked: what a person decides in one copy may differ from what they decide in another."""
    pool = [BASE.by(who) for who in "ABC"]
    for what, place, value in operations:
        if isinstance(value, list):
            pool[place] = acted(pool[place], value)
        elif isinstance(value, int):
            pool[place] = pool[value].by("ABC"[place]) if what == "copy" else pool[place].merge(pool[value], larger)
    try:
        merged = [a.merge(b, asking).merge(c, asking) for a, b, c in permutations(pool)]
    except AskedError:
        assume(False)
    for one in merged:
        assert one.ledger == merged[0].ledger
        assert one.verified()
        for other in (*pool, *merged):
            assert one.merge(other, asking).ledger == one.ledger
