"""Whether a recalculation says the same: as written, where Python would call unlike things equal."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from core.inventory.confirm import _same

LEAF = st.sampled_from([1, 0, True, False, None, "", "a", 1.0, 0.0, -0.0, 2])
VALUE = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=2) | st.tuples(inner, inner) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=5,
)


@given(VALUE, VALUE)
@example([True], [1])
@example({"a": [0]}, {"a": [False]})
@example([0.0], [-0.0])
@example([(True,)], [(1,)])
@example({"a": 1, "b": "x"}, {"b": "x", "a": 1})
def test_the_same_is_what_is_written_alike(one: object, other: object) -> None:
    for left, right in ((one, other), (one, one)):
        assert _same(left, right) == (json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True))
