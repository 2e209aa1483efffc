"""The law of merging: whichever copy is merged into which, in any order, the ledger is the same."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger import Evidence, Step
from tests.core.ledger.merging_model import Copy, larger
from tests.core.samples import activity

IDS = st.sampled_from(["a00001", "a00002", "a00003"])
"""Few, so that copies meet."""
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("activity"), IDS, st.integers(1, 3)),
        st.tuples(st.just("note"), IDS, st.sampled_from(["", "x", "y"])),
        st.tuples(st.just("source"), IDS, st.sampled_from(["Main meter", "Other"])),
        st.tuples(st.just("drop"), IDS, st.just(0)),
        st.tuples(st.just("proof"), st.sampled_from(["e00001", "e00002"]), st.sets(IDS)),
        st.tuples(st.just("undo"), st.just(""), st.just(0)),
    ),
    max_size=6,
)


def acted(copy: Copy, acts: list[tuple[str, str, object]]) -> Copy:
    for what, key, value in acts:
        copy = act(copy, what, key, value)
    return copy


def act(copy: Copy, what: str, key: str, value: object) -> Copy:
    held = copy.ledger.get("activity", key)
    if what == "undo":
        return copy.undo()
    if what == "proof":
        assert isinstance(value, set)
        proof = Evidence(key, f"{key}.pdf", "bill", "ab" * 32, 1, activities=_linked(copy, key, value))
        return copy if copy.ledger.get("evidence", key) == proof else copy.put(proof)
    if what == "drop":
        return copy if held is None else copy.act(Step("activity", key, held, None))
    if what == "activity" and held is None:
        linked = {one for proof in copy.ledger.evidence for one in proof.activities}
        return copy if key in linked else copy.put(activity(key, quantity=value))  # as ids are given away
    if held is None:
        return copy
    from dataclasses import replace
    from decimal import Decimal

    field = "quantity" if what == "activity" else what
    after = replace(held, **{field: Decimal(value) if field == "quantity" else value})  # type: ignore[arg-type]
    return copy if after == held else copy.put(after)


def _linked(copy: Copy, key: str, wanted: set[str]) -> tuple[str, ...]:
    """Only what is there is linked; a link to what was deleted afterwards stays."""
    held = copy.ledger.get("evidence", key)
    before = set(held.activities) if isinstance(held, Evidence) else set()
    return tuple(sorted(one for one in wanted if one in before or copy.ledger.get("activity", one) is not None))


BASE = Copy.new(activity("a00001"))
COPIES = st.builds(lambda a, b, c: (a, b, c), ACTS, ACTS, ACTS)


@settings(max_examples=120, deadline=None)
@given(COPIES)
def test_three_copies_in_any_order_give_the_same_ledger(acts: tuple[list[tuple[str, str, object]], ...]) -> None:
    copies = [acted(BASE.by(who), one) for who, one in zip("ABC", acts, strict=True)]
    merged = [a.merge(b, larger).merge(c, larger) for a, b, c in permutations(copies)]
    for one in merged:
        assert one.ledger == merged[0].ledger
        assert one.verified()
